"""Questions and sets as files: what each format leaves out, and the files themselves."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import BadRequest

from interview.services.exporting_bank import files, searches, sets
from interview.services.exporting_bank.documents import Export
from interview.web.bank_pages import today
from interview.web.forms.bank import SEARCH_ARGS, BankSearchForm
from interview.web.guards import authors
from interview.web.principal import me

pages = Blueprint("exports", __name__)


@pages.get("/sets/<int:set_id>/export")
@authors
def of_set(set_id: int) -> Response:
    """Write a question set of the reader's, or show what can be written."""
    drawn = request.args.get("drawn") != "no"
    export = sets.of_authored_set(me(), set_id, drawn=drawn)
    return _answer(export, {"drawn": None if drawn else "no"}, set_id)


@pages.get("/bank/export")
@authors
def of_search() -> Response:
    """Write what a search in the bank finds, or show what can be written."""
    export = searches.of_search(me(), BankSearchForm(request.args).search(), today())
    args = {name: value for name in SEARCH_ARGS if (value := request.args.get(name))}
    return _answer(export, args)


def _answer(export: Export, args: Mapping[str, str | None], set_id: int | None = None) -> Response:
    wanted = request.args.get("format")
    if wanted is None:
        kinds = [(files.kind_of(name), files.lost(export, name)) for name in files.KINDS]
        page = "exports/export.html"
        shown = {"export": export, "kinds": kinds, "args": args, "set_id": set_id}
        return Response(render_template(page, **shown))
    if wanted not in files.KINDS:
        raise BadRequest
    kind = files.kind_of(wanted)
    response = Response(files.text_of(export, wanted), mimetype=kind.mimetype)
    name = f"{export.name}{kind.suffix}"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response

"""Regrades: asked for, looked at, applied, taken back."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from interview.services.classes.changing import Archived
from interview.services.regrading import as_csv, deciding, making, offering, reading, showing
from interview.services.regrading.records import FILTERS, Overtaken, Refused, RunScreen
from interview.web.addresses import hiding, names_hidden, number_asked
from interview.web.class_pages import archived_page
from interview.web.clock import now
from interview.web.forms.regrades import ApplyForm, NewForm, UndoForm
from interview.web.guards import logged_in
from interview.web.hx import render, see_other
from interview.web.principal import me

pages = Blueprint("regrades", __name__, url_prefix="/regrades")
pages.register_error_handler(Archived, archived_page)

NOT_NOW = "This cannot be done with the run as it is now. It is shown as it is."
OVERTAKEN = "Somebody was faster: this run has moved on since you opened it. It is shown as it is."


@pages.get("")
@logged_in
def mine() -> str:
    """List the reader's runs, or those of one assignment."""
    assignment_id = number_asked("assignment")
    listed = reading.runs(me(), assignment_id, number_asked("after"))
    return render_template("regrades/mine.html", listed=listed, assignment_id=assignment_id)


@pages.route("/new", methods=["GET", "POST"])
@logged_in
def new() -> BaseResponse:
    """Choose which answers are to be graded anew, and have what would change looked for."""
    offer = offering.offer(me(), number_asked("assignment"), number_asked("question"))
    form = NewForm(data={"scope": request.args.get("scope", "")})
    form.offer(offer)
    if not form.validate_on_submit():
        return _new_page(offer, form, 422 if form.is_submitted() else 200)
    try:
        run_id = making.make(me(), form.wish(offer), now())
    except Refused as error:
        return _new_page(offer, form, 422, str(error))
    return _to_run(run_id)


def _new_page(offer: offering.Offer, form: NewForm, status: int, notice: str = "") -> Response:
    page = render_template("regrades/new.html", offer=offer, form=form, notice=notice)
    return make_response(page, status)


@pages.get("/<int:run_id>")
@logged_in
def run(run_id: int) -> Response:
    """Show how far a run is, what it would change, or what it changed."""
    return _page(run_id)


@pages.post("/<int:run_id>/accept")
@logged_in
def accept(run_id: int) -> BaseResponse:
    """Have what was shown written, or begin anew where that failed."""
    if request.form.get("do") == "again":
        return _again(run_id)
    form = ApplyForm()
    if not form.validate():
        return _page(run_id, 422, "Choose what becomes of grades that would fall.")
    try:
        deciding.accept(me(), run_id, form.policy.data, now())
    except (Overtaken, Refused) as error:
        return _refused(run_id, error)
    return _to_run(run_id)


def _again(run_id: int) -> BaseResponse:
    try:
        made = showing.again(me(), run_id, now())
    except (Overtaken, Refused) as error:
        return _refused(run_id, error)
    return _to_run(made)


@pages.post("/<int:run_id>/cancel")
@logged_in
def cancel(run_id: int) -> BaseResponse:
    """Stop a run; what it has written stays."""
    try:
        deciding.cancel(me(), run_id, now())
    except (Overtaken, Refused) as error:
        return _refused(run_id, error)
    return _to_run(run_id)


@pages.route("/<int:run_id>/undo", methods=["GET", "POST"])
@logged_in
def undo(run_id: int) -> BaseResponse:
    """Say what taking a run back would do, and have it done."""
    run, form = reading.run_for(me(), run_id), UndoForm()
    if not run.can_undo:
        return _page(run_id, 409, NOT_NOW)
    if not form.validate_on_submit():
        page = render_template("regrades/undo.html", run=run, form=form, kept=hiding())
        return make_response(page, 422 if form.is_submitted() else 200)
    try:
        undoing = deciding.undo(me(), run_id, form.reason.data or "", now())
    except (Overtaken, Refused) as error:
        return _refused(run_id, error)
    flash("The grades from before are being put back.", "ok")
    return _to_run(undoing)


@pages.get("/<int:run_id>.csv")
@logged_in
def table(run_id: int) -> Response:
    """Every change of a run, for spreadsheet programs."""
    pieces = as_csv.changes(me(), run_id, hide_names=names_hidden())
    response = Response(stream_with_context(pieces), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"regrade-{run_id}.csv")
    return response


def _to_run(run_id: int) -> BaseResponse:
    return see_other(url_for(".run", run_id=run_id, **hiding()))


def _refused(run_id: int, error: Overtaken | Refused) -> Response:
    return _page(run_id, 409, str(error) or OVERTAKEN)


def _page(run_id: int, status: int = 200, notice: str = "") -> Response:
    run, at = reading.run_for(me(), run_id), now()
    return render(
        "regrades/run.html",
        "regrades/_run.html",
        status,
        run=run,
        notice=notice,
        work=showing.work(run, at) if run.is_working or run.state == "failed" else None,
        hidden=names_hidden(),
        kept=hiding(),
        **({} if run.is_working else _changes(run)),
    )


def _changes(run: RunScreen) -> dict[str, Any]:
    """What is listed of a run that the worker is not at."""
    only = request.args.get("show", "all")
    only = only if only in FILTERS else "all"
    after = number_asked("after")
    listed = reading.items(me(), run.id, only, after)
    return {
        "form": ApplyForm(formdata=None, data={"policy": run.policy}),
        "only": only,
        "after": after,
        "changes": showing.changes(run.id, listed.lines),
        "next_after": listed.next_after,
        "equivalents": _equivalents(run),
        "contested": showing.contested(run),
    }


def _equivalents(run: RunScreen) -> tuple[showing.Change, ...]:
    """The first answers that said the same, which are shown before all others."""
    if run.appeal_id is None or not run.counts.equivalent:
        return ()
    listed = reading.items(me(), run.id, "equivalent", None)
    return showing.changes(run.id, listed.lines[: showing.EQUIVALENTS])

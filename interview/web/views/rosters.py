"""Inviting a whole roster: tried first, and done only as it was shown."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from interview.services.classes import roster_text, rosters, settings
from interview.services.classes.changing import Archived
from interview.services.classes.rosters import Differs, ProblemsLeft, Trial, Unreadable
from interview.web.account_pages import sends_mail
from interview.web.class_pages import archived_page
from interview.web.clock import now
from interview.web.errors import error_page
from interview.web.forms.classes import ROLE_NAMES, RosterForm
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.principal import me
from interview.web.requests import let_in

pages = Blueprint("rosters", __name__)
pages.register_error_handler(Archived, archived_page)

# A little too much is still read, so that the answer can say by how much.
READ_BYTES = 3 * rosters.LARGEST_BYTES

DIFFERS = (
    "The rows, or the class, are not what they were when this was shown. Nothing was done yet: "
    "look at what would be done now."
)
CHOOSE = "Say that the rows with problems may be left out, or correct them first."


@pages.url_value_preprocessor
def read_large_rosters(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this route alone be sent so much; done before anything looks at the form."""
    if endpoint == "rosters.roster":
        let_in(READ_BYTES)


@pages.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say how large a roster can be; who asks, and for which class, is not looked at yet."""
    advice = rosters.too_large(request.content_length or READ_BYTES)
    return error_page(413, "That roster is too large", advice, back=request.path)


@pages.route("/classes/<int:class_id>/people/import", methods=["GET", "POST"])
@logged_in
def roster(class_id: int) -> BaseResponse:
    """Try a roster, and invite those whom it names."""
    if request.method == "GET":
        return _page(class_id, RosterForm())
    form = RosterForm()
    try:
        form.text.data = _text_of(form)
        if "apply" in request.form:
            return _apply(class_id, form)
        return _show(class_id, form)
    except Unreadable as error:
        where = f"Line {error.line}: " if error.line else ""
        form.text.errors = [f"{where}{error}"]
        return _page(class_id, form, 422)


def _text_of(form: RosterForm) -> str:
    sent = form.file.data
    typed = form.text.data or ""
    if sent is None or not sent.filename:
        if not typed.strip():
            raise Unreadable(0, "Choose a file, or paste the rows of one.")
        return typed
    return rosters.decode(sent.read())


def _show(class_id: int, form: RosterForm, status: int = 200, notice: str = "") -> Response:
    trial = rosters.tried(me(), class_id, form.text.data or "")
    return _page(class_id, form, status, trial, notice)


def _apply(class_id: int, form: RosterForm) -> BaseResponse:
    text, shown = form.text.data or "", form.shown.data or ""
    try:
        done = rosters.invite_all(me(), class_id, text, shown, now(), partly=bool(form.partly.data))
    except Differs:
        return _show(class_id, form, 409, DIFFERS)
    except ProblemsLeft:
        form.partly.errors = [CHOOSE]
        return _show(class_id, form, 422)
    invited, changed = len(done.new), len(done.altered)
    flash(f"Invited: {invited}. Invitations changed: {changed}.", "ok")
    return see_other(url_for("people.people", class_id=class_id))


def _page(
    class_id: int,
    form: RosterForm,
    status: int = 200,
    trial: Trial | None = None,
    notice: str = "",
) -> Response:
    page = render_template(
        "people/roster.html",
        own=settings.settings_of(me(), class_id),
        form=form,
        trial=trial,
        notice=notice,
        limits={"rows": rosters.MOST_ROWS, "columns": rosters.COLUMNS},
        role_names=ROLE_NAMES,
        sends_mail=sends_mail(),
    )
    return make_response(page, status)


@pages.get("/classes/<int:class_id>/people/import/example.csv")
@logged_in
def example(class_id: int) -> Response:
    """A roster to begin from."""
    settings.settings_of(me(), class_id)
    response = Response(roster_text.example(), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="roster-example.csv")
    return response

"""Looking on while an assignment is sat: the live view, more time, opening an attempt again."""

from typing import Any

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    make_response,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from interview.services.assignments import endings, extending, presence, reopening, watching
from interview.services.assignments.endings import CannotReopen, Ending
from interview.services.assignments.extensions import Extended, Wanted, new_form
from interview.services.attempts.records import ClockFace
from interview.services.classes.changing import Archived
from interview.services.cursors import Cursor
from interview.web.addresses import number_asked
from interview.web.clock import now
from interview.web.forms.live import ExtendForm, ReopenForm
from interview.web.guards import logged_in
from interview.web.hx import render, see_other, wants_fragment
from interview.web.live_words import told
from interview.web.pages import moment
from interview.web.principal import me

pages = Blueprint("live", __name__)

_KEPT = ("group", "paused")
_PLACE = (*_KEPT, "after")


@pages.get("/assignments/<int:assignment_id>/live")
@logged_in
def live(assignment_id: int) -> Response:
    """Show who is where, and a form that gives time."""
    return _board(assignment_id, None)


def _board(
    assignment_id: int, form: ExtendForm | None, status: int = 200, **context: Any
) -> Response:
    try:
        after = Cursor.parse(text) if (text := request.args.get("after")) else None
    except ValueError:
        after, status, context["damaged"] = None, 422, True
    board = watching.board(me(), assignment_id, number_asked("group"), after, now())
    attempt_id = number_asked("attempt")
    chosen = watching.sitting(me(), assignment_id, attempt_id) if attempt_id else None
    if not wants_fragment():
        form = form or ExtendForm(formdata=None)
        if form.shown.errors or not form.shown.data:
            form.shown.data = new_form(board.class_id, now())
    return render(
        "live/live.html",
        "live/_live.html",
        status,
        board=board,
        form=form,
        chosen=chosen,
        refreshing=wants_fragment(),
        paused="paused" in request.args,
        kept=_in_use(_KEPT),
        here=_in_use(_PLACE),
        **context,
    )


def _in_use(names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name in names if (value := request.args.get(name))}


@pages.post("/assignments/<int:assignment_id>/live/extend")
@logged_in
def extend(assignment_id: int) -> BaseResponse:
    """Give more time to one learner, or to everybody who is working."""
    form = ExtendForm()
    if not form.validate_on_submit():
        return _board(assignment_id, form, 422)
    wanted = form.wanted(number_asked("attempt"), number_asked("group"))
    try:
        done = extending.extend(me(), assignment_id, wanted, now())
    except Archived:
        return _board(assignment_id, form, 409)
    _tell(done, wanted)
    return see_other(url_for(".live", assignment_id=assignment_id, **_in_use(_PLACE)))


def _tell(done: Extended, wanted: Wanted) -> None:
    for kind, words in told(done, wanted):
        flash(words, kind)


@pages.get("/attempts/<int:attempt_id>/reopen")
@logged_in
def confirm_reopen(attempt_id: int) -> BaseResponse:
    """Say what opening an attempt again would do."""
    return _reopen_page(endings.look(me(), attempt_id), ReopenForm(formdata=None))


@pages.post("/attempts/<int:attempt_id>/reopen")
@logged_in
def reopen(attempt_id: int) -> BaseResponse:
    """Open an ended attempt again."""
    ending = endings.look(me(), attempt_id)
    form = ReopenForm()
    if not form.validate_on_submit():
        return _reopen_page(ending, form, 422)
    try:
        until = reopening.reopen(
            me(), attempt_id, form.minutes.data or 0, form.reason.data or "", now()
        )
    except CannotReopen:
        return _reopen_page(endings.look(me(), attempt_id), form, 409)
    flash(f"{ending.name} can go on until {moment(until, '%H:%M:%S')}.", "ok")
    return see_other(url_for(".live", assignment_id=ending.assignment_id))


def _reopen_page(ending: Ending, form: ReopenForm, status: int = 200) -> Response:
    return make_response(render_template("live/reopen.html", ending=ending, form=form), status)


@pages.put("/attempts/<int:attempt_id>/presence")
@logged_in
def report(attempt_id: int) -> BaseResponse:
    """Hear from the page of an attempt; its script calls this."""
    heard = presence.report(me().id, attempt_id, number_asked("position"), now())
    return jsonify(
        now=round(now().timestamp() * 1000),
        clocks=[_face(face) for face in heard.clocks],
        state=heard.state,
    )


def _face(face: ClockFace) -> dict[str, object]:
    """A clock as the page's attributes have it."""
    return {
        "name": face.name,
        "deadline": round(face.deadline.timestamp() * 1000),
        "length": round(face.length.total_seconds() * 1000),
        "grace": round(face.grace.total_seconds() * 1000),
    }

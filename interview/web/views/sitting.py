"""Sitting an attempt: one question at a time, and everything that can be pressed there."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeGuard

from flask import Blueprint, jsonify, make_response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.attempts import moving, overview, showing, submitting
from interview.services.attempts.admitting import Answer
from interview.services.attempts.drafts import LAST_WORD, NotSaved, Save, save_draft
from interview.services.attempts.overview import OverviewScreen
from interview.services.attempts.records import NotFound, Outcome
from interview.web.clock import now
from interview.web.guards import logged_in
from interview.web.hx import render, see_other
from interview.web.kept import keeps_text
from interview.web.outcomes import respond
from interview.web.pages import clock_time
from interview.web.principal import me

pages = Blueprint("sitting", __name__, url_prefix="/attempts/<int:attempt_id>")

Action = Callable[[int, int, Answer, datetime], Outcome]

ACTIONS: dict[str, Action] = {
    "submit": submitting.submit,
    "skip": moving.skip,
    "flag": moving.flag,
    "reveal": moving.reveal,
    "pause": moving.pause,
    "overview": moving.to_overview,
}


@pages.get("/continue")
@logged_in
def continue_attempt(attempt_id: int) -> BaseResponse:
    """Go to the question that the attempt stands at."""
    position = showing.current_position(me().id, attempt_id, now())
    return see_other(url_for(".question", attempt_id=attempt_id, position=position))


@pages.get("/questions/<int:position>")
@logged_in
def question(attempt_id: int, position: int) -> BaseResponse:
    """Show a question."""
    return respond(showing.show(me().id, attempt_id, position, now()), position)


@pages.post("/questions/<int:position>")
@keeps_text
def act(attempt_id: int, position: int) -> BaseResponse:
    """Take what was typed, and do what the pressed button says."""
    action = ACTIONS.get(request.form.get("do", "submit"))
    if action is None:
        raise NotFound
    return respond(action(me().id, attempt_id, _answer(position), now()), position)


def _answer(position: int) -> Answer:
    form = request.form
    return Answer(
        position=position,
        text=form.get("answer", ""),
        base=form.get("base", 0, type=int),
        writer=form.get("writer", "")[:32],
        confirmed=form.get("confirmed") == "yes",
    )


@pages.put("/questions/<int:position>/draft")
@logged_in
def draft(attempt_id: int, position: int) -> BaseResponse:
    """Save what is being typed; the page's script calls this."""
    save = _save(attempt_id, position)
    if save is None:
        return make_response(jsonify(reason="unreadable"), 400)
    outcome = save_draft(me().id, save, now())
    if isinstance(outcome, NotSaved):
        status = 422 if outcome.reason == "long" else 409
        body = jsonify(reason=outcome.reason, text=outcome.text, revision=outcome.revision)
        return make_response(body, status)
    return jsonify(
        revision=outcome.revision,
        saved_at=clock_time(outcome.saved_at),
        replaced=outcome.replaced,
        now=round(now().timestamp() * 1000),
    )


def _save(attempt_id: int, position: int) -> Save | None:
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        return None
    text, writer = data.get("text"), data.get("writer")
    base, sequence = data.get("base"), data.get("sequence")
    if not (isinstance(text, str) and isinstance(writer, str)):
        return None
    if not (_is_count(base) and _is_count(sequence)):
        return None
    return Save(attempt_id, position, text, base, writer[:32], sequence)


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and 0 <= value < LAST_WORD


@pages.get("/overview")
@logged_in
def overview_page(attempt_id: int) -> BaseResponse:
    """Say what finishing now would hand in."""
    outcome = overview.overview(me().id, attempt_id, now())
    if isinstance(outcome, OverviewScreen):
        return render("sitting/overview.html", "sitting/_overview.html", screen=outcome)
    return respond(outcome, 1)


@pages.post("/finish")
@logged_in
def finish(attempt_id: int) -> BaseResponse:
    """End the attempt and show its results."""
    return respond(overview.finish_now(me().id, attempt_id, now()), 1)


@pages.post("/continue")
@logged_in
def go_on(attempt_id: int) -> BaseResponse:
    """End a pause."""
    position = moving.go_on(me().id, attempt_id, now())
    return see_other(url_for(".question", attempt_id=attempt_id, position=position))


@pages.get("/abandon")
@logged_in
def confirm_abandon(attempt_id: int) -> str:
    """Ask before an attempt is given up."""
    overview.may_abandon(me().id, attempt_id, now())
    return render_template("sitting/abandon.html", attempt_id=attempt_id)


@pages.post("/abandon")
@logged_in
def abandon(attempt_id: int) -> BaseResponse:
    """Give an attempt up; what was graded stays readable."""
    overview.abandon(me().id, attempt_id, now())
    return see_other(url_for("results.results", attempt_id=attempt_id))

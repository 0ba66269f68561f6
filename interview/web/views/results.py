"""Reading what became of answers: one of them, or a whole attempt."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.attempts import reviewing, showing
from interview.web.clock import now
from interview.web.guards import logged_in
from interview.web.hx import see_other
from interview.web.outcomes import answer_page, respond
from interview.web.principal import me

pages = Blueprint("results", __name__, url_prefix="/attempts/<int:attempt_id>")


@pages.get("/results")
@logged_in
def results(attempt_id: int) -> BaseResponse | str:
    """Show a finished attempt; an open one is gone on with instead."""
    screen = reviewing.results(me().id, attempt_id, now())
    if screen is None:
        return see_other(url_for("sitting.continue_attempt", attempt_id=attempt_id))
    return render_template("results/results.html", screen=screen)


@pages.get("/answers/<int:position>")
@logged_in
def answer(attempt_id: int, position: int) -> BaseResponse:
    """Show one graded answer."""
    return answer_page(reviewing.answer(me().id, attempt_id, position, now()))


@pages.get("/answers/<int:position>/next")
@logged_in
def next_step(attempt_id: int, position: int) -> BaseResponse:
    """Go on after a grade was read: the next question, the overview or the results."""
    return respond(showing.after(me().id, attempt_id, position, now()), position)

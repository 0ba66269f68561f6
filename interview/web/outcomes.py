"""What a learner sees after each outcome of a move in an attempt."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.services.attempts import reviewing
from interview.services.attempts.records import (
    AlreadyClosed,
    Conflict,
    Ended,
    Graded,
    Outcome,
    Paused,
    QuestionScreen,
    Refused,
    Showing,
    TimeUp,
    ToOverview,
)
from interview.services.attempts.reviewing import AnswerScreen
from interview.web.clock import now
from interview.web.hx import render, see_other, wants_fragment
from interview.web.principal import me

_PAGES = {
    Ended: ("ended", 200),
    TimeUp: ("time_up", 200),
    Paused: ("paused", 200),
    AlreadyClosed: ("already_closed", 409),
}


def respond(outcome: Outcome, position: int) -> BaseResponse:
    """Turn an outcome into a page, a fragment or a redirect.

    Parameters
    ----------
    outcome : Outcome
        What a service decided.
    position : int
        The question that the request was about.
    """
    match outcome:
        case Showing(screen):
            return _showing(screen, position)
        case Refused(screen, typed, reason):
            return question_page(screen, 422, typed=typed, reason=reason)
        case Conflict(screen, typed):
            return question_page(screen, 409, typed=typed, reason="conflict")
        case Graded(attempt_id, graded):
            return _graded(attempt_id, graded)
        case ToOverview(attempt_id):
            return see_other(url_for("sitting.overview_page", attempt_id=attempt_id))
    return _pause_or_end(outcome)


def _pause_or_end(outcome: Ended | TimeUp | Paused | AlreadyClosed) -> BaseResponse:
    if isinstance(outcome, Ended) and not outcome.late_text:
        return see_other(url_for("results.results", attempt_id=outcome.attempt_id))
    name, status = _PAGES[type(outcome)]
    if isinstance(outcome, Paused) and outcome.typed:
        status = 409
    return render(f"sitting/{name}.html", f"sitting/_{name}.html", status, screen=outcome)


def _showing(screen: QuestionScreen, position: int) -> BaseResponse:
    here = url_for("sitting.question", attempt_id=screen.attempt_id, position=screen.position)
    moved = screen.position != position
    if not wants_fragment() and (moved or request.method == "POST"):
        return see_other(here)
    response = question_page(screen, 200)
    response.headers["HX-Push-Url"] = here
    return response


def question_page(screen: QuestionScreen, status: int, **context: str) -> BaseResponse:
    """Show a question.

    Parameters
    ----------
    screen : QuestionScreen
        The question with its draft.
    status : int
        HTTP status.
    **context
        ``typed`` (text to show in place of the draft) and ``reason`` (why it is not taken).
    """
    return render("sitting/question.html", "sitting/_question.html", status, q=screen, **context)


def answer_page(screen: AnswerScreen, status: int = 200, **context: Any) -> BaseResponse:
    """Show one graded answer where its question was.

    Parameters
    ----------
    **context
        ``refused`` (number of a key point, choice and why) where a sentence was not counted.
    """
    page, fragment = "results/answer.html", "results/_answer.html"
    response = render(page, fragment, status, screen=screen, **context)
    response.headers["HX-Push-Url"] = url_for(
        "results.answer", attempt_id=screen.attempt_id, position=screen.position
    )
    return response


def _graded(attempt_id: int, position: int) -> BaseResponse:
    if wants_fragment():
        return answer_page(reviewing.answer(me().id, attempt_id, position, now()))
    return see_other(url_for("results.answer", attempt_id=attempt_id, position=position))

"""Typed answers that arrive when nobody is logged in or the form is stale: given back."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from interview.services.attempts.records import AlreadyClosed, Showing
from interview.services.attempts.showing import show
from interview.web.clock import now
from interview.web.outcomes import question_page, respond
from interview.web.principal import me, viewer
from interview.web.views.accounts import Typed, log_in_page

P = ParamSpec("P")
R = TypeVar("R", bound=BaseResponse | str)


def keeps_text(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Let users in; a visitor whose log-in ran out logs in with the typed answer beside."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        return view(*args, **kwargs) if viewer() else _log_in_with_text()

    guarded.guard = "logged in"  # type: ignore[attr-defined]
    return guarded


def _typed() -> Typed:
    form = request.form
    return Typed(
        path=request.path,
        text=form.get("answer", ""),
        base=form.get("base", 0, type=int),
        writer=form.get("writer", "")[:32],
    )


def _log_in_with_text() -> BaseResponse:
    response = log_in_page(typed=_typed(), status=401)
    # This is a whole page, also for a request that would have swapped a part.
    response.headers["HX-Retarget"] = "body"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def stale_answer(attempt_id: int, position: int) -> Response | BaseResponse:
    """Answer a form whose token has expired with the same form, the text and a new token."""
    if viewer() is None:
        return _log_in_with_text()
    typed = _typed()
    outcome = show(me().id, attempt_id, position, now())
    if isinstance(outcome, Showing) and outcome.screen.position == position:
        # Still the same page: what another one saved meanwhile is newer to it as before.
        screen = replace(outcome.screen, base=typed.base, writer=typed.writer)
        return question_page(screen, 400, typed=typed.text, reason="stale")
    closed = AlreadyClosed(attempt_id, position, typed.text)
    return respond(closed if typed.text else outcome, position)

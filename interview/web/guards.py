"""Who may enter a view; every route has one of these, which a test holds."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from interview.web.hx import wants_fragment
from interview.web.principal import viewer

P = ParamSpec("P")
R = TypeVar("R", bound=BaseResponse | str)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Let anybody in."""
    view.guard = "public"  # type: ignore[attr-defined]
    return view


def logged_in(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Let users and guests in; send others to log in, and back here afterwards."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        if viewer() is None:
            return to_log_in()
        return view(*args, **kwargs)

    guarded.guard = "logged in"  # type: ignore[attr-defined]
    return guarded


def authors(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Let those in who may make classes and question sets; others see why they may not."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        person = viewer()
        if person is None:
            return to_log_in()
        if not person.is_author:
            abort(403)
        return view(*args, **kwargs)

    guarded.guard = "authors"  # type: ignore[attr-defined]
    return guarded


def admins(view: Callable[P, R]) -> Callable[P, R | BaseResponse]:
    """Let those in who look after the installation; others see that it is not for them."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R | BaseResponse:
        person = viewer()
        if person is None:
            return to_log_in()
        if not person.is_admin:
            abort(403)
        return view(*args, **kwargs)

    guarded.guard = "admins"  # type: ignore[attr-defined]
    return guarded


def to_log_in() -> BaseResponse:
    """Send a visitor to the log-in page, which leads back."""
    back = request.full_path.rstrip("?") if request.method == "GET" else "/"
    target = url_for("accounts.log_in", next=back)
    if wants_fragment():
        return Response(status=401, headers={"HX-Redirect": target})
    return redirect(target, code=303)

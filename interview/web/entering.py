"""Logging a browser in and out: nothing of what was before survives in its session."""

from datetime import timedelta

from flask import flash, g, request, session
from flask_login import login_user, logout_user

from interview.services import guests
from interview.services.principals import Principal
from interview.web.principal import LogIn, viewer

REMEMBER_COOKIE = "remember_token"


def enter(person: Principal, *, remember: bool, days: int | None = None) -> None:
    """Be this person from now on.

    Whoever planted a session in the browser beforehand gains nothing: it is emptied, and
    forms get a new secret. What a guest did moves to the account that they log in to.

    Parameters
    ----------
    remember : bool
        Whether the log-in outlives the browser's closing.
    days : int, optional
        For how long, where it is not the usual time.
    """
    moved = _take_along(person)
    _forget()
    duration = timedelta(days=days) if days is not None else None
    login_user(LogIn(person), remember=remember, duration=duration)
    if moved:
        flash("The session that you had as a guest is in your history now.", "ok")


def leave() -> None:
    """Be nobody from now on."""
    _forget()


def is_remembered() -> bool:
    """Whether the browser holds a log-in that outlives its closing."""
    return REMEMBER_COOKIE in request.cookies


def _take_along(person: Principal) -> int:
    before = viewer()
    if before is None or not before.is_guest or before.id == person.id:
        return 0
    return guests.hand_over(before.id, person.id)


def _forget() -> None:
    session.clear()
    # The token of forms was made from the old session's secret.
    g.pop("csrf_token", None)
    # Also takes a remember-me cookie away: it may be somebody else's.
    logout_user()

"""A typed answer that met an expired log-in: carried through it, and then saved."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from interview.services.attempts.drafts import NotSaved, Save, save_draft
from interview.services.attempts.records import NotFound

# The largest number of a row, or of a page's own count of saves. The page that typed the
# answer is gone, so this is the last that it has to say.
_LAST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Typed:
    """What a browser sent for a question while nobody was logged in.

    Attributes
    ----------
    path : str
        Where it was sent; it tells which question it is for, once it is recognised.
    base : int
        Revision of the draft that the page last knew.
    writer : str
        Name of the open page.
    """

    path: str
    text: str
    base: int = 0
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Rescue:
    """What became of it.

    Attributes
    ----------
    question : str
        Path of the question's page; empty when the question is not the person's.
    problem : str
        Why it was not saved; empty when it was.
    """

    question: str
    problem: str = ""


_PROBLEMS = {
    "newer": "Meanwhile another page saved a newer text, which the question still has.",
    "closed": "The question was handed in, or its time ran out, before you logged in.",
    "paused": "The session is paused. Go on with it, then paste the text.",
    "not shown": "The question has not been on screen yet.",
    "long": "An answer may have 20,000 characters, and this one has more.",
}
_NOT_YOURS = "The question belongs to another account, or is no longer there."


def place_of(path: str) -> tuple[int, int] | None:
    """Find which attempt and which question a path is about.

    Parameters
    ----------
    path : str
        Anything at all: it is trusted only as far as a route of the app matches it.

    Returns
    -------
    tuple of int or None
        Attempt and position; None when it is not about a question.
    """
    adapter = current_app.url_map.bind("localhost")
    for method in ("GET", "POST"):
        try:
            endpoint, values = adapter.match(path.partition("?")[0], method=method)
        except (HTTPException, RequestRedirect):
            continue
        place = values.get("attempt_id", _LAST), values.get("position", _LAST)
        if endpoint.startswith("sitting.") and max(place) < _LAST:
            return place
    return None


def rescue(user_id: int, typed: Typed, now: datetime) -> Rescue:
    """Save a typed answer for whoever has logged in, if the question is theirs and open."""
    place = place_of(typed.path)
    if place is None:
        return Rescue("", _NOT_YOURS)
    save = Save(*place, typed.text, typed.base, typed.writer, _LAST)
    try:
        outcome = save_draft(user_id, save, now)
    except NotFound:
        return Rescue("", _NOT_YOURS)
    page = url_for("sitting.question", attempt_id=place[0], position=place[1])
    problem = _PROBLEMS[outcome.reason] if isinstance(outcome, NotSaved) else ""
    return Rescue(page, problem)

"""What the start page shows: to a visitor, and to somebody who is logged in."""

from dataclasses import dataclass
from datetime import datetime

from interview.services.accounts.people import has_admin
from interview.services.attempts.reading import OpenAttempt, open_attempts
from interview.services.progress import Result, recent_results
from interview.services.study import list_sets
from interview.services.study_records import SetCard

RESULTS = 5
"""How many of the newest results are shown; the history has them all."""

SETS = 6
"""How many sets are offered; the page for practice has them all."""


@dataclass(frozen=True, slots=True)
class Landing:
    """The start page of a visitor.

    Attributes
    ----------
    lacks_admin : bool
        Whether the page should tell an operator how to make an administrator.
    """

    sets: tuple[SetCard, ...]
    lacks_admin: bool


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The start page of somebody who is logged in."""

    open: tuple[OpenAttempt, ...]
    sets: tuple[SetCard, ...]
    results: tuple[Result, ...]


def landing() -> Landing:
    """Read what a visitor is shown."""
    return Landing(sets=list_sets(None)[:SETS], lacks_admin=not has_admin())


def dashboard(user_id: int, now: datetime) -> Dashboard:
    """Read what somebody who is logged in is shown."""
    return Dashboard(
        open=open_attempts(user_id, now),
        sets=list_sets(user_id)[:SETS],
        results=recent_results(user_id, RESULTS, now),
    )

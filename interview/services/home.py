"""What the start page shows: to a visitor, and to somebody who is logged in."""

from dataclasses import dataclass
from datetime import datetime

from interview.services.accounts.people import has_admin
from interview.services.assignments.listing import Assigned, assigned_to
from interview.services.assignments.teaching import Teaching, teaching
from interview.services.attempts.reading import OpenAttempt, open_attempts
from interview.services.classes.invitations import Invitation, waiting
from interview.services.principals import Principal
from interview.services.progress import Result, recent_results
from interview.services.study import list_sets
from interview.services.study_records import SetCard

RESULTS = 5
"""How many of the newest results are shown; the history has them all."""

ASSIGNED = 12
"""How many assignments to do are shown; the pages of the classes have them all."""

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
    """The start page of somebody who is logged in.

    Attributes
    ----------
    invitations : tuple of Invitation
        Classes that wait for an answer.
    assigned : tuple of Assigned
        What can be started now or will open, in that order.
    teaching : tuple of Teaching
        Classes that the person teaches or assists in.
    """

    open: tuple[OpenAttempt, ...]
    invitations: tuple[Invitation, ...]
    assigned: tuple[Assigned, ...]
    teaching: tuple[Teaching, ...]
    sets: tuple[SetCard, ...]
    results: tuple[Result, ...]


def landing() -> Landing:
    """Read what a visitor is shown."""
    return Landing(sets=list_sets(None)[:SETS], lacks_admin=not has_admin())


def dashboard(person: Principal, now: datetime) -> Dashboard:
    """Read what somebody who is logged in is shown; a guest is in no class."""
    in_classes = not person.is_guest
    return Dashboard(
        open=open_attempts(person.id, now),
        invitations=waiting(person) if in_classes else (),
        assigned=_to_do(person, now) if in_classes else (),
        teaching=teaching(person, now) if in_classes else (),
        sets=list_sets(person.id)[:SETS],
        results=recent_results(person.id, RESULTS, now),
    )


def _to_do(person: Principal, now: datetime) -> tuple[Assigned, ...]:
    """What can still be done; what is being sat stands among the open attempts."""
    given = assigned_to(person, now)
    return tuple(one for one in given if one.can_start or one.is_upcoming)[:ASSIGNED]

"""The page of an assignment: for a learner what it asks, for staff how it goes."""

from datetime import datetime

from interview.services.assignments.overseeing import Overseen, oversee
from interview.services.assignments.preparing import Prepared, prepare
from interview.services.classes.access import ASSIST, SEE, assignment_for
from interview.services.cursors import Cursor
from interview.services.principals import Principal


def page(
    person: Principal, assignment_id: int, after: Cursor | None, now: datetime
) -> Prepared | Overseen:
    """Read what a person sees of an assignment.

    Parameters
    ----------
    after : Cursor or None
        Where the list of those who have not begun goes on.

    Raises
    ------
    NotFound
        When it is not for them.
    """
    row, place = assignment_for(person, assignment_id, SEE)
    if place.may(ASSIST):
        return oversee(row, place, after, now)
    return prepare(person, row, place, now)

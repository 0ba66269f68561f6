"""Who may read a run, and do something with it."""

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import TEACH, assignment_for
from interview.services.classes.changing import Archived
from interview.services.principals import Principal
from interview.store import regrade_pages as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row


def screen_row(person: Principal, run_id: int) -> tuple[Row, bool]:
    """Find a run for those who decide about it.

    A run of one assignment is for everybody who teaches there, one of several classes for its
    owner, one of everything for administrators.

    Returns
    -------
    tuple of Row and bool
        What the page shows of it, and whether it can be changed: not in an archived class.

    Raises
    ------
    NotFound
        When there is none, or it is another's.
    Forbidden
        When the person is in the class and does not teach it.
    """
    if run_id > LARGEST:
        raise NotFound
    row = db.session.execute(reads.SCREEN, {"run": run_id}).first()
    if row is None:
        raise NotFound
    if row.scope == "assignment":
        _, place = assignment_for(person, row.assignment_id, TEACH)
        return row, place.archived_at is None
    if not (person.is_admin or (row.scope == "classes" and row.owner_id == person.id)):
        raise NotFound
    return row, True


def run_to_change(person: Principal, run_id: int) -> Row:
    """Find a run for somebody who would change it; raises `Archived` where nobody can."""
    row, is_open = screen_row(person, run_id)
    if not is_open:
        raise Archived
    return row

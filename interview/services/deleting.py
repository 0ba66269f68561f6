"""Removing an attempt for good, with everything that was typed and graded in it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.attempt import AttemptState
from interview.services.attempts.showing import settled_attempt
from interview.services.unit import write
from interview.store.attempts import Attempt


@dataclass(frozen=True, slots=True)
class Doomed:
    """An attempt that somebody thinks of deleting.

    Attributes
    ----------
    is_open : bool
        An open attempt can be abandoned, not deleted.
    is_assigned : bool
        An attempt at an assignment belongs to the class's records too: it stays.
    """

    id: int
    title: str
    is_open: bool
    is_assigned: bool
    started_at: datetime
    item_count: int

    @property
    def stays(self) -> bool:
        """Whether it cannot be deleted."""
        return self.is_open or self.is_assigned


def look(user_id: int, attempt_id: int, now: datetime) -> Doomed:
    """Say what would be deleted.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    row = settled_attempt(user_id, attempt_id, now)
    is_open = row.state == AttemptState.OPEN
    is_assigned = row.assignment_id is not None
    return Doomed(row.id, row.title, is_open, is_assigned, row.started_at, row.item_count)


def delete(user_id: int, attempt_id: int, now: datetime) -> Doomed:
    """Delete an ended attempt: the database takes items, drafts, answers and grades along.

    Returns
    -------
    Doomed
        What was deleted; with ``is_open`` or ``is_assigned`` set, nothing was.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    doomed = look(user_id, attempt_id, now)
    if not doomed.stays:
        with write() as session:
            session.execute(
                sa.delete(Attempt).where(
                    Attempt.id == attempt_id,
                    Attempt.user_id == user_id,
                    Attempt.state != AttemptState.OPEN,
                    Attempt.assignment_id.is_(None),
                )
            )
    return doomed

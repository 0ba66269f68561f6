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
    """

    id: int
    title: str
    is_open: bool
    started_at: datetime
    item_count: int


def look(user_id: int, attempt_id: int, now: datetime) -> Doomed:
    """Say what would be deleted.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    row = settled_attempt(user_id, attempt_id, now)
    is_open = row.state == AttemptState.OPEN
    return Doomed(row.id, row.title, is_open, row.started_at, row.item_count)


def delete(user_id: int, attempt_id: int, now: datetime) -> Doomed:
    """Delete an ended attempt: the database takes items, drafts, answers and grades along.

    Returns
    -------
    Doomed
        What was deleted; with ``is_open`` set, nothing was.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    doomed = look(user_id, attempt_id, now)
    if not doomed.is_open:
        with write() as session:
            session.execute(
                sa.delete(Attempt).where(
                    Attempt.id == attempt_id,
                    Attempt.user_id == user_id,
                    Attempt.state != AttemptState.OPEN,
                )
            )
    return doomed

"""The scores that a grade changes, written with it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState
from interview.rules.totals import weighted_score
from interview.services.unit import UNSYNCED
from interview.store import marking as reads
from interview.store.attempts import Attempt, AttemptItem


def retotal(session: Session, attempt_id: int, position: int, score: float, state: str) -> None:
    """Write the score of an item, and of its attempt where that has one already.

    Parameters
    ----------
    score : float
        The item's new score, 0 to 1.
    state : str
        Of the attempt, which the caller holds.
    """
    session.execute(
        sa.update(AttemptItem)
        .where(AttemptItem.attempt_id == attempt_id, AttemptItem.position == position)
        .values(score=score),
        execution_options=UNSYNCED,
    )
    if state != AttemptState.FINISHED:
        return
    rows = session.execute(reads.SCORES, {"attempt": attempt_id})
    total = weighted_score([(row.score or 0.0, row.points) for row in rows])
    session.execute(
        sa.update(Attempt).where(Attempt.id == attempt_id).values(score=total),
        execution_options=UNSYNCED,
    )

"""What follows from a learner's time factor: running clocks, closing dates, the gradebook."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState
from interview.services.assignments.clocks import reclock
from interview.services.assignments.entries import refresh
from interview.store.assignments import Accommodation, Assignment
from interview.store.attempts import Attempt


def hold_attempts(session: Session, class_id: int, user_id: int) -> None:
    """Hold back whoever is about to end an attempt of a learner in a class.

    They enter its score into the member's row: to change that row first, and ask for the
    attempts after it, would be to wait for each other. Who starts one waits for the class.
    """
    session.execute(
        sa.select(Attempt.id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Attempt.user_id == user_id,
            Assignment.class_id == class_id,
            Attempt.state == AttemptState.OPEN,
        )
        .order_by(Attempt.id)
        .with_for_update(of=Attempt)
    )


def retime(session: Session, class_id: int, user_id: int, *, everybody: bool) -> None:
    """Bring what a learner has in a class to the factor that they have now.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    everybody : bool
        Whether the factor is another than before. Then it is another moment at which the
        last of the class can no longer sit an assignment, whether the learner began it or not.
    """
    sat = _sat_by(session, class_id, user_id)
    for assignment_id in sorted(_closing_in(session, class_id) if everybody else _open_in(sat)):
        reclock(session, assignment_id, user_id)
    # The due date moves with the factor, and a new member's mean is not known yet.
    for assignment_id in sorted(sat):
        refresh(session, assignment_id, user_id)


def has_own_terms(session: Session, class_id: int, user_id: int) -> bool:
    """Whether accommodations of somebody are kept in a class: they outlast a removal from it."""
    kept = (
        sa.select(Accommodation.assignment_id)
        .join(Assignment, Assignment.id == Accommodation.assignment_id)
        .where(Assignment.class_id == class_id, Accommodation.user_id == user_id)
    )
    return session.execute(kept.limit(1)).first() is not None


def _sat_by(session: Session, class_id: int, user_id: int) -> dict[int, bool]:
    """Assignments of a class that somebody has begun, with whether one is being sat."""
    rows = session.execute(
        sa.select(Assignment.id, Attempt.state)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Attempt.user_id == user_id, Assignment.class_id == class_id)
        .distinct()
    ).all()
    sat: dict[int, bool] = {}
    for assignment_id, state in rows:
        sat[assignment_id] = sat.get(assignment_id, False) or state == AttemptState.OPEN
    return sat


def _open_in(sat: dict[int, bool]) -> set[int]:
    return {assignment_id for assignment_id, is_open in sat.items() if is_open}


def _closing_in(session: Session, class_id: int) -> set[int]:
    return set(session.scalars(sa.select(Assignment.id).where(Assignment.class_id == class_id)))

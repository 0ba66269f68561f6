"""Hearing from the page of an attempt, and telling it how its clocks stand."""

from dataclasses import dataclass
from datetime import datetime

from interview.rules.attempt import AttemptState, ItemState
from interview.services.attempts.loading import attempt_of, clock_faces, item_of
from interview.services.attempts.records import ClockFace
from interview.services.unit import write
from interview.store import live
from interview.store.db import db


@dataclass(frozen=True, slots=True)
class Heard:
    """What the page is told.

    Attributes
    ----------
    state : str
        Of the attempt: a page that is left open beside another learns that it has ended.
    clocks : tuple of ClockFace
        Those that the question's page shows.
    """

    state: str
    clocks: tuple[ClockFace, ...]


def report(user_id: int, attempt_id: int, position: int | None, now: datetime) -> Heard:
    """Note that the page of somebody's own attempt is there.

    Only an open assigned attempt is noted: nobody looks on at own practice.

    Parameters
    ----------
    position : int or None
        The question that the page shows; None for the one that the attempt stands at.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or has no such question.
    """
    attempt = attempt_of(db.session(), user_id, attempt_id)
    item = item_of(db.session(), attempt_id, position or attempt.position)
    if attempt.state != AttemptState.OPEN:
        return Heard(attempt.state, ())
    if attempt.assignment_id is not None:
        with write() as session:
            session.execute(live.SEEN, {"attempt": attempt_id, "user": user_id, "now": now})
    deadline = item.deadline_at if item.state == ItemState.OPEN else None
    return Heard(attempt.state, clock_faces(attempt, item, deadline))

"""Closing what is over: handing in drafts at a deadline or at the finish."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState, ItemState, must_finish, next_open
from interview.rules.clock import is_over
from interview.rules.totals import weighted_score
from interview.services import grading
from interview.services.assignments import entries
from interview.services.attempts.first_grades import FirstGrade, first_grade
from interview.services.attempts.loading import Row, attempt_of, seconds_on_screen
from interview.services.unit import write
from interview.store import handing_in, sitting


@dataclass(frozen=True, slots=True)
class Closing:
    """Why and when items are being closed.

    Attributes
    ----------
    source : str
        ``learner``, ``deadline`` or ``finish``: who hands the answer in.
    """

    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """An answer on its way to become a submission."""

    attempt_id: int
    position: int
    text: str


def needs_settling(attempt: Row, item: Row | None, now: datetime) -> bool:
    """Whether a clock of an open attempt has run out, grace included."""
    if attempt.state != AttemptState.OPEN or attempt.paused_at is not None:
        return False
    return _attempt_over(attempt, now) or (item is not None and _item_over(item, now))


def settle(user_id: int, attempt_id: int, now: datetime) -> None:
    """Hand in whatever a clock has ended, exactly as if the learner had pressed submit.

    Nothing happens when no clock has run out, so it may be called at any time, by
    several processes at once.
    """
    with write() as session:
        attempt = attempt_of(session, user_id, attempt_id, lock=True)
        items = session.execute(handing_in.ITEMS_TO_CLOSE, {"attempt": attempt_id}).all()
        current = items[attempt.position - 1]
        if not needs_settling(attempt, current, now):
            return
        if _attempt_over(attempt, now):
            finish(session, attempt, Closing(attempt.deadline_at, "deadline"), "time")
        else:
            _settle_question(session, attempt, items, current)


def _attempt_over(attempt: Row, now: datetime) -> bool:
    return is_over(now, attempt.deadline_at, timedelta(seconds=attempt.grace_seconds))


def _item_over(item: Row, now: datetime) -> bool:
    return (
        item.state == ItemState.OPEN and item.cutoff_at is not None and bool(now > item.cutoff_at)
    )


def _settle_question(session: Session, attempt: Row, items: Iterable[Row], item: Row) -> None:
    closing = Closing(item.deadline_at, "deadline")
    close_item(session, attempt, item, closing)
    states = [
        ItemState.SUBMITTED if other.position == item.position else ItemState(other.state)
        for other in items
    ]
    if must_finish(states, item.position, returnable=attempt.returnable):
        finish(session, attempt, closing, "time")
        return
    # The next question's clock starts when somebody looks at it, not now.
    following = next_open(states, item.position) or item.position
    session.execute(
        sitting.MOVE, {"attempt": attempt.id, "to_position": following, "to_shown": None}
    )


def close_item(session: Session, attempt: Row, item: Row, closing: Closing) -> float:
    """Hand in one item's draft, or close it as not answered.

    Returns
    -------
    float
        The item's score; 0 for one not answered.
    """
    text = item.text or ""
    answered = bool(text.strip())
    score = 0.0
    if answered:
        first = first_grade(session, attempt.user_id, item, text)
        record(session, HandIn(attempt.id, item.position, text), first, closing)
        score = first.grade.score
    session.execute(
        sitting.CLOSE_ITEM,
        {
            "attempt": attempt.id,
            "at": item.position,
            "from_states": ("unseen", "open"),
            "seen_revision": item.revision or 0,
            "to_state": ItemState.SUBMITTED if answered else ItemState.UNANSWERED,
            "to_score": score,
            "to_seconds": seconds_on_screen(attempt, item, closing.at),
        },
    )
    return score


def record(session: Session, answer: HandIn, first: FirstGrade, closing: Closing) -> None:
    """Write a submission and its first grade."""
    submission_id = session.execute(
        handing_in.ADD_SUBMISSION,
        {
            "attempt_id": answer.attempt_id,
            "position": answer.position,
            "text": answer.text,
            "submitted_at": closing.at,
            "source": closing.source,
        },
    ).scalar_one()
    row = grading.grade_row(
        first.grade, submission_id, first.version_id, closing.at, first.own_points
    )
    session.execute(handing_in.ADD_GRADE, row)


def finish(session: Session, attempt: Row, closing: Closing, reason: str) -> None:
    """End an attempt: hand in what is open, then write its totals in the same transaction."""
    items = session.execute(handing_in.ITEMS_TO_CLOSE, {"attempt": attempt.id}).all()
    scores = [
        (
            (item.score or 0.0)
            if ItemState(item.state).is_closed
            else close_item(session, attempt, item, closing),
            item.points,
        )
        for item in items
    ]
    session.execute(
        handing_in.FINISH,
        {
            "attempt": attempt.id,
            "to_state": AttemptState.FINISHED,
            "to_finished": closing.at,
            "to_reason": reason,
            "to_score": weighted_score(scores),
        },
    )
    if attempt.assignment_id is not None:
        entries.refresh(session, attempt.assignment_id, attempt.user_id)

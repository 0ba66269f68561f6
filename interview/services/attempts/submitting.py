"""The step: an answer comes in, is graded and written, and the next question goes out."""

from datetime import datetime

from sqlalchemy.orm import Session

from interview.rules.attempt import Feedback, ItemState, must_finish, next_open
from interview.services.attempts.admitting import Admitted, Answer, Overtaken, admit
from interview.services.attempts.first_grades import FirstGrade, first_grade
from interview.services.attempts.loading import (
    Place,
    item_of,
    question_screen,
    seconds_on_screen,
    states_of,
    with_state,
)
from interview.services.attempts.records import (
    Ended,
    Graded,
    Outcome,
    Refused,
    Showing,
    ToOverview,
)
from interview.services.attempts.settling import Closing, HandIn, finish, record
from interview.services.attempts.showing import start_showing
from interview.services.unit import write
from interview.store import sitting
from interview.store.db import db


def submit(user_id: int, attempt_id: int, answer: Answer, now: datetime) -> Outcome:
    """Take an answer, once and for all.

    Posting it again, from a double click, a retry or another tab, changes nothing and
    leads to the first result.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or has no such question.
    NotShownYet
        When the question has not been on screen.
    """
    admitted = admit(user_id, attempt_id, answer, now)
    if not isinstance(admitted, Admitted):
        return admitted
    if not admitted.text.strip() and not answer.confirmed:
        return Refused(admitted.screen(), admitted.text, "empty")
    # Graded before the write begins: nobody else waits for it.
    grade = first_grade(db.session(), user_id, admitted.item, admitted.text)
    try:
        return _write_step(admitted, grade, now)
    except Overtaken:
        # A second look finds what the other request made of the question.
        return submit(user_id, attempt_id, answer, now)


def _write_step(admitted: Admitted, grade: FirstGrade, now: datetime) -> Outcome:
    attempt, item = admitted.attempt, admitted.item
    places = with_state(admitted.places, item.position, ItemState.SUBMITTED)
    states = states_of(places)
    following = next_open(states, item.position)
    if attempt.feedback == Feedback.EACH:
        following = None
    with write() as session:
        _move(session, admitted, following, now)
        _close(session, admitted, grade, now)
        answer = HandIn(attempt.id, item.position, admitted.text)
        record(session, answer, grade, Closing(now, "learner"))
        if must_finish(states, item.position, returnable=attempt.returnable):
            finish(session, attempt, Closing(now, "finish"), "learner")
            return _after_last(attempt.id, item.position, attempt.feedback)
        if following is not None:
            return _show_next(session, admitted, places, following, now)
    if attempt.feedback == Feedback.EACH:
        return Graded(attempt.id, item.position)
    return ToOverview(attempt.id)


def _after_last(attempt_id: int, position: int, feedback: str) -> Outcome:
    if feedback == Feedback.EACH:
        return Graded(attempt_id, position)
    return Ended(attempt_id)


def _move(session: Session, admitted: Admitted, following: int | None, now: datetime) -> None:
    attempt = admitted.attempt
    moved = sitting.changed(
        session,
        sitting.STEP,
        {
            "attempt": attempt.id,
            "to_position": following or admitted.item.position,
            "to_shown": now if following else None,
            "seen_deadline": attempt.deadline_at,
            "seen_limit": attempt.question_limit_seconds,
            "seen_factor": attempt.time_factor,
        },
    )
    if not moved:
        raise Overtaken


def _close(session: Session, admitted: Admitted, grade: FirstGrade, now: datetime) -> None:
    closed = sitting.changed(
        session,
        sitting.CLOSE_GRADED,
        {
            "attempt": admitted.attempt.id,
            "at": admitted.item.position,
            "from_states": ("open",),
            "seen_revision": admitted.item.revision or 0,
            "seen_rubric": grade.version_id,
            "to_state": ItemState.SUBMITTED,
            "to_score": grade.grade.score,
            "to_seconds": seconds_on_screen(admitted.attempt, admitted.item, now),
        },
    )
    if not closed:
        raise Overtaken


def _show_next(
    session: Session, admitted: Admitted, places: list[Place], following: int, now: datetime
) -> Showing:
    item = item_of(session, admitted.attempt.id, following)
    deadline = start_showing(session, admitted.attempt, item, now)
    return Showing(question_screen(admitted.attempt, item, places, deadline))

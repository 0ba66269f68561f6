"""Putting a question on screen, and finding where an attempt stands."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from interview.rules import attempt as rules
from interview.rules.attempt import AttemptState, Feedback, ItemState
from interview.services.attempts.loading import (
    Row,
    attempt_of,
    item_of,
    opening_values,
    places_of,
    question_screen,
    seconds_on_screen,
    states_of,
)
from interview.services.attempts.records import (
    Ended,
    Graded,
    NotFound,
    Outcome,
    Paused,
    Showing,
    TimeUp,
    ToOverview,
)
from interview.services.attempts.settling import needs_settling, settle
from interview.services.unit import write
from interview.store import sitting
from interview.store.db import db


def settled_attempt(user_id: int, attempt_id: int, now: datetime) -> Row:
    """Read an attempt after handing in what its clocks have ended.

    Raises
    ------
    NotFound
        When it does not exist or belongs to somebody else.
    """
    attempt = attempt_of(db.session(), user_id, attempt_id)
    current = item_of(db.session(), attempt_id, attempt.position)
    if not needs_settling(attempt, current, now):
        return attempt
    settle(user_id, attempt_id, now)
    return attempt_of(db.session(), user_id, attempt_id)


def not_sittable(attempt: Row) -> Ended | Paused | None:
    """What an attempt shows when no question of it can be worked on."""
    if attempt.state != AttemptState.OPEN:
        return Ended(attempt.id)
    if attempt.paused_at is not None:
        return Paused(attempt.id, attempt.title, attempt.paused_at)
    return None


def _attempt_with(position: int, user_id: int, attempt_id: int, now: datetime) -> Row:
    attempt = settled_attempt(user_id, attempt_id, now)
    if not 1 <= position <= attempt.item_count:
        raise NotFound
    return attempt


def show(user_id: int, attempt_id: int, position: int, now: datetime) -> Outcome:
    """Show a question, or say where the learner should be instead.

    Parameters
    ----------
    position : int
        The question asked for, from 1.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or has no such question.
    """
    attempt = _attempt_with(position, user_id, attempt_id, now)
    elsewhere = not_sittable(attempt)
    if elsewhere:
        return elsewhere
    states = states_of(places_of(db.session(), attempt_id))
    if position != attempt.position and _ran_out(attempt, states):
        return _time_up(attempt)
    if rules.may_open(states, attempt.position, position, returnable=attempt.returnable):
        return open_question(user_id, attempt_id, position, now)
    if states[position - 1].is_closed and attempt.feedback == Feedback.EACH:
        return Graded(attempt_id, position)
    return resume(attempt, states, user_id, now)


def after(user_id: int, attempt_id: int, position: int, now: datetime) -> Outcome:
    """Say where the learner goes once a grade was read.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or has no such question.
    """
    attempt = _attempt_with(position, user_id, attempt_id, now)
    elsewhere = not_sittable(attempt)
    if elsewhere:
        return elsewhere
    following = rules.next_open(states_of(places_of(db.session(), attempt_id)), position)
    if following is None:
        return ToOverview(attempt_id)
    return open_question(user_id, attempt_id, following, now)


def _ran_out(attempt: Row, states: Sequence[ItemState]) -> bool:
    """Whether a clock ended the question before, and nobody has opened the next one yet.

    An attempt stands at a question that was never shown only after the clock moved it on.
    """
    unseen = states[attempt.position - 1] is ItemState.UNSEEN
    return unseen and attempt.position > 1 and attempt.question_limit_seconds is not None


def _time_up(attempt: Row) -> TimeUp:
    ended = attempt.position - 1
    item = item_of(db.session(), attempt.id, ended)
    return TimeUp(attempt.id, ended, attempt.position, item.text or "", item.saved_at, "")


def resume(attempt: Row, states: Sequence[ItemState], user_id: int, now: datetime) -> Outcome:
    """Go on where the learner left off: the current question, a later one, or the overview."""
    if not states[attempt.position - 1].is_closed:
        return open_question(user_id, attempt.id, attempt.position, now)
    following = rules.next_open(states, attempt.position)
    if following is None:
        return ToOverview(attempt.id)
    return open_question(user_id, attempt.id, following, now)


def current_position(user_id: int, attempt_id: int, now: datetime) -> int:
    """Find the question that an open attempt stands at, or the one whose time ran out."""
    attempt = settled_attempt(user_id, attempt_id, now)
    position: int = attempt.position
    states = states_of(places_of(db.session(), attempt_id))
    return position - 1 if _ran_out(attempt, states) else position


def open_question(user_id: int, attempt_id: int, position: int, now: datetime) -> Outcome:
    """Put a question on screen in a write of its own: its clock may start here."""
    with write() as session:
        attempt = attempt_of(session, user_id, attempt_id, lock=True)
        item = item_of(session, attempt_id, position)
        if attempt.state != AttemptState.OPEN or ItemState(item.state).is_closed:
            return ToOverview(attempt_id)
        if attempt.position != position:
            add_visit(session, attempt, item_of(session, attempt_id, attempt.position), now)
        session.execute(
            sitting.MOVE, {"attempt": attempt_id, "to_position": position, "to_shown": now}
        )
        deadline = start_showing(session, attempt, item, now)
        places = places_of(session, attempt_id)
        return Showing(question_screen(attempt, item, places, deadline))


def start_showing(session: Session, attempt: Row, item: Row, now: datetime) -> datetime | None:
    """Note that an item is on screen, and return its own deadline, which may start here."""
    values = opening_values(attempt, item, now)
    session.execute(sitting.OPEN_ITEM, values)
    deadline: datetime | None = values["to_deadline"]
    return deadline


def add_visit(session: Session, attempt: Row, item: Row, now: datetime) -> None:
    """Count the time of the visit that ends now towards the item being left."""
    spent = seconds_on_screen(attempt, item, now) - item.seconds_used
    session.execute(
        sitting.ADD_SECONDS, {"attempt": attempt.id, "at": item.position, "seconds": spent}
    )

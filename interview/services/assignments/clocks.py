"""The clocks of running attempts, after something that they depend on was changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.assigning import Terms, last_close
from interview.rules.attempt import AttemptState, ItemState
from interview.rules.clock import Allowance, earliest, length_of, seconds_of
from interview.services.assignments.terms import OWN, terms_of
from interview.services.unit import UNSYNCED
from interview.store.assignment_reads import ASSIGNMENT
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.types import AnyRow as Row

_ASSIGNMENT_HELD = ASSIGNMENT.with_for_update(key_share=True)
_RUNNING = (
    sa.select(
        Attempt.id, Attempt.user_id, Attempt.started_at, Attempt.added_seconds,
        Attempt.closes_at, Attempt.reopened_at, Attempt.position,
        Attempt.whole_limit_seconds, Attempt.question_limit_seconds,
    )
    .where(Attempt.state == AttemptState.OPEN)
    .order_by(Attempt.id)
    .with_for_update()
)  # fmt: skip


def hold(session: Session, assignment_id: int) -> Row:
    """Take an assignment's row, and read all of its columns.

    Whoever changes an assignment's attempts by more than one takes it before any of them:
    the other way round two such writers could wait for each other. Starting and handing in
    go on beside it.
    """
    return session.execute(_ASSIGNMENT_HELD, {"assignment": assignment_id}).one()


def reclock(session: Session, assignment_id: int, user_id: int | None = None) -> None:
    """Bring running attempts to the present dates, limits and accommodations.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    user_id : int, optional
        Whose attempts; everybody's when not given.
    """
    assignment = hold(session, assignment_id)
    members = {row.user_id: row for row in session.execute(OWN, {"assignment": assignment_id})}
    running = _RUNNING.where(Attempt.assignment_id == assignment_id)
    if user_id is not None:
        running = running.where(Attempt.user_id == user_id)
    for attempt in session.execute(running).all():
        own = members.get(attempt.user_id)
        if own is None:
            # Whoever has left the class goes on by the terms that they began with.
            continue
        terms = terms_of(assignment, own.class_factor, own)
        returnable = assignment.returnable and terms.question_limit is None
        _retime(session, attempt, terms, returnable=returnable)
    _put_last_close(session, assignment, list(members.values()))


def _retime(session: Session, attempt: Row, terms: Terms, *, returnable: bool) -> None:
    closes, limit = terms.closes_at, terms.limit
    if attempt.reopened_at:
        # It was promised a time of its own, which is reckoned from what held at that moment.
        closes, limit = attempt.closes_at, length_of(attempt.whole_limit_seconds)
    added = timedelta(seconds=attempt.added_seconds)
    allowance = Allowance(limit, terms.factor, added)
    deadline = allowance.deadline(attempt.started_at, closes)
    values = {
        "time_factor": terms.factor,
        "closes_at": closes,
        "whole_limit_seconds": seconds_of(limit),
        "question_limit_seconds": seconds_of(terms.question_limit),
        "returnable": returnable,
        "grace_seconds": allowance.grace.total_seconds(),
        "deadline_at": deadline,
        "cutoff_at": deadline and deadline + allowance.grace,
    }
    session.execute(
        sa.update(Attempt).where(Attempt.id == attempt.id).values(**values),
        execution_options=UNSYNCED,
    )
    _retime_item(session, attempt, terms, deadline)


def _retime_item(
    session: Session, attempt: Row, terms: Terms, attempt_deadline: datetime | None
) -> None:
    """Move the clock of the question on screen; later ones start with the new limits."""
    at = (AttemptItem.attempt_id == attempt.id, AttemptItem.position == attempt.position)
    item = session.execute(
        sa.select(
            AttemptItem.first_shown_at, AttemptItem.limit_seconds, AttemptItem.added_seconds
        ).where(*at)
    ).one()
    if item.first_shown_at is None:
        return
    deadline = None
    if terms.question_limit is not None:
        own = timedelta(seconds=item.limit_seconds) if item.limit_seconds else terms.question_limit
        allowance = Allowance(own, terms.factor, timedelta(seconds=item.added_seconds))
        deadline = earliest(allowance.deadline(item.first_shown_at), attempt_deadline)
    cutoff = deadline and deadline + Allowance(None, terms.factor).grace
    session.execute(
        sa.update(AttemptItem)
        .where(*at, AttemptItem.state == ItemState.OPEN)
        .values(deadline_at=deadline, cutoff_at=cutoff),
        execution_options=UNSYNCED,
    )


def add_time(session: Session, attempt_id: int, seconds: int) -> bool:
    """Give a running attempt, and the question on its screen, more time.

    Returns
    -------
    bool
        Whether it was running still.
    """
    given = _add(session, [attempt_id], seconds)
    if given:
        reclock(session, given[0].assignment_id, given[0].user_id)
    return bool(given)


def add_time_to_all(
    session: Session, assignment_id: int, attempt_ids: Sequence[int], seconds: int
) -> None:
    """Give many running attempts of an assignment more time, reading its class once."""
    if _add(session, attempt_ids, seconds):
        reclock(session, assignment_id)


def _add(session: Session, attempt_ids: Sequence[int], seconds: int) -> Sequence[Row]:
    given = session.execute(
        sa.update(Attempt)
        .where(
            Attempt.id.in_(attempt_ids),
            Attempt.state == AttemptState.OPEN,
            Attempt.assignment_id.is_not(None),
        )
        .values(added_seconds=Attempt.added_seconds + seconds)
        .returning(Attempt.assignment_id, Attempt.user_id),
        execution_options=UNSYNCED,
    ).all()
    on_screen = sa.select(Attempt.id).where(
        Attempt.id == AttemptItem.attempt_id, Attempt.position == AttemptItem.position
    )
    session.execute(
        sa.update(AttemptItem)
        .where(
            AttemptItem.attempt_id.in_(attempt_ids),
            AttemptItem.state == ItemState.OPEN,
            on_screen.exists(),
        )
        .values(added_seconds=AttemptItem.added_seconds + seconds),
        execution_options=UNSYNCED,
    )
    return given


def _put_last_close(session: Session, assignment: Row, members: Sequence[Row]) -> None:
    """Keep when nobody can sit it any more, those who are still sitting included."""
    closes = [terms_of(assignment, one.class_factor, one).own_close for one in members]
    last = last_close(closes) if closes else assignment.closes_at
    if last is not None:
        running = session.execute(
            sa.select(sa.func.max(Attempt.deadline_at)).where(
                Attempt.assignment_id == assignment.id, Attempt.state == AttemptState.OPEN
            )
        ).scalar()
        last = max(last, running) if running else last
    session.execute(
        sa.update(Assignment).where(Assignment.id == assignment.id).values(all_closed_at=last),
        execution_options=UNSYNCED,
    )

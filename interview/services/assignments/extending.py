"""Giving time to those who are sitting an assignment."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.assigning import MOST_EXTRA
from interview.rules.attempt import AttemptState
from interview.rules.typed import clean
from interview.services import audit
from interview.services.assignments import clocks
from interview.services.assignments.extensions import Extended, Form, Wanted
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.attempts.settling import needs_settling
from interview.services.audit import Change
from interview.services.classes.access import ASSIST, assignment_for
from interview.services.classes.changing import Archived, hold_class
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.audit import AuditEntry
from interview.store.classes import ClassMember
from interview.store.types import AnyRow as Row
from interview.store.users import User

JUST_NOW = timedelta(seconds=30)
"""Who ended within this time is named: the list on the page may have shown them at work."""

_KIND = "attempt.extended"


def extend(person: Principal, assignment_id: int, wanted: Wanted, now: datetime) -> Extended:
    """Add time to one running attempt of an assignment, or to all of them.

    All of it is one transaction that takes the attempts' rows first, as handing in does: an
    attempt gets its time before it ends, or has ended and gets none. Sending the same form
    again changes nothing, since what it has done is found in the audit log under its name.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` says; and when the attempt is not one of the assignment.
    Archived
        When the class is not changed any more.
    """
    assignment, place = assignment_for(person, assignment_id, ASSIST)
    if place.archived_at is not None:
        raise Archived
    if max(wanted.attempt_id or 0, wanted.group_id or 0) > LARGEST:
        raise NotFound
    with write() as session:
        hold_class(session, place.class_id)
        clocks.hold(session, assignment_id)
        running = _locked(session, assignment, wanted)
        before = _done_before(session, place.class_id, wanted.form)
        if before:
            return Extended(before=before)
        told = Extended(ended=_ended(session, assignment, wanted, now))
        if wanted.attempt_id is not None and not (running or told.ended):
            raise NotFound
        chosen = _sorted_out(session, running, wanted, told, now)
        _give(session, assignment_id, [row.id for row in chosen], wanted)
        for row in chosen:
            audit.note(session, person, _change(assignment, row, wanted), now)
        return told


def _locked(session: Session, assignment: Row, wanted: Wanted) -> Sequence[Row]:
    """Running attempts that are meant; nobody can hand them in until we are done."""
    statement = (
        sa.select(
            Attempt.id, Attempt.user_id, Attempt.number, Attempt.state, Attempt.position,
            Attempt.added_seconds, Attempt.reopened_at, Attempt.deadline_at, Attempt.paused_at,
            Attempt.grace_seconds, Attempt.question_limit_seconds, User.display_name,
        )
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.assignment_id == assignment.id, Attempt.state == AttemptState.OPEN)
        .order_by(Attempt.id)
        .with_for_update(of=Attempt)
    )  # fmt: skip
    if wanted.attempt_id is not None:
        statement = statement.where(Attempt.id == wanted.attempt_id)
    elif wanted.group_id is not None:
        statement = statement.where(_in_group(assignment.class_id, wanted.group_id))
    return session.execute(statement).all()


def _in_group(class_id: int, group_id: int) -> sa.ColumnElement[bool]:
    return (
        sa.select(ClassMember.user_id)
        .where(
            ClassMember.class_id == class_id,
            ClassMember.group_id == group_id,
            ClassMember.user_id == Attempt.user_id,
        )
        .exists()
    )


def _done_before(session: Session, class_id: int, form: Form) -> int:
    entries = sa.select(AuditEntry.details).where(
        AuditEntry.class_id == class_id, AuditEntry.id > form.newest, AuditEntry.kind == _KIND
    )
    return sum(details.get("form") == form.text for details in session.scalars(entries))


def _ended(session: Session, assignment: Row, wanted: Wanted, now: datetime) -> list[str]:
    """Who is meant and has ended: the one attempt, or whoever has only just ended."""
    statement = (
        sa.select(User.display_name)
        .join(Attempt, Attempt.user_id == User.id)
        .where(Attempt.assignment_id == assignment.id, Attempt.state != AttemptState.OPEN)
        .order_by(Attempt.finished_at, Attempt.id)
    )
    if wanted.attempt_id is not None:
        statement = statement.where(Attempt.id == wanted.attempt_id)
    else:
        since = max(wanted.form.shown_at, now - JUST_NOW)
        statement = statement.where(Attempt.finished_at >= since)
    if wanted.group_id is not None:
        statement = statement.where(_in_group(assignment.class_id, wanted.group_id))
    return list(session.scalars(statement))


def _sorted_out(
    session: Session, running: Sequence[Row], wanted: Wanted, told: Extended, now: datetime
) -> list[Row]:
    """Choose whose time can be added to, and name the others."""
    items = _items(session, [row.id for row in running])
    chosen = []
    for row in running:
        if needs_settling(row, items[row.id], now):
            told.ended.append(row.display_name)
        elif row.deadline_at is None and row.question_limit_seconds is None:
            told.untimed.append(row.display_name)
        elif _added_to(row) + wanted.length > MOST_EXTRA:
            told.full.append(row.display_name)
        else:
            told.given.append(row.display_name)
            chosen.append(row)
    return chosen


def _added_to(row: Row) -> timedelta:
    """What was added so far; to an attempt that was opened again, all that it got by that."""
    if row.reopened_at is not None:
        since: timedelta = row.deadline_at - row.reopened_at
        return since
    return timedelta(seconds=row.added_seconds)


def _items(session: Session, attempt_ids: Sequence[int]) -> dict[int, Row]:
    """The question on each attempt's screen, read after the rows were taken."""
    rows = session.execute(
        sa.select(AttemptItem.attempt_id, AttemptItem.state, AttemptItem.cutoff_at)
        .join(
            Attempt,
            sa.and_(Attempt.id == AttemptItem.attempt_id, Attempt.position == AttemptItem.position),
        )
        .where(AttemptItem.attempt_id.in_(attempt_ids))
    )
    return {row.attempt_id: row for row in rows}


def _give(session: Session, assignment_id: int, attempt_ids: Sequence[int], wanted: Wanted) -> None:
    seconds = round(wanted.length.total_seconds())
    if wanted.attempt_id is None:
        clocks.add_time_to_all(session, assignment_id, attempt_ids, seconds)
    elif attempt_ids:
        clocks.add_time(session, wanted.attempt_id, seconds)


def _change(assignment: Row, row: Row, wanted: Wanted) -> Change:
    after = row.added_seconds + round(wanted.length.total_seconds())
    return Change(
        kind=_KIND,
        subject=f"{assignment.title}, attempt {row.number} of {row.display_name}",
        class_id=assignment.class_id,
        learner_id=row.user_id,
        details={
            "minutes": wanted.minutes,
            "added_seconds": [row.added_seconds, after],
            "for_everybody": wanted.attempt_id is None,
            "form": wanted.form.text,
        },
        reason=clean(wanted.reason).text,
    )

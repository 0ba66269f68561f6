"""Reading one learner's record in a class: every assignment, every attempt, on which terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.rules.access import Power, assigned_review
from interview.rules.assigning import Counts, Terms, late_days
from interview.rules.attempt import AttemptState
from interview.services.assignments.policies import policy_of
from interview.services.assignments.terms import terms_of
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import place_in
from interview.services.gradebook.learner_records import (
    Accommodation,
    AssignmentLine,
    AttemptLine,
    Record,
)
from interview.services.gradebook.records import State
from interview.services.history import Cursor
from interview.services.principals import Principal
from interview.store import gradebook as reads
from interview.store import marking
from interview.store.assignments import Assignment
from interview.store.db import db
from interview.store.targeting import targeted
from interview.store.types import AnyRow

PAGE = 20
MOST_ATTEMPTS = 50
"""Of one assignment on the page; the file has all."""


@dataclass(frozen=True, slots=True)
class _Made:
    """What a learner has made of one assignment, as rows, and on which terms.

    Attributes
    ----------
    hides : bool
        Whether the reader may not see its scores yet.
    """

    assignment: AnyRow
    entry: AnyRow | None
    accommodation: AnyRow | None
    attempts: Sequence[AnyRow]
    terms: Terms
    hides: bool


def open_record(person: Principal, class_id: int, user_id: int) -> Record:
    """Open the record of a learner for staff, or for that learner.

    Raises
    ------
    NotFound
        When the reader is not in the class, or reads about somebody else without assisting
        in it, or there is no such learner.
    """
    place = place_in(person, class_id, Power.SEE)
    is_staff = place.may(Power.ASSIST)
    if user_id > LARGEST or not (is_staff or user_id == person.id):
        raise NotFound
    named = {"class": class_id, "user": user_id}
    row = db.session.execute(reads.PERSON, named).first()
    if row is None or not (row.role == "learner" or row.begun):
        raise NotFound
    return Record(
        place=place,
        user_id=user_id,
        name=row.display_name,
        email=row.email or "",
        group=row.group_title or "",
        group_id=row.group_id,
        is_member=row.role is not None,
        is_own=not is_staff,
        mean=row.mean_score if is_staff else None,
        finished=row.finished_count or 0,
        factor=row.time_factor or 1.0,
    )


def assignments_of(record: Record) -> sa.Select[Any]:
    """The assignments in a record: those for the learner, and those that were begun."""
    begun = reads.begun_by(record.user_id)
    is_for = targeted(record.user_id, record.group_id) if record.is_member else sa.false()
    return sa.select(*sa.inspect(Assignment).columns).where(
        Assignment.class_id == record.place.class_id,
        sa.or_(begun, sa.and_(Assignment.archived_at.is_(None), is_for)),
    )


def read_record(
    record: Record, now: datetime, *, older: Cursor | None = None, newer: Cursor | None = None
) -> Record:
    """Read a page of an opened record, from a place on or from the newest assignment."""
    key = sa.tuple_(Assignment.opens_at, Assignment.id)
    statement = assignments_of(record)
    if newer is not None:
        statement = statement.where(key > reads.moment_key(newer.finished_at, newer.id))
    elif older is not None:
        statement = statement.where(key < reads.moment_key(older.finished_at, older.id))
    order = (Assignment.opens_at, Assignment.id) if newer else reads.NEWEST_FIRST
    rows = list(db.session.execute(statement.order_by(*order).limit(PAGE + 1)))
    more, rows = len(rows) > PAGE, rows[:PAGE]
    if newer:
        rows.reverse()
    has_older = bool(rows) and (newer is not None or more)
    has_newer = bool(rows) and (more if newer else older is not None)
    return replace(
        record,
        lines=lines_of(record, rows, now),
        older=_place(rows[-1]) if has_older else "",
        newer=_place(rows[0]) if has_newer else "",
    )


def _place(row: AnyRow) -> str:
    return str(Cursor(row.opens_at, row.id))


def lines_of(
    record: Record, rows: Sequence[AnyRow], now: datetime, *, most: int | None = MOST_ATTEMPTS
) -> tuple[AssignmentLine, ...]:
    """Read what a learner has made of some assignments, in three statements.

    Parameters
    ----------
    rows : sequence of Row
        As `assignments_of` selects them.
    most : int or None
        How many attempts at each, the newest and the one that counts; None for all.
    """
    ids = [row.id for row in rows]
    found = db.session.execute(reads.entries_of([record.user_id], ids)).all()
    entries = {row.assignment_id: row for row in found}
    own = db.session.execute(reads.accommodations_of(record.user_id, ids))
    accommodations = {row.assignment_id: row for row in own}
    counting = [row.attempt_id for row in found]
    attempts: dict[int, list[AnyRow]] = {}
    for row in db.session.execute(marking.attempts_of(record.user_id, ids, most, counting)):
        attempts.setdefault(row.assignment_id, []).append(row)
    return tuple(
        _line(
            record,
            _Made(
                assignment=row,
                entry=entries.get(row.id),
                accommodation=(own_terms := accommodations.get(row.id)),
                attempts=attempts.get(row.id, ()),
                terms=terms_of(row, record.factor, own_terms),
                hides=record.is_own and not _is_shown(row, now),
            ),
            now,
        )
        for row in rows
    )


def _is_shown(assignment: AnyRow, now: datetime) -> bool:
    """Whether a learner may see the score of an attempt that has ended."""
    policy, ended = policy_of(assignment), AttemptState.FINISHED
    return assigned_review(policy, ended, item_closed=True, now=now).score


def _line(record: Record, made: _Made, now: datetime) -> AssignmentLine:
    assignment, terms, entry = made.assignment, made.terms, made.entry
    score = None if entry is None else entry.score
    return AssignmentLine(
        id=assignment.id,
        title=assignment.title,
        opens_at=terms.opens_at,
        due_at=terms.own_due,
        closes_at=terms.own_close,
        factor=terms.factor,
        withdrawn=assignment.archived_at is not None,
        counts=assignment.counts,
        state=_state(entry, terms, now),
        score=None if made.hides else score,
        hidden=made.hides and score is not None,
        accommodation=_accommodation(record, made.accommodation),
        attempts=tuple(_attempt(record, made, one) for one in made.attempts),
        left_out=(0 if entry is None else entry.attempts) - len(made.attempts),
    )


def _state(entry: AnyRow | None, terms: Terms, now: datetime) -> State:
    if entry is None:
        return State.NOT_STARTED if terms.opens_at <= now else State.NOT_OPEN
    if entry.score is not None:
        return State.FINISHED
    return State.IN_PROGRESS if entry.is_open else State.NO_SCORE


def _attempt(record: Record, made: _Made, attempt: AnyRow) -> AttemptLine:
    finished = attempt.state == AttemptState.FINISHED
    return AttemptLine(
        id=attempt.id,
        number=attempt.number,
        state=attempt.state,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        finish_reason=attempt.finish_reason or "",
        score=None if made.hides else attempt.score,
        hidden=made.hides and attempt.score is not None,
        late_days=late_days(attempt.finished_at, made.terms.own_due) if finished else 0,
        needs_review=0 if record.is_own else attempt.needs_review,
        counts=finished and not made.hides and _counts(made, attempt.id),
    )


def _counts(made: _Made, attempt_id: int) -> bool:
    everyone = made.assignment.counts == Counts.MEAN
    return everyone or (made.entry is not None and made.entry.attempt_id == attempt_id)


def _accommodation(record: Record, own: AnyRow | None) -> Accommodation | None:
    if own is None:
        return None
    return Accommodation(
        opens_at=own.opens_at,
        due_at=own.due_at,
        closes_at=own.closes_at,
        time_factor=own.time_factor,
        extra_attempts=own.extra_attempts,
        reason=own.reason if record.place.may(Power.TEACH) else "",
    )

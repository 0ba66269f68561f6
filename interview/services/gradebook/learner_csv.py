"""One learner's record as a file: a row for each attempt, and for what was not begun."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from interview.services.csv_text import BYTE_ORDER_MARK, lines
from interview.services.gradebook.as_csv import percent
from interview.services.gradebook.learner import assignments_of, lines_of
from interview.services.gradebook.learner_records import AssignmentLine, AttemptLine, Record
from interview.store import gradebook as reads
from interview.store.assignments import Assignment
from interview.store.db import db

CHUNK = 20
"""Assignments read at a time."""

COLUMNS = (
    *("learner", "assignment", "assignment number", "state", "assignment score %"),
    *("opens", "due", "closes", "time factor", "extra attempts"),
    *("attempt", "started", "finished", "ended by", "score %", "late days", "needs review"),
    "counts",
)
NOT_SHOWN = "not shown yet"


def as_csv(record: Record, now: datetime) -> Iterator[str]:
    """Write an opened record, newest assignment first.

    Yields
    ------
    str
        The heading, then some assignments at a time.
    """
    yield BYTE_ORDER_MARK + lines([COLUMNS])
    statement = assignments_of(record).order_by(*reads.NEWEST_FIRST).limit(CHUNK)
    key = sa.tuple_(Assignment.opens_at, Assignment.id)
    rows = db.session.execute(statement).all()
    while rows:
        found = lines_of(record, rows, now, most=None)
        db.session.rollback()
        yield lines([cells for line in found for cells in _rows(record, line)])
        place = reads.moment_key(rows[-1].opens_at, rows[-1].id)
        rows = db.session.execute(statement.where(key < place)).all()


def _rows(record: Record, line: AssignmentLine) -> Iterator[list[Any]]:
    own = line.accommodation
    head = [
        *(record.name, line.title, line.id, line.state.value, _score(line)),
        *(_moment(line.opens_at), _moment(line.due_at), _moment(line.closes_at)),
        *(line.factor, own.extra_attempts if own else 0),
    ]
    if not line.attempts:
        yield head + [None] * (len(COLUMNS) - len(head))
    for attempt in line.attempts:
        yield head + _attempt(attempt, is_own=record.is_own)


def _attempt(attempt: AttemptLine, *, is_own: bool) -> list[Any]:
    return [
        *(attempt.number, _moment(attempt.started_at), _moment(attempt.finished_at)),
        *(attempt.finish_reason, _score(attempt), attempt.late_days),
        None if is_own else attempt.needs_review,
        NOT_SHOWN if attempt.hidden else "yes" if attempt.counts else "no",
    ]


def _score(line: AssignmentLine | AttemptLine) -> int | str | None:
    return NOT_SHOWN if line.hidden else percent(line.score)


def _moment(value: datetime | None) -> str:
    return value.astimezone(UTC).isoformat() if value else ""

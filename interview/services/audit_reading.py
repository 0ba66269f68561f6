"""Reading the audit log: filtered, newest first, a page at a time or as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from interview.rules import days
from interview.rules.access import Power
from interview.rules.typed import clean
from interview.services import spots
from interview.services.attempts.loading import LARGEST
from interview.services.audit import COMMAND_LINE, KINDS
from interview.services.audit_words import Detail, details_of, told
from interview.services.classes.access import Forbidden, place_in
from interview.services.csv_text import BYTE_ORDER_MARK, lines
from interview.services.principals import Principal
from interview.services.spots import Spot
from interview.store import auditing as reads
from interview.store.audit import AuditEntry
from interview.store.db import db

PAGE = 50
CHUNK = 500
MOST_CALLED = 50
_MOST_DIGITS = len(str(LARGEST))
"""People whom a name in a filter may mean; more are better told apart by more letters."""

COLUMNS = (
    *("number", "at", "class", "class_number", "by", "by_number", "kind", "what", "subject"),
    *("about", "about_number", "changes", "reason"),
)


class NobodyMeant(ValueError):
    """A name in a filter leads to nobody, or to too many; the text says which."""


@dataclass(frozen=True, slots=True)
class Log:
    """The log that is read: a class's, or everything of the installation.

    Attributes
    ----------
    class_id : int or None
        None for everything.
    """

    class_id: int | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries to show; all of it must fit.

    Attributes
    ----------
    actors : tuple of (int or None), or None
        Those who did it, None among them for the command line; none for anybody.
    learners : tuple of (int or None), or None
        The people whom it is about.
    first_day, last_day : date or None
        Days of the reader's zone, both included.
    """

    kind: str = ""
    actors: tuple[int | None, ...] | None = None
    learners: tuple[int | None, ...] | None = None
    first_day: date | None = None
    last_day: date | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Line:
    """One change.

    Attributes
    ----------
    what : str
        Its kind in words.
    learner : str
        The name that the account has now; empty where it is gone, or nobody is meant.
    """

    id: int
    at: datetime
    actor_id: int | None
    actor: str
    class_id: int | None
    class_title: str
    kind: str
    what: str
    subject: str
    learner_id: int | None
    learner: str
    details: tuple[Detail, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the log; ``older`` and ``newer`` are the places beside it, or None."""

    lines: tuple[Line, ...]
    older: int | None
    newer: int | None


def log_for(person: Principal, class_id: int | None) -> Log:
    """Open a log for somebody who may read it.

    Raises
    ------
    NotFound, Forbidden
        When the person does not teach the class; when they do not look after the
        installation and ask for everything.
    """
    if class_id is not None:
        return Log(class_id, place_in(person, class_id, Power.TEACH).title)
    if not person.is_admin:
        raise Forbidden
    return Log(None)


def people_meant(log: Log, text: str) -> tuple[int | None, ...]:
    """Find whom a filter means: by number, address, part of a name, or the command line.

    Raises
    ------
    NobodyMeant
        When that is nobody, or more people than can be listed.
    """
    typed = " ".join(clean(text).text.split())
    if typed.casefold() == COMMAND_LINE:
        return (None,)
    if typed.isdecimal() and len(typed) <= _MOST_DIGITS and int(typed) <= LARGEST:
        return (int(typed),)
    found = _with_name(log, typed)
    if not found:
        where = "in this class" if log.class_id is not None else "here"
        raise NobodyMeant(f"Nobody {where} has “{typed}” in the name.")
    if len(found) > MOST_CALLED:
        raise NobodyMeant(f"More than {MOST_CALLED} people have “{typed}” in the name: add to it.")
    return found


def _with_name(log: Log, typed: str) -> tuple[int, ...]:
    if "@" in typed and log.class_id is None:
        statement = reads.with_address(typed.lower())
    else:
        statement = reads.called(typed, log.class_id)
    return tuple(db.session.scalars(statement.limit(MOST_CALLED + 1)))


def listing(log: Log, filters: Filters, spot: Spot) -> Listing:
    """Read one page in one statement."""
    part = spots.read(reads.LINES.where(*_fits(log, filters)), AuditEntry.id, spot, PAGE)
    return Listing(tuple(map(_line, part.rows)), part.older, part.newer)


def as_csv(log: Log, filters: Filters) -> Iterator[str]:
    """Write every entry that fits, newest first; no transaction stays open between chunks."""
    yield BYTE_ORDER_MARK + lines([COLUMNS])
    base = reads.LINES.where(*_fits(log, filters)).order_by(AuditEntry.id.desc()).limit(CHUNK)
    rows = db.session.execute(base).all()
    while rows:
        db.session.rollback()
        yield lines([_cells(_line(row)) for row in rows])
        rows = db.session.execute(base.where(AuditEntry.id < rows[-1].id)).all()


def _fits(log: Log, filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    zone = ZoneInfo(filters.zone)
    if log.class_id is not None:
        yield AuditEntry.class_id == log.class_id
    if filters.kind:
        yield AuditEntry.kind == filters.kind
    if filters.actors is not None:
        yield _one_of(AuditEntry.actor_id, filters.actors)
    if filters.learners is not None:
        yield _one_of(AuditEntry.learner_id, filters.learners)
    if filters.first_day:
        yield AuditEntry.at >= days.start_of(filters.first_day, zone)
    if filters.last_day:
        yield AuditEntry.at < days.end_of(filters.last_day, zone)


def _one_of(column: Any, people: tuple[int | None, ...]) -> sa.ColumnElement[bool]:
    found: sa.ColumnElement[bool] = column.is_(None) if None in people else column.in_(people)
    return found


def _line(row: Any) -> Line:
    return Line(
        id=row.id,
        at=row.at,
        actor_id=row.actor_id,
        actor=row.actor_name,
        class_id=row.class_id,
        class_title=row.class_title or "",
        kind=row.kind,
        what=KINDS.get(row.kind, row.kind),
        subject=row.subject,
        learner_id=row.learner_id,
        learner=row.learner or "",
        details=details_of(row.details),
        reason=row.reason,
    )


def _cells(line: Line) -> list[Any]:
    return [
        *(line.id, line.at.astimezone(UTC).isoformat(), line.class_title, line.class_id),
        *(line.actor, line.actor_id, line.kind, line.what, line.subject),
        *(line.learner, line.learner_id, told(line.details), line.reason),
    ]

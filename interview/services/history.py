"""A person's ended attempts, filtered and paged by key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from interview.grading.records import Band
from interview.rules import days
from interview.rules.attempt import Preset
from interview.services.attempts.settling import settle
from interview.store import history as reads
from interview.store.attempts import Attempt
from interview.store.db import db

PAGE = 20
PRESETS = tuple(preset.value for preset in Preset)
FIRST_DAY, LAST_DAY = days.FIRST_DAY, days.LAST_DAY

NEWEST_FOR_CHOICES = 1000
"""How far back the filters look for sets and topics to offer."""

_CURSOR = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two lines of the history: the line that was last seen."""

    finished_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.finished_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z-{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read what `str` wrote.

        Raises
        ------
        ValueError
            When it was never a cursor.
        """
        found = _CURSOR.fullmatch(text)
        if found is None:
            raise ValueError("not a place in the history")
        return cls(datetime.fromisoformat(found[1]).replace(tzinfo=UTC), int(found[2]))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which attempts to list; all of it must fit.

    Attributes
    ----------
    set_id : int or None
        The question set that was sat.
    topic, preset : str
        Empty for any.
    first_day, last_day : date or None
        Days of the reader's zone on which the attempt ended, both included.
    zone : str
        That zone, by its IANA name.
    """

    set_id: int | None = None
    topic: str = ""
    preset: str = ""
    first_day: date | None = None
    last_day: date | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the list to read on: after a line, before one, or at the newest."""

    older_than: Cursor | None = None
    newer_than: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One ended attempt.

    Attributes
    ----------
    score : float or None
        None for an abandoned attempt, and where it is not shown yet.
    score_shown : bool
        Whether the reader may see the score.
    used : timedelta
        Time on its questions, all together.
    regraded : bool
        Whether a score of it, which the reader may see, was changed after its end.
    """

    id: int
    title: str
    preset: str
    state: str
    finished_at: datetime
    score: float | None
    score_shown: bool
    item_count: int
    answered: int
    used: timedelta
    regraded: bool

    @property
    def band(self) -> str:
        """The score in words; empty where there is none."""
        return "" if self.score is None else Band.of(self.score).value


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of lines, newest first, with the places of the pages beside it."""

    lines: tuple[Line, ...]
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: the sets and topics that the reader has sat.

    Attributes
    ----------
    sets : tuple of (int, str, str)
        Number, slug and title, by title.
    """

    sets: tuple[tuple[int, str, str], ...]
    topics: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether no attempt of the reader has ended yet."""
        return not self.topics


def settle_overdue(user_id: int, now: datetime) -> None:
    """Hand in what a clock has ended, so that it is found in the history without a worker."""
    for attempt_id in db.session.scalars(reads.OVERDUE, {"user": user_id, "now": now}).all():
        settle(user_id, attempt_id, now)


def choices(user_id: int) -> Choices:
    """Read what the reader's newest attempts were about."""
    rows = db.session.execute(reads.SAT, {"user": user_id, "most": NEWEST_FOR_CHOICES}).all()
    sets = {(row.set_id, row.slug, row.title) for row in rows if row.set_id is not None}
    return Choices(
        sets=tuple(sorted(sets, key=lambda one: (one[2], one[1]))),
        topics=tuple(sorted({row.topic for row in rows})),
    )


def listing(user_id: int, filters: Filters, spot: Spot, now: datetime) -> Listing:
    """Read one page of the history in one statement."""
    upwards = spot.newer_than is not None
    # One row more than a page tells whether there is another page.
    statement = reads.LINES.where(*_fits(filters), *_beyond(spot)).limit(PAGE + 1)
    order = (Attempt.finished_at, Attempt.id) if upwards else reads.NEWEST_FIRST
    rows = db.session.execute(statement.order_by(*order), {"user": user_id, "now": now}).all()
    lines = [_line(row) for row in rows[:PAGE]]
    if upwards:
        lines.reverse()
    more = len(rows) > PAGE
    return Listing(
        lines=tuple(lines),
        older=_place(lines[-1:]) if more or upwards else "",
        newer=_place(lines[:1]) if (more if upwards else spot.older_than) else "",
    )


def _fits(filters: Filters) -> Iterable[sa.ColumnElement[bool]]:
    zone = ZoneInfo(filters.zone)
    if filters.set_id is not None:
        yield Attempt.set_id == filters.set_id
    if filters.topic:
        yield Attempt.topic == filters.topic
    if filters.preset:
        yield Attempt.preset == filters.preset
    if filters.first_day:
        yield Attempt.finished_at >= days.start_of(filters.first_day, zone)
    if filters.last_day:
        yield Attempt.finished_at < days.end_of(filters.last_day, zone)


def _beyond(spot: Spot) -> Iterable[sa.ColumnElement[bool]]:
    key = sa.tuple_(Attempt.finished_at, Attempt.id)
    if spot.older_than is not None:
        yield key < _key(spot.older_than)
    if spot.newer_than is not None:
        yield key > _key(spot.newer_than)


def _key(cursor: Cursor) -> Any:
    moment = sa.literal(cursor.finished_at, Attempt.finished_at.type)
    return sa.tuple_(moment, sa.literal(cursor.id))


def _line(row: sa.Row[Any]) -> Line:
    return Line(
        id=row.id,
        title=row.title,
        preset=row.preset,
        state=row.state,
        finished_at=row.finished_at,
        score=row.score,
        score_shown=row.score_shown,
        item_count=row.item_count,
        answered=row.answered,
        used=timedelta(seconds=row.seconds or 0.0),
        regraded=row.regraded,
    )


def _place(lines: list[Line]) -> str:
    return str(Cursor(lines[0].finished_at, lines[0].id)) if lines else ""

"""What a person's latest attempts add up to: mastery by topic and tag, and the trend."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa

from interview.grading.records import Band
from interview.store import history as reads
from interview.store.db import db

NEWEST_ATTEMPTS = 200
"""How far back mastery looks, so that its cost does not grow with a history."""

ENOUGH_QUESTIONS = 3
"""Answered questions below which a mean says too little to be drawn."""

ENOUGH_ATTEMPTS = 5
"""Finished attempts below which a line would suggest a trend that is not there."""

TREND_ATTEMPTS = 50
"""Points of the trend line; more could not be told apart on a phone."""


@dataclass(frozen=True, slots=True)
class Result:
    """One finished attempt with its score."""

    id: int
    title: str
    preset: str
    finished_at: datetime
    score: float

    @property
    def band(self) -> str:
        """The score in words."""
        return Band.of(self.score).value


@dataclass(frozen=True, slots=True)
class Mastery:
    """How the questions of one topic or tag went when each was last answered.

    Attributes
    ----------
    questions : int
        How many different questions the mean is of.
    mean : float
        Mean of the latest score of each of them, 0 to 1.
    """

    name: str
    questions: int
    mean: float

    @property
    def is_enough(self) -> bool:
        """Whether the mean says something."""
        return self.questions >= ENOUGH_QUESTIONS

    @property
    def band(self) -> str:
        """The mean in words."""
        return Band.of(self.mean).value


@dataclass(frozen=True, slots=True)
class Progress:
    """What the head of the history shows.

    Attributes
    ----------
    topics, tags : tuple of Mastery
        The weakest first, since that is what to practise; those of too few questions last.
    trend : tuple of Result
        The newest finished attempts, oldest first.
    """

    topics: tuple[Mastery, ...]
    tags: tuple[Mastery, ...]
    trend: tuple[Result, ...]
    reach: ClassVar[int] = NEWEST_ATTEMPTS
    enough: ClassVar[int] = ENOUGH_ATTEMPTS

    @property
    def has_trend(self) -> bool:
        """Whether there are enough attempts to draw a line."""
        return len(self.trend) >= ENOUGH_ATTEMPTS


def recent_results(user_id: int, limit: int, now: datetime) -> tuple[Result, ...]:
    """Read a person's newest finished attempts whose score is shown, newest first."""
    rows: Iterable[Any] = db.session.execute(
        reads.RECENT_RESULTS, {"user": user_id, "most": limit, "now": now}
    )
    return tuple(Result(*row) for row in rows)


def progress(user_id: int, now: datetime) -> Progress:
    """Add up a person's newest ended attempts; two reads, whatever their number."""
    rows = db.session.execute(
        reads.MASTERY, {"user": user_id, "most": NEWEST_ATTEMPTS, "now": now}
    ).all()
    trend = recent_results(user_id, TREND_ATTEMPTS, now)
    return Progress(
        topics=_ordered(rows, "topic"),
        tags=_ordered(rows, "tag"),
        trend=tuple(reversed(trend)),
    )


def _ordered(rows: Iterable[sa.Row[Any]], kind: str) -> tuple[Mastery, ...]:
    found = (Mastery(row.name, row.questions, row.mean) for row in rows if row.kind == kind)
    return tuple(sorted(found, key=lambda one: (not one.is_enough, one.mean, one.name)))

"""The terms of an assignment for one person: when, how long, how often, and what counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from interview.rules.clock import Allowance, stretched
from interview.rules.totals import mean_score

DAY = timedelta(days=1)
MOST_EXTRA = timedelta(hours=24)
"""Time that can be added to one attempt, all together."""


class Counts(StrEnum):
    """Which of several attempts counts."""

    BEST = "best"
    LAST = "last"
    FIRST = "first"
    MEAN = "mean"


class Refusal(StrEnum):
    """Why an attempt cannot be started now."""

    NOT_OPEN = "not open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    NONE_LEFT = "none left"
    TOO_SOON = "too soon"
    WRONG_CODE = "wrong code"
    NO_QUESTIONS = "no questions"


@dataclass(frozen=True, slots=True)
class Terms:
    """An assignment as it is for one person, accommodations included.

    Attributes
    ----------
    opens_at, due_at, closes_at : datetime or None
        As stated for everybody, or as an accommodation says; not stretched yet.
    limit, question_limit : timedelta or None
        As stated for everybody.
    factor : float
        Stretches limits, grace and closing.
    attempts_allowed : int or None
        None for as many as are wanted.
    delay : timedelta
        From the end of one attempt to the start of the next.
    """

    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    limit: timedelta | None
    question_limit: timedelta | None
    factor: float
    attempts_allowed: int | None
    delay: timedelta

    @property
    def allowance(self) -> Allowance:
        """The time for the whole attempt."""
        return Allowance(self.limit, self.factor)

    @property
    def own_limit(self) -> timedelta | None:
        """The limit of the whole attempt, stretched."""
        return None if self.limit is None else self.limit * self.factor

    @property
    def own_question_limit(self) -> timedelta | None:
        """The limit of each question, stretched."""
        return None if self.question_limit is None else self.question_limit * self.factor

    @property
    def own_due(self) -> datetime | None:
        """Until when an attempt is in time; stretched like the closing."""
        return stretched(self.due_at, self.allowance)

    @property
    def own_close(self) -> datetime | None:
        """When an attempt of this person ends at the latest."""
        return stretched(self.closes_at, self.allowance)

    def deadline(self, start: datetime) -> datetime | None:
        """When an attempt that starts then would end; none where nothing ends it."""
        return self.allowance.deadline(start, self.closes_at)

    def is_cut(self, start: datetime) -> bool:
        """Whether an attempt that starts then would not have its full time."""
        own, end = self.own_limit, self.deadline(start)
        return own is not None and end is not None and end < start + own


@dataclass(frozen=True, slots=True)
class Taken:
    """What a person has done of an assignment so far.

    Attributes
    ----------
    attempts : int
        How many were started.
    last_ended : datetime or None
        When the newest one ended.
    """

    attempts: int
    last_ended: datetime | None


def refusal(terms: Terms, taken: Taken, now: datetime) -> Refusal | None:
    """Say why a person cannot start now; None where they can."""
    close = terms.own_close
    if now < terms.opens_at:
        return Refusal.NOT_OPEN
    if close is not None and now >= close:
        return Refusal.CLOSED
    if terms.attempts_allowed is not None and taken.attempts >= terms.attempts_allowed:
        return Refusal.NONE_LEFT
    if taken.last_ended is not None and now < taken.last_ended + terms.delay:
        return Refusal.TOO_SOON
    return None


@dataclass(frozen=True, slots=True)
class Result:
    """One finished attempt, as it is counted.

    Attributes
    ----------
    score : float
        0 to 1, before anything is taken off.
    late_days : int
        Days begun after the due date.
    """

    attempt_id: int
    score: float
    late_days: int
    late_percent: int

    @property
    def counted(self) -> float:
        """The score with what lateness takes off."""
        return self.score * max(0.0, 1 - self.late_percent / 100 * self.late_days)


def late_days(ended: datetime, due: datetime | None) -> int:
    """How many days were begun between the due date and the end of an attempt."""
    if due is None or ended <= due:
        return 0
    return ceil((ended - due) / DAY)


def counted(results: Sequence[Result], counts: Counts) -> tuple[Result, float] | None:
    """Find the attempt that counts, and the score that it gives.

    Parameters
    ----------
    results : sequence of Result
        Finished attempts in the order in which they were started.

    Returns
    -------
    tuple of Result and float, or None
        With the mean, the newest attempt stands for all of them. None without results.
    """
    if not results:
        return None
    if counts is Counts.MEAN:
        return results[-1], mean_score([result.counted for result in results])
    if counts is Counts.BEST:
        best = max(results, key=lambda result: result.counted)
        return best, best.counted
    chosen = results[0] if counts is Counts.FIRST else results[-1]
    return chosen, chosen.counted


def last_close(closes: Sequence[datetime | None]) -> datetime | None:
    """When the last of several people can no longer sit; none where one of them always can."""
    if not closes or any(close is None for close in closes):
        return None
    return max(close for close in closes if close is not None)

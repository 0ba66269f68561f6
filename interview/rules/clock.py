"""Deadlines and grace: who may still write, and when the server hands in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

GRACE = timedelta(seconds=5)
"""How long a late request still counts: the journey of a request over a poor network."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """The time that one person gets.

    Attributes
    ----------
    limit : timedelta or None
        The limit as stated, for everybody; none where there is no limit.
    factor : float
        The person's accommodation: 1.5 means half as much again.
    added : timedelta
        Minutes added while the attempt runs.
    """

    limit: timedelta | None
    factor: float = 1.0
    added: timedelta = timedelta(0)

    @property
    def grace(self) -> timedelta:
        """The network grace, stretched like the limit."""
        return GRACE * self.factor

    def deadline(self, start: datetime, close: datetime | None = None) -> datetime | None:
        """Find the personal deadline.

        Parameters
        ----------
        start : datetime
            When the clock started; aware.
        close : datetime, optional
            When the attempt closes for everybody.

        Returns
        -------
        datetime or None
            ``min(start + limit·factor + added, close + (factor − 1)·limit + added)``; the
            closing time and what was added where there is no limit, and none where there is
            neither.
        """
        if self.limit is None:
            return stretched(close, self)
        own = start + self.limit * self.factor + self.added
        return earliest(own, stretched(close, self))


def stretched(close: datetime | None, allowance: Allowance) -> datetime | None:
    """A closing time for one person: ``close + (factor − 1)·limit + added``.

    Without a limit the factor stretches nothing; what was added counts all the same.
    """
    if close is None:
        return None
    limit = allowance.limit or timedelta(0)
    return close + limit * (allowance.factor - 1) + allowance.added


def earliest(*deadlines: datetime | None) -> datetime | None:
    """The first of several deadlines; none where none of them is set."""
    return min((moment for moment in deadlines if moment is not None), default=None)


def is_over(now: datetime, deadline: datetime | None, grace: timedelta) -> bool:
    """Whether nothing is accepted any more: the deadline and its grace have passed."""
    return deadline is not None and now > deadline + grace


def shifted(deadline: datetime | None, pause: timedelta) -> datetime | None:
    """The deadline after a pause of some length."""
    return None if deadline is None else deadline + pause


def length_of(seconds: int | None) -> timedelta | None:
    """A limit as it is kept, in seconds, as a length of time; none for no limit."""
    return None if seconds is None else timedelta(seconds=seconds)


def seconds_of(length: timedelta | None) -> int | None:
    """A limit as it is kept: in whole seconds; none for no limit."""
    return None if length is None else round(length.total_seconds())

"""What a job is to the worker that has it, and how patient workers are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Clock = Callable[[], datetime]

STALE = timedelta(minutes=1)
"""A job whose worker has not been heard of for so long is taken over by another."""

MOST_TRIES = 5
"""A job that was begun so often without getting further is given up."""

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 900))
"""How long a job waits after its first, second … try that failed."""

BUSY_PAUSE = timedelta(seconds=15)
"""How long a job waits when the database could not take its work."""

BEAT_SECONDS = 1.0
"""A worker says no more often that it is at work."""

ERROR_LIMIT = 300
"""Characters of what went wrong that are kept."""


class Lost(Exception):
    """The job was cancelled, or taken over, while it was worked on: stop, write nothing."""


class GivenUp(Exception):
    """What it was raised from would happen again: the job is given up without another try."""


@dataclass(frozen=True, slots=True)
class Job:
    """A job that this worker has.

    Attributes
    ----------
    subject_id : int
        The row that it is about.
    tries : int
        How often it was begun without getting further, this time included.
    taken_at : datetime
        When this worker took it. Its row says the same as long as nobody else took it since:
        another does so only once it is stale, so no two ever take it at the same moment.
    """

    id: int
    kind: str
    subject_id: int
    owner_id: int | None
    tries: int
    taken_at: datetime

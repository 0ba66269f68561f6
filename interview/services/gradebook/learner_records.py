"""One learner's record in a class, as its page shows it, frozen."""

from dataclasses import dataclass
from datetime import datetime

from interview.services.classes.access import Place
from interview.services.gradebook.records import State


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """One attempt.

    Attributes
    ----------
    score : float or None
        None before it is finished, and where the reader may not see it yet.
    hidden : bool
        Whether there is a score that the reader may not see yet.
    counts : bool
        Whether the assignment's score comes of it.
    """

    id: int
    number: int
    state: str
    started_at: datetime
    finished_at: datetime | None
    finish_reason: str
    score: float | None
    hidden: bool
    late_days: int
    needs_review: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Accommodation:
    """A learner's own terms; what is empty is as for everybody.

    Attributes
    ----------
    reason : str
        For those who teach the class alone.
    """

    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    time_factor: float | None
    extra_attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment as it stands for the learner.

    Attributes
    ----------
    due_at, closes_at : datetime or None
        The learner's own, accommodations included.
    factor : float
        What limits are stretched by.
    left_out : int
        Attempts that are not listed.
    """

    id: int
    title: str
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    factor: float
    withdrawn: bool
    counts: str
    state: State
    score: float | None
    hidden: bool
    accommodation: Accommodation | None
    attempts: tuple[AttemptLine, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Record:
    """A page of a learner's record, newest assignment first.

    Attributes
    ----------
    place : Place
        The class, as the reader stands in it.
    is_own : bool
        Whether the reader learns here and reads about themselves.
    mean : float or None
        For staff alone: it may hold scores that the learner does not see yet.
    factor : float
        The learner's factor in the class.
    """

    place: Place
    user_id: int
    name: str
    email: str
    group: str
    group_id: int | None
    is_member: bool
    is_own: bool
    mean: float | None
    finished: int
    factor: float
    lines: tuple[AssignmentLine, ...] = ()
    older: str = ""
    newer: str = ""

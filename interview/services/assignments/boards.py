"""What the live view of an assignment shows, frozen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENCE = timedelta(seconds=30)
"""Without a sign for longer, a page counts as gone; it reports every ten seconds."""


class Standing(StrEnum):
    """How far a learner is."""

    NOT_STARTED = "not started"
    WORKING = "working"
    HANDED_IN = "handed in"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Line:
    """One learner.

    Attributes
    ----------
    attempt_id : int or None
        The open attempt, else the newest; none before the first.
    position, count : int
        The question that the attempt stands at, and of how many.
    left, question_left : timedelta or None
        Time left of the whole attempt and of the question on screen; none where it is not
        limited. Nothing is left below zero.
    time_is_up : bool
        Whether the time and its grace are over and the server is about to hand in.
    silence : timedelta or None
        Since when the page was not heard from; none when it never was.
    """

    user_id: int
    name: str
    group: str
    standing: Standing
    attempt_id: int | None
    position: int
    count: int
    handed_in: int
    left: timedelta | None
    question_left: timedelta | None
    time_is_up: bool
    saved_at: datetime | None
    silence: timedelta | None
    ended_at: datetime | None
    end_reason: str

    @property
    def is_gone(self) -> bool:
        """Whether a page that was heard from has fallen silent."""
        return self.silence is not None and self.silence > SILENCE


@dataclass(frozen=True, slots=True)
class Board:
    """The live view of an assignment.

    Attributes
    ----------
    not_started, running, ended : int
        Learners, over all pages of the list.
    groups : tuple of (int, str)
        Of the class, to choose from.
    group : (int, str) or None
        The one chosen.
    following : str
        Where the next page goes on; empty on the last one.
    """

    assignment_id: int
    title: str
    class_id: int
    class_title: str
    is_archived: bool
    may_teach: bool
    as_of: datetime
    not_started: int
    running: int
    ended: int
    groups: tuple[tuple[int, str], ...]
    group: tuple[int, str] | None
    lines: tuple[Line, ...]
    following: str


@dataclass(frozen=True, slots=True)
class Sitter:
    """One learner with an attempt, to whom time may be given.

    Attributes
    ----------
    added : timedelta
        What was added so far.
    """

    attempt_id: int
    name: str
    is_working: bool
    added: timedelta

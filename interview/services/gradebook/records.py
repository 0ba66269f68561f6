"""What the gradebook shows, frozen, and what may be asked of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.rules.access import Power
from interview.services.classes.access import Place
from interview.services.cursors import Cursor
from interview.services.history import Cursor as Moment


class What(StrEnum):
    """What learners can be picked out by."""

    REVIEW = "review"
    LATE = "late"
    WAITING = "waiting"
    OPEN = "open"


class State(StrEnum):
    """Where a learner stands with an assignment."""

    NOT_ASSIGNED = "not assigned"
    NOT_OPEN = "not open yet"
    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    FINISHED = "finished"
    NO_SCORE = "no score"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which learners to list; all of it must fit.

    Attributes
    ----------
    name : str
        Part of the name, as typed.
    what : What or None
        In any assignment, or in `only`.
    only : int or None
        The one assignment to show.
    """

    group_id: int | None = None
    name: str = ""
    what: What | None = None
    only: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """By what the learners are listed.

    Attributes
    ----------
    by : str or int
        ``name``, ``mean``, or the score in the assignment of this number.
    """

    by: str | int = "name"
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the book to read on; nothing for its upper left corner.

    Attributes
    ----------
    after, before : paging.Cursor or None
        Learners.
    older, newer : history.Cursor or None
        Assignments.
    """

    after: Cursor | None = None
    before: Cursor | None = None
    older: Moment | None = None
    newer: Moment | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How much of the book is on a page."""

    rows: int = 50
    columns: int = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of the book, as it is asked for."""

    filters: Filters = Filters()
    order: Order = Order()
    spot: Spot = Spot()
    size: Size = Size()


@dataclass(frozen=True, slots=True)
class Column:
    """One assignment.

    Attributes
    ----------
    narrowed : bool
        Whether it is for some of the class alone.
    """

    id: int
    title: str
    opens_at: datetime
    due_at: datetime | None
    withdrawn: bool
    narrowed: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """What one learner has made of one assignment."""

    state: State
    score: float | None = None
    attempts: int = 0
    is_open: bool = False
    attempt_id: int | None = None
    late_days: int = 0
    needs_review: int = 0
    overridden: bool = False

    @property
    def step(self) -> int:
        """Which quarter of the scale the score is in, from 1; 0 without a score."""
        return step_of(self.score)

    @property
    def standing(self) -> str:
        """The state in words, another attempt that is being sat included."""
        if self.is_open and self.state is not State.IN_PROGRESS:
            return f"{self.state.value}, {State.IN_PROGRESS.value}"
        return self.state.value


@dataclass(frozen=True, slots=True)
class Row:
    """One learner.

    Attributes
    ----------
    mean : float or None
        Of all assignments of the class that were finished, whatever is shown.
    """

    user_id: int
    name: str
    email: str
    group: str
    mean: float | None
    finished: int
    cells: tuple[Cell, ...]

    @property
    def step(self) -> int:
        """Which quarter of the scale the mean is in, from 1; 0 without a mean."""
        return step_of(self.mean)


@dataclass(frozen=True, slots=True)
class Book:
    """A page of the gradebook; places beside it are empty where there is nothing.

    Attributes
    ----------
    place : Place
        The class, as the reader stands in it.
    """

    place: Place
    groups: tuple[tuple[int, str], ...]
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    before: str = ""
    after: str = ""
    older: str = ""
    newer: str = ""
    only: Column | None = None

    @property
    def class_id(self) -> int:
        """The class."""
        return self.place.class_id

    @property
    def title(self) -> str:
        """The class's."""
        return self.place.title

    @property
    def teaches(self) -> bool:
        """Whether the reader teaches the class."""
        return self.place.may(Power.TEACH)


def step_of(score: float | None) -> int:
    """Which quarter of the scale a score is in, from 1; 0 without one."""
    return 0 if score is None else min(4, int(score * 4) + 1)

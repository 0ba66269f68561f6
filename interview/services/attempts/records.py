"""What a page about an open attempt shows, frozen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.rules.attempt import ItemState


@dataclass(frozen=True, slots=True)
class Dot:
    """One question in the row of dots."""

    position: int
    state: ItemState
    flagged: bool
    current: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class ClockFace:
    """A clock on the page.

    Attributes
    ----------
    name : str
        ``attempt`` or ``question``.
    length : timedelta
        The whole time that it measures, from which the last fifth is told.
    grace : timedelta
        How long after the deadline the page waits before it goes on.
    """

    name: str
    deadline: datetime
    length: timedelta
    grace: timedelta


@dataclass(frozen=True, slots=True)
class QuestionScreen:
    """One question, ready to be answered.

    Attributes
    ----------
    base : int
        Revision of the draft that the page starts from; 0 where there is none.
    writer : str
        Name of this open page; it tells a retry from another tab.
    """

    attempt_id: int
    title: str
    position: int
    count: int
    prompt: str
    target: timedelta
    text: str
    base: int
    writer: str
    saved_at: datetime | None
    flagged: bool
    dots: tuple[Dot, ...]
    clocks: tuple[ClockFace, ...]
    feedback_each: bool
    pausable: bool
    returnable: bool
    can_reveal: bool
    assigned: bool

    @property
    def unsubmitted_elsewhere(self) -> int:
        """How many other questions still wait for an answer."""
        return sum(not dot.state.is_closed and not dot.current for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Showing:
    """The question to put on screen."""

    screen: QuestionScreen
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Graded:
    """The answer was graded and its feedback may be shown at once."""

    attempt_id: int
    position: int


@dataclass(frozen=True, slots=True)
class ToOverview:
    """Every question was seen; some wait for an answer."""

    attempt_id: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The attempt is over; its results can be read.

    Attributes
    ----------
    late_text : str
        What arrived after the clock had run out: not graded, given back to the learner.
    """

    attempt_id: int
    late_text: str = ""


@dataclass(frozen=True, slots=True)
class TimeUp:
    """The clock of one question ran out; the attempt goes on.

    Attributes
    ----------
    following : int
        The question that comes next; its clock starts when it is opened.
    submitted : str
        The draft that was handed in; empty when there was none.
    saved_at : datetime or None
        When that draft had been saved.
    """

    attempt_id: int
    position: int
    following: int
    submitted: str
    saved_at: datetime | None
    late_text: str


@dataclass(frozen=True, slots=True)
class Paused:
    """The attempt is paused; its questions are hidden and its clocks stand still.

    Attributes
    ----------
    typed : str
        What arrived during the pause: not saved, given back to the learner.
    """

    attempt_id: int
    title: str
    paused_at: datetime
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another page saved a newer text; the learner chooses, nothing is dropped."""

    screen: QuestionScreen
    typed: str


@dataclass(frozen=True, slots=True)
class AlreadyClosed:
    """The question was handed in before, with another text; the first result stands."""

    attempt_id: int
    position: int
    typed: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The answer cannot be taken as it is; the page shows why, and the text.

    Attributes
    ----------
    reason : str
        ``empty`` asks for a confirmation; ``long`` names the limit.
    """

    screen: QuestionScreen
    typed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft is safe."""

    revision: int
    saved_at: datetime
    replaced: int


class NotFound(Exception):
    """There is no such thing, or it is somebody else's: nobody can tell which."""


class NotShownYet(Exception):
    """A question was answered before it was shown."""


Outcome = (
    Showing | Graded | ToOverview | Ended | TimeUp | Paused | Conflict | AlreadyClosed | Refused
)

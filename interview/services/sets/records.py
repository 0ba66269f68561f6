"""What the pages about question sets show, frozen; and how a change can fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.rules.attempt import MAX_QUESTIONS

MOST_QUESTIONS = MAX_QUESTIONS
TITLE_LIMIT = 120
DESCRIPTION_LIMIT = 5_000
MOST_POINTS = 100
LONGEST_MINUTES = 60


class Stale(Exception):
    """Somebody changed the set since the page was opened; nothing was written."""


class Archived(Exception):
    """The set is archived: it can be read and copied, and not be changed."""


class Refused(Exception):
    """The change cannot be made; the message says why, in the instructor's words."""


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set in the list.

    Attributes
    ----------
    newest : int or None
        Number of the newest version; none before the first.
    assignments : int
        How many take one of its versions.
    """

    id: int
    title: str
    question_count: int
    points: float
    newest: int | None
    assignments: int
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class SetList:
    """A page of sets, the last changed first, and where the next one begins."""

    lines: tuple[SetLine, ...]
    next_after: str = ""


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """A key point as an instructor reads it."""

    text: str
    weight: float
    required: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A version of a question, with what it is graded by.

    Attributes
    ----------
    target : timedelta
        What a prepared candidate needs.
    retired : bool
        Whether nobody is to be asked it any more, but where it was chosen before.
    misconceptions : tuple of (str, str)
        Each with what puts it right.
    """

    question_id: int
    version_id: int
    prompt: str
    topic: str
    difficulty: str
    tags: tuple[str, ...]
    target: timedelta
    retired: bool
    references: tuple[str, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    misconceptions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Newer:
    """The current version of a question of which an earlier one was chosen."""

    version_id: int
    prompt: str
    prompt_changed: bool
    rubric_changed: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """What there is to draw from for one slot.

    Attributes
    ----------
    found : int
        Questions that fit and are not fixed in another place.
    is_all : bool
        Whether there are no more; else counting stopped there.
    left : int
        How many of them are sure to be left once the places before it have drawn theirs.
    mean_seconds : float
        What a prepared candidate needs for one of them; 0 where there is none.
    """

    found: int
    is_all: bool
    left: int
    mean_seconds: float


@dataclass(frozen=True, slots=True)
class SlotCard:
    """One place of a set.

    Attributes
    ----------
    first, last : int
        Which questions of an attempt it makes, counted from 1.
    question : Question or None
        What a fixed slot asks; a random slot has a supply in its stead.
    """

    id: int
    first: int
    last: int
    topic: str
    tag: str
    difficulty: str
    count: int
    points: float
    seconds: int | None
    question: Question | None = None
    newer: Newer | None = None
    supply: Supply | None = None

    @property
    def minutes(self) -> int | None:
        """Its own limit per question, as it was entered."""
        return self.seconds and self.seconds // 60

    @property
    def is_short(self) -> bool:
        """Whether an attempt may get fewer questions than asked."""
        return self.supply is not None and self.supply.left < self.count

    @property
    def expected(self) -> timedelta:
        """What a prepared candidate needs for all its questions."""
        if self.question:
            return self.question.target
        return timedelta(seconds=self.count * (self.supply.mean_seconds if self.supply else 0))


@dataclass(frozen=True, slots=True)
class Published:
    """The newest version of a set, beside what the set is now.

    Attributes
    ----------
    unchanged : bool
        Whether its slots are those of the set.
    grown : bool
        Whether it draws questions, and the bank has got versions since that it cannot draw.
    """

    number: int
    title: str
    created_at: datetime
    unchanged: bool
    grown: bool


@dataclass(frozen=True, slots=True)
class Editor:
    """A set as it is edited."""

    id: int
    title: str
    description: str
    revision: int
    updated_at: datetime
    archived_at: datetime | None
    slots: tuple[SlotCard, ...]
    published: Published | None

    @property
    def question_count(self) -> int:
        """How many questions an attempt has."""
        return sum(slot.count for slot in self.slots)

    @property
    def points(self) -> float:
        """What all of them are worth."""
        return sum(slot.count * slot.points for slot in self.slots)

    @property
    def expected(self) -> timedelta:
        """What a prepared candidate needs for all of them."""
        return sum((slot.expected for slot in self.slots), timedelta())

    @property
    def room(self) -> int:
        """How many more questions it may have."""
        return MOST_QUESTIONS - self.question_count

    @property
    def places(self) -> dict[int, int]:
        """For each question that is fixed, which one of the set it is."""
        return {slot.question.question_id: slot.first for slot in self.slots if slot.question}


@dataclass(frozen=True, slots=True)
class VersionScreen:
    """What was published, as it was."""

    set_id: int
    set_title: str
    number: int
    newest: int
    title: str
    created_at: datetime
    slots: tuple[SlotCard, ...]
    question_count: int
    points: float
    expected: timedelta

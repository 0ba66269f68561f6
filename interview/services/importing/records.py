"""What an import is asked for and what its pages show, frozen; and how it can fail."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from interview.formats.imported import FORMATS, LARGEST_BYTES, MOST_QUESTIONS

__all__ = ["FORMATS", "LARGEST_BYTES", "MOST_QUESTIONS"]

LARGEST_MB = LARGEST_BYTES // 1_000_000
TOPIC_LIMIT = 100
TAG_LIMIT = 40
MOST_TAGS = 10
TITLE_LIMIT = 120
MOST_UNFINISHED = 10
"""Imports that one person may have under way: each keeps its file until then."""

WORKING = ("waiting", "reading", "accepted", "writing")
"""States that the worker takes an import out of."""

OUTCOMES = ("ready", "draft", "duplicate", "error")

PATIENCE = timedelta(seconds=30)
"""How long nothing may happen before the page says that the worker may not be running."""

Tell = Callable[[int, int], None]
"""Takes how many questions are through, and how many there are."""


class TooLarge(Exception):
    """The file is larger than any that is read; the message says how large it may be."""


class NothingSent(Exception):
    """There is neither a file nor text."""


class TooMany(Exception):
    """The person has too many imports that are not finished."""


class NotNow(Exception):
    """The import is not in the state that this needs, perhaps since another tab was used."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen for all questions of a file.

    Attributes
    ----------
    format : str
        One of `FORMATS`; empty to have it found out.
    topic : str
        Of the questions that the file gives none; empty for the title of the file.
    tags : tuple of str
        Of the questions that the file gives none.
    set_title : str
        Title of a set that the questions are put into; empty for none.
    copies : bool
        Whether questions that are in the bank already are made once more.
    """

    format: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()
    set_title: str = ""
    copies: bool = False

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """Read them from what is stored."""
        return cls(**{**settings, "tags": tuple(settings.get("tags", ()))})

    def stored(self) -> dict[str, Any]:
        """The same as JSON-safe data."""
        return {**asdict(self), "tags": list(self.tags)}


@dataclass(frozen=True, slots=True)
class Told:
    """A notice on a page; `kind` is ``error`` or ``warning``, `line` is 0 for the whole file."""

    kind: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One question of the file.

    Attributes
    ----------
    answer : str
        How its first answer begins; empty where it has none.
    key_points, derived, misconceptions, samples : int
        How many it has; `derived` of the key points were taken from the answer.
    question_id : int or None
        What was made of it, or the same question that is in the bank already.
    """

    position: int
    line: int
    prompt: str
    outcome: str
    answer: str
    key_points: int
    derived: int
    misconceptions: int
    samples: int
    notices: tuple[Told, ...]
    question_id: int | None


@dataclass(frozen=True, slots=True)
class ImportScreen:
    """An import as its page shows it.

    Attributes
    ----------
    state : str
        See `store.imports.Import`.
    counts : mapping of str to int
        Questions by outcome.
    warnings : int
        How many notices there are that keep nothing from being imported.
    problems : tuple of Told
        About the file as a whole.
    sets : tuple of str
        Titles of the sets that come with it.
    made_sets : tuple of (int, str)
        Sets that were made, once it is done.
    is_stuck : bool
        Whether nothing has happened for longer than `PATIENCE`.
    may_retry : bool
        Whether reading it once more could help.
    items : tuple of ItemLine
        A page of its questions.
    next_after : int or None
        Where the next page begins.
    """

    id: int
    name: str
    choices: Choices
    state: str
    format: str
    progress: int
    total: int
    created_at: datetime
    finished_at: datetime | None
    counts: Mapping[str, int]
    warnings: int
    problems: tuple[Told, ...]
    sets: tuple[str, ...]
    made_sets: tuple[tuple[int, str], ...]
    is_stuck: bool
    may_retry: bool
    items: tuple[ItemLine, ...] = ()
    next_after: int | None = None

    @property
    def is_working(self) -> bool:
        """Whether the worker still has to do something."""
        return self.state in WORKING

    @property
    def made(self) -> int:
        """How many questions are made, those that are left out not counted."""
        return self.counts["ready"] + self.counts["draft"]

    @property
    def may_import(self) -> bool:
        """Whether there is anything to import, and no error."""
        return self.state == "read" and not self.counts["error"] and not self.has_errors

    @property
    def has_errors(self) -> bool:
        """Whether something is wrong with the file as a whole."""
        return any(one.kind == "error" for one in self.problems)


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One import in the list of a person's imports."""

    id: int
    name: str
    state: str
    format: str
    counts: Mapping[str, int]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ImportList:
    """A page of imports, the newest first, and where the next page begins."""

    lines: tuple[ImportLine, ...]
    next_after: int | None = None

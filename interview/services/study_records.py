"""What the study pages show, frozen."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SetCard:
    """A set in the list.

    Attributes
    ----------
    mix : tuple of (str, int)
        How many questions it has of each difficulty; those that it has none of are left out.
    study : str
        ``open``, ``after_attempt`` or ``closed``.
    readable : bool
        Whether the viewer may read its article now.
    """

    slug: str
    title: str
    description: str
    updated: date
    mix: tuple[tuple[str, int], ...]
    study: str
    readable: bool

    @property
    def question_count(self) -> int:
        """How many questions can be asked."""
        return sum(count for _, count in self.mix)


@dataclass(frozen=True, slots=True)
class SetPage:
    """A page of sets; `next_after` leads to the next one and is None on the last."""

    sets: tuple[SetCard, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of an article.

    Attributes
    ----------
    number : int
        Its place in the set, from 1, also where a search shows only some.
    answer : str
        The first reference, Markdown.
    misconceptions : tuple of (str, str)
        What is often believed, and what puts it right.
    """

    is_hidden: ClassVar[bool] = False

    number: int
    slug: str
    prompt: str
    difficulty: str
    tags: tuple[str, ...]
    answer: str
    key_points: tuple[str, ...]
    misconceptions: tuple[tuple[str, str], ...]
    sources: tuple[dict[str, str], ...]
    valid_for: dict[str, str] | None
    last_verified: date | None


@dataclass(frozen=True, slots=True)
class HiddenEntry:
    """A question that is kept from the reader for now; nothing of it is said.

    Attributes
    ----------
    attempt_id : int or None
        The open attempt that asks it; none where an assignment does not show its answer yet.
    """

    is_hidden: ClassVar[bool] = True

    number: int
    attempt_id: int | None


@dataclass(frozen=True, slots=True)
class Article:
    """The reading article of a set.

    Attributes
    ----------
    query : str
        What was searched for; empty where everything is shown.
    question_count : int
        How many questions the whole article has.
    hidden_count : int
        How many of them are hidden; a search leaves them out.
    """

    slug: str
    title: str
    description: str
    updated: date
    query: str
    entries: tuple[Entry | HiddenEntry, ...]
    question_count: int
    hidden_count: int


@dataclass(frozen=True, slots=True)
class Result:
    """A question that was found, and where it can be read."""

    slug: str
    prompt: str
    difficulty: str
    tags: tuple[str, ...]
    set_slug: str
    set_title: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A page of results.

    Attributes
    ----------
    next_after : int or None
        Where the next page begins; None where everything was looked through.
    something_hidden : bool
        Whether questions were left out because the reader is being examined on them:
        always told, so that it says nothing about what was searched for.
    """

    query: str
    results: tuple[Result, ...]
    next_after: int | None
    something_hidden: bool


class Closed(Exception):
    """The article may not be read by this reader now.

    Attributes
    ----------
    card : SetCard
        The set, without its questions.
    """

    def __init__(self, card: SetCard) -> None:
        super().__init__("the article is closed")
        self.card = card

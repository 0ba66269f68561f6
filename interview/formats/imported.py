"""What is found in a file of any format, before it is known whether it can be imported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

FORMATS = {
    "native": "Mock Interview (YAML or JSON)",
    "article": "Article or plain text, Markdown or HTML",
    "csv": "CSV table",
    "gift": "GIFT",
    "moodle": "Moodle XML",
}
"""Every format that can be read, in words."""

LARGEST_BYTES = 5_000_000
MOST_QUESTIONS = 10_000


class Unreadable(Exception):
    """A file that holds nothing that could be imported; its words are for whoever sent it.

    Attributes
    ----------
    line : int
        Where reading stopped, from 1; 0 where the whole file is the problem.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be said about one place of a file.

    Attributes
    ----------
    kind : str
        An ``error`` keeps the file from being imported, a ``warning`` does not.
    line : int
        From 1; 0 for the whole file.
    """

    kind: Literal["error", "warning"]
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """One question of a file.

    Attributes
    ----------
    line : int
        Where it begins, from 1.
    fields : mapping
        What the file says of it, named and built as `native.QuestionRecord` has it: at least
        ``prompt`` and ``references`` (perhaps empty). What the file does not say is absent.
    notices : tuple of Notice
        Damage, and what the format or this program cannot carry.
    lines : mapping of tuple to int
        Where some of the fields stand, by their path as in `positions.Field`.
    """

    line: int
    fields: Mapping[str, Any]
    notices: tuple[Notice, ...] = ()
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file holds.

    Attributes
    ----------
    format : str
        One of `FORMATS`.
    title : str
        What the file calls itself; empty where it does not.
    notices : tuple of Notice
        About no single question.
    authored_sets : tuple of mapping
        As `native.AuthoredSetRecord` has them; only some formats carry any.
    """

    format: str
    title: str
    questions: tuple[Found, ...]
    notices: tuple[Notice, ...] = ()
    authored_sets: tuple[Mapping[str, Any], ...] = ()

"""What is written to a file: questions, and the sets that ask them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interview.store.types import AnyRow as Row

NO_TOPIC = "General"


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be written.

    Attributes
    ----------
    name : str
        For the file, without its ending.
    title : str
        What it is called on a page.
    document : mapping
        A native file as plain data.
    left_out : tuple of str
        What of it cannot be written in any format, in sentences.
    drawn : int
        How many of the questions are there only because random slots draw from them.
    """

    name: str
    title: str
    document: Mapping[str, Any]
    left_out: tuple[str, ...] = ()
    drawn: int = 0

    @property
    def count(self) -> int:
        """How many questions are written."""
        return len(self.document["questions"])


def in_order(rows: Sequence[Row], questions: Mapping[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Put what was written of questions into the order of their rows."""
    return [questions[row.id] for row in rows if row.id in questions]


def unwritten(count: int) -> tuple[str, ...]:
    """Say that some drafts are left out."""
    if not count:
        return ()
    return (f"{count} {'draft' if count == 1 else 'drafts'} without a question to ask.",)


def document(questions: list[dict[str, Any]], **sets: list[dict[str, Any]]) -> dict[str, Any]:
    """Put questions and sets together, under the topic that most of them have."""
    named = Counter(one["topic"] for one in questions if one["topic"]).most_common(1)
    return {
        "format": "mock-interview-bank",
        "version": 1,
        "topic": named[0][0] if named else NO_TOPIC,
        "questions": questions,
        **{name: value for name, value in sets.items() if value},
    }

"""How much of a file is looked at: more than anybody means, less than a machine can bear."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from interview.formats.imported import MOST_QUESTIONS, Unreadable

T = TypeVar("T")

MOST_ENTRIES = 300
"""Of one list or one record: more than any field of the native format can have."""

_DEPTH = 4


def counted(questions: Iterable[T]) -> Iterator[T]:
    """Give questions one by one.

    Raises
    ------
    Unreadable
        When there are more than a file can have.
    """
    for count, question in enumerate(questions, start=1):
        if count > MOST_QUESTIONS:
            raise Unreadable(
                f"A file can have {MOST_QUESTIONS:,} questions; this one has more. "
                "Send it in parts."
            )
        yield question


def cut(value: Any, depth: int = _DEPTH) -> Any:
    """Cut lists and records that are too long, so that few problems are told of each."""
    if depth and isinstance(value, list):
        return [cut(item, depth - 1) for item in value[:MOST_ENTRIES]]
    if depth and isinstance(value, dict):
        some = islice(value.items(), MOST_ENTRIES)
        return {name: cut(item, depth - 1) for name, item in some}
    return value

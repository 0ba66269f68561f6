"""Names that are given twice where each must be the only one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from interview.formats.imported import Found, Notice
from interview.formats.limits import MOST_ENTRIES
from interview.formats.positions import Field


def with_repeats(questions: Iterable[Found]) -> tuple[Found, ...]:
    """Note on each question which names it is not the first to use, with the lines of both.

    Parameters
    ----------
    questions : iterable of Found
        All of one file.
    """
    slugs: dict[str, int] = {}
    return tuple(_noted(question, slugs) for question in questions)


def _noted(question: Found, slugs: dict[str, int]) -> Found:
    notices = [*_again(question, [(("slug",), question.fields.get("slug"))], slugs)]
    for part in ("key_points", "misconceptions"):
        notices += _again(question, _ids(question.fields, part), {})
    tags = _items(question.fields, "tags")
    notices += _again(question, ((("tags", index), tag) for index, tag in enumerate(tags)), {})
    return replace(question, notices=(*question.notices, *notices)) if notices else question


def _items(fields: Any, part: str) -> list[Any]:
    items = fields.get(part)
    return items[:MOST_ENTRIES] if isinstance(items, list) else []


def _ids(fields: Any, part: str) -> Iterator[tuple[Field, Any]]:
    for index, item in enumerate(_items(fields, part)):
        yield (part, index, "id"), item.get("id") if isinstance(item, dict) else None


def _again(
    question: Found, names: Iterable[tuple[Field, Any]], first: dict[str, int]
) -> Iterator[Notice]:
    for field, name in names:
        if not isinstance(name, str):
            continue
        line = line_of(question, field)
        if name in first:
            yield Notice("error", line, f"“{name}” is used twice, first on line {first[name]}")
        else:
            first[name] = line


def line_of(question: Found, field: Field) -> int:
    """Find the line of a field, or of what is around it where the file does not tell."""
    while field and field not in question.lines:
        field = field[:-1]
    return question.lines.get(field, question.line)

"""Pages of learners by key, in an order that may have two parts.

A database does not order what is missing alike everywhere, and an index on a score is of no
use for those without one. So whoever has a value comes first, in the order of the values, and
whoever has none comes after them, by name.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.services.cursors import Cursor
from interview.store.db import db
from interview.store.types import AnyRow


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an order.

    Attributes
    ----------
    statement : Select
        Its learners.
    key : tuple of two columns
        What they are ordered by: a value, then the learner's number.
    """

    statement: sa.Select[Any]
    key: tuple[Any, ...]
    descending: bool
    numeric: bool


class OtherOrder(ValueError):
    """A place of one order was looked for in another."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some rows that follow each other, each with its place."""

    rows: tuple[AnyRow, ...]
    places: tuple[str, ...]
    more: bool


def read(
    parts: Sequence[Part],
    named: dict[str, Any],
    start: Cursor | None,
    *,
    most: int,
    backwards: bool = False,
) -> Stretch:
    """Read rows from a place on, each part in a statement of its own.

    Parameters
    ----------
    named : dict
        What the statements' own parameters stand for.
    most : int
        How many rows at most.
    backwards : bool
        Whether to read what comes before the place; the rows come in the usual order all
        the same.

    Raises
    ------
    OtherOrder
        When the place belongs to another order.
    """
    first = (len(parts) - 1 if backwards else 0) if start is None else start.part
    if first >= len(parts):
        raise OtherOrder
    along = range(first, -1, -1) if backwards else range(first, len(parts))
    found: list[tuple[AnyRow, str]] = []
    for number in along:
        part = parts[number]
        beyond = _beyond(part, start, backwards) if start and number == first else ()
        statement = part.statement.add_columns(part.key[0].label("value")).where(*beyond)
        ordered = statement.order_by(*_ordered(part, backwards)).limit(most + 1 - len(found))
        found += [
            (row, str(Cursor(number, row.user_id, str(row.value))))
            for row in db.session.execute(ordered, named)
        ]
        if len(found) > most:
            break
    kept = found[:most]
    if backwards:
        kept.reverse()
    rows, places = tuple(row for row, _ in kept), tuple(place for _, place in kept)
    return Stretch(rows, places, more=len(found) > most)


def _ordered(part: Part, backwards: bool) -> list[Any]:
    down = part.descending is not backwards
    return [column.desc() if down else column.asc() for column in part.key]


def _beyond(part: Part, start: Cursor, backwards: bool) -> tuple[Any, ...]:
    value: Any = start.value
    if part.numeric:
        value = _number(start.value)
    key = sa.tuple_(*part.key)
    place = sa.tuple_(sa.literal(value, part.key[0].type), sa.literal(start.user_id))
    return (key < place if part.descending is not backwards else key > place,)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise OtherOrder from None
    if not math.isfinite(number):
        raise OtherOrder
    return number

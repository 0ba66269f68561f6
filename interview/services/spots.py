"""One part of a list by number: the newest first, read downwards from a place or up to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.store.db import db
from interview.store.types import AnyRow as Row


@dataclass(frozen=True, slots=True)
class Spot:
    """Where to read on, by the numbers of rows; neither for the newest."""

    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows; ``older`` and ``newer`` are the places beside them, or None."""

    rows: Sequence[Row]
    older: int | None
    newer: int | None


def read(statement: sa.Select[Any], number: Any, spot: Spot, most: int) -> Part:
    """Read a part of a list, in one statement.

    Parameters
    ----------
    statement : Select
        What the list is of; it has a column ``id``.
    number : column
        That column, by which the list is ordered.
    most : int
        Rows of a part.
    """
    if spot.before is not None:
        statement = statement.where(number < spot.before)
    if spot.after is not None:
        statement = statement.where(number > spot.after)
    upwards = spot.after is not None
    order = number.asc() if upwards else number.desc()
    rows = db.session.execute(statement.order_by(order).limit(most + 1)).all()
    found = rows[:most][::-1] if upwards else rows[:most]
    more = len(rows) > most
    return Part(
        rows=found,
        older=found[-1].id if found and (more or upwards) else None,
        newer=found[0].id if found and (more if upwards else spot.before is not None) else None,
    )

"""The gradebook as a file: one row for each learner whom the filters fit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from interview.services.csv_text import BYTE_ORDER_MARK, lines
from interview.services.cursors import Cursor
from interview.services.gradebook import paging
from interview.services.gradebook.cells import rows_of
from interview.services.gradebook.reading import column_of, columns_wanted, learners
from interview.services.gradebook.records import Book, Cell, Column, Filters, Order, Row
from interview.store import gradebook as reads
from interview.store.db import db

CHUNK = 100
"""Learners read at a time."""

LEARNER = ("learner", "e-mail", "number", "group", "mean %", "finished")
CELL = ("score %", "attempts", "state", "late days", "needs review", "by a person")


def as_csv(book: Book, filters: Filters, order: Order, now: datetime) -> Iterator[str]:
    """Write an opened book; no transaction stays open between chunks.

    Yields
    ------
    str
        The heading, then some learners at a time.
    """
    named = {"class": book.class_id}
    newest = columns_wanted(filters).order_by(*reads.NEWEST_FIRST)
    columns = [column_of(row) for row in db.session.execute(newest, named)]
    yield BYTE_ORDER_MARK + lines([_heading(columns)])
    parts = learners(filters, order, now)
    start: Cursor | None = None
    while True:
        stretch = paging.read(parts, named, start, most=CHUNK)
        rows = list(rows_of(stretch.rows, columns, now))
        db.session.rollback()
        yield lines([_line(row) for row in rows])
        if not stretch.more:
            return
        start = Cursor.parse(stretch.places[-1])


def _heading(columns: Sequence[Column]) -> list[str]:
    """Name every column once: where titles are the same, numbers tell them apart."""
    many = Counter(column.title for column in columns)
    titles = [
        column.title if many[column.title] == 1 else f"{column.title} ({column.id})"
        for column in columns
    ]
    return [*LEARNER, *(f"{title}: {name}" for title in titles for name in CELL)]


def _line(row: Row) -> list[Any]:
    own = [row.name, row.email, row.user_id, row.group, percent(row.mean), row.finished]
    return [*own, *(value for cell in row.cells for value in _values(cell))]


def _values(cell: Cell) -> list[Any]:
    begun = cell.attempts > 0
    return [
        percent(cell.score),
        cell.attempts,
        cell.standing,
        cell.late_days if begun else None,
        cell.needs_review if begun else None,
        ("yes" if cell.overridden else "no") if begun else None,
    ]


def percent(score: float | None) -> int | None:
    """A score as the page writes it, without its sign."""
    return None if score is None else round(score * 100)

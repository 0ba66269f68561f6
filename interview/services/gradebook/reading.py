"""Reading a page of the gradebook, in a number of statements that no size of class changes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.rules.access import Power
from interview.rules.typed import clean
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Place, place_in
from interview.services.gradebook import paging
from interview.services.gradebook.cells import rows_of
from interview.services.gradebook.paging import Part
from interview.services.gradebook.records import (
    Book,
    Column,
    Filters,
    Order,
    Wanted,
    What,
)
from interview.services.history import Cursor as Moment
from interview.services.principals import Principal
from interview.store import gradebook as reads
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.targeting import targeted
from interview.store.types import AnyRow

_IN_ENTRY: dict[What, sa.ColumnElement[bool]] = {
    What.REVIEW: GradebookEntry.needs_review > 0,
    What.LATE: GradebookEntry.late_days > 0,
    What.OPEN: GradebookEntry.is_open.is_(True),
}


def open_book(person: Principal, class_id: int) -> Book:
    """Open the book of a class at no page: its title and its groups.

    Raises
    ------
    NotFound, Forbidden
        When the person is not in the class, or only learns there.
    """
    place = place_in(person, class_id, Power.ASSIST)
    return _cover(place)


def _cover(place: Place) -> Book:
    groups = db.session.execute(reads.GROUPS, {"class": place.class_id})
    return Book(place, tuple((row.id, row.title) for row in groups))


def read_page(book: Book, wanted: Wanted, now: datetime) -> Book:
    """Read a page of an opened book.

    Raises
    ------
    NotFound
        When the one assignment that is asked for is none of the class.
    OtherOrder
        When the place in the rows belongs to another order.
    """
    spot, filters = wanted.spot, wanted.filters
    parts = learners(filters, wanted.order, now)
    stretch = paging.read(
        parts,
        {"class": book.class_id},
        spot.before or spot.after,
        most=wanted.size.rows,
        backwards=spot.before is not None,
    )
    columns, older, newer = _columns(book.class_id, wanted)
    before, after = _beside(stretch, wanted)
    return replace(
        book,
        columns=columns,
        rows=tuple(rows_of(stretch.rows, columns, now)),
        before=before,
        after=after,
        older=older,
        newer=newer,
        only=_only(filters, columns),
    )


def _only(filters: Filters, columns: tuple[Column, ...]) -> Column | None:
    if filters.only is None:
        return None
    if not columns:
        raise NotFound
    return columns[0]


def _beside(stretch: paging.Stretch, wanted: Wanted) -> tuple[str, str]:
    """The places before the first row and after the last one; empty where nothing is there."""
    spot, places = wanted.spot, stretch.places
    if not places:
        return "", ""
    backwards = spot.before is not None
    has_before = stretch.more if backwards else spot.after is not None
    has_after = backwards or stretch.more
    return (places[0] if has_before else "", places[-1] if has_after else "")


def learners(filters: Filters, order: Order, now: datetime) -> list[Part]:
    """The learners that fit, in an order; the statements still ask for the ``class``."""
    fits = list(_fits(filters, now))

    def part(statement: sa.Select[Any], key: tuple[Any, ...], *, numeric: bool) -> Part:
        # Those without a value come by name, whichever way the values go.
        down = order.descending and (numeric or order.by == "name")
        return Part(statement.where(*fits), key, down, numeric)

    if order.by == "name":
        return [part(reads.LEARNERS, reads.BY_NAME, numeric=False)]
    if isinstance(order.by, int):
        return [
            part(reads.with_score(order.by), reads.BY_SCORE, numeric=True),
            part(reads.without_score(order.by), reads.BY_NAME, numeric=False),
        ]
    mean = ClassMember.mean_score
    return [
        part(reads.LEARNERS.where(mean.is_not(None)), reads.BY_MEAN, numeric=True),
        part(reads.LEARNERS.where(mean.is_(None)), reads.BY_NAME, numeric=False),
    ]


def _fits(filters: Filters, now: datetime) -> Iterable[sa.ColumnElement[bool]]:
    if filters.group_id is not None:
        yield ClassMember.group_id == filters.group_id
    if filters.name:
        typed = " ".join(clean(filters.name).text.split()).casefold()
        yield ClassMember.sort_name.contains(typed, autoescape=True)
    if filters.what is What.WAITING:
        yield reads.has_not_begun(targeted(*reads.LEARNER), now, filters.only)
    elif filters.what is not None:
        yield reads.has_entry(_IN_ENTRY[filters.what], filters.only)


def columns_wanted(filters: Filters) -> sa.Select[Any]:
    """The assignments that fit; the statement still asks for the ``class``."""
    if filters.only is None:
        return reads.COLUMNS
    return reads.COLUMNS.where(Assignment.id == filters.only)


def _columns(class_id: int, wanted: Wanted) -> tuple[tuple[Column, ...], str, str]:
    """Read the assignments of a page, newest first, and the places beside them."""
    spot = wanted.spot
    statement = columns_wanted(wanted.filters)
    key = sa.tuple_(Assignment.opens_at, Assignment.id)
    upwards = spot.newer is not None
    if spot.newer is not None:
        statement = statement.where(key > _moment_key(spot.newer))
    elif spot.older is not None:
        statement = statement.where(key < _moment_key(spot.older))
    order = (Assignment.opens_at, Assignment.id) if upwards else reads.NEWEST_FIRST
    most = wanted.size.columns
    rows = db.session.execute(statement.order_by(*order).limit(most + 1), {"class": class_id}).all()
    found = [column_of(row) for row in rows[:most]]
    if upwards:
        found.reverse()
    more = len(rows) > most
    has_older = bool(found) and (upwards or more)
    has_newer = bool(found) and (more if upwards else spot.older is not None)
    return (
        tuple(found),
        _moment(found[-1]) if has_older else "",
        _moment(found[0]) if has_newer else "",
    )


def column_of(row: AnyRow) -> Column:
    """Make a column of a row of `reads.COLUMNS`."""
    return Column(
        row.id, row.title, row.opens_at, row.due_at, row.archived_at is not None, row.narrowed
    )


def _moment(column: Column) -> str:
    return str(Moment(column.opens_at, column.id))


def _moment_key(cursor: Moment) -> Any:
    return reads.moment_key(cursor.finished_at, cursor.id)

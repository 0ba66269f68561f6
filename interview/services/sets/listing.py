"""The sets of a person, the last changed first, paged by key."""

import re
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from interview.services.principals import Principal
from interview.services.sets.records import SetLine, SetList
from interview.store import set_reads
from interview.store.db import db
from interview.store.sets import AuthoredSet
from interview.store.types import AnyRow as Row

PAGE = 20

_PLACE = re.compile(r"(\d{1,17})-(\d{1,9})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def my_sets(person: Principal, after: str = "", *, archived: bool = False) -> SetList:
    """A page of somebody's sets.

    Parameters
    ----------
    after : str
        Where to go on, as the page before said; what is no such place is the beginning.
    archived : bool
        Whether to list those that were archived, and no others.
    """
    session = db.session()
    rows = set_reads.sets_of(
        session, person.id, archived=archived, beyond=_beyond(after), most=PAGE + 1
    )
    shown = rows[:PAGE]
    ids = [row.id for row in shown]
    sizes, uses = set_reads.sizes(session, ids), set_reads.uses(session, ids)
    return SetList(
        lines=tuple(
            _line(row, sizes.get(row.id, (0, 0.0)), uses.get(row.id, (None, 0))) for row in shown
        ),
        next_after=_place(shown[-1]) if len(rows) > PAGE else "",
    )


def _line(row: Row, size: tuple[int, float], use: tuple[int | None, int]) -> SetLine:
    return SetLine(
        id=row.id,
        title=row.title,
        question_count=size[0],
        points=size[1],
        newest=use[0],
        assignments=use[1],
        updated_at=row.updated_at,
    )


def _place(row: Row) -> str:
    return f"{(row.updated_at - _EPOCH) // timedelta(microseconds=1)}-{row.id}"


def _beyond(after: str) -> sa.ColumnElement[bool]:
    found = _PLACE.fullmatch(after)
    if found is None:
        return sa.true()
    moment = _EPOCH + timedelta(microseconds=int(found[1]))
    key = sa.tuple_(AuthoredSet.updated_at, AuthoredSet.id)
    return key < sa.tuple_(
        sa.literal(moment, AuthoredSet.updated_at.type), sa.literal(int(found[2]))
    )

"""The roster of a class as a file, in the columns that a roster is read by."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from interview.services.classes.access import TEACH, place_in
from interview.services.classes.rosters import COLUMNS, EXAMPLE
from interview.services.csv_text import BYTE_ORDER_MARK, lines
from interview.services.principals import Principal
from interview.store import class_reads as reads
from interview.store.classes import ClassInvitation
from interview.store.db import db
from interview.store.types import AnyRow as Row

_AT_A_TIME = 500


def example() -> str:
    """Write a roster to begin from."""
    return BYTE_ORDER_MARK + lines(EXAMPLE)


def as_csv(person: Principal, class_id: int) -> Iterator[str]:
    """Write everybody who is in a class, and then whoever is invited to it.

    Yields
    ------
    str
        The heading, then some hundred rows at a time.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` does, before anything is written.
    """
    place_in(person, class_id, TEACH)
    return _pieces(class_id)


def _pieces(class_id: int) -> Iterator[str]:
    yield BYTE_ORDER_MARK + lines([[*COLUMNS, "state", "since"]])
    for rows in _members(class_id):
        yield lines([_line(row, row.display_name, "joined", row.joined_at) for row in rows])
    for rows in _invited(class_id):
        yield lines([_line(row, row.name, "invited", row.created_at) for row in rows])


def _line(row: Row, name: str, state: str, since: Any) -> list[Any]:
    factor = f"{row.time_factor:g}"
    return [name, row.email, row.role, row.group or "", factor, state, since.isoformat()]


def _members(class_id: int) -> Iterator[Sequence[Row]]:
    ordered = reads.MEMBERS.order_by(*reads.BY_NAME)
    return _paged(class_id, ordered, lambda row: reads.after_name(row.sort_name, row.user_id))


def _invited(class_id: int) -> Iterator[Sequence[Row]]:
    ordered = reads.INVITATIONS.order_by(*reads.BY_ADDRESS)
    return _paged(class_id, ordered, lambda row: ClassInvitation.email > row.email)


def _paged(class_id: int, ordered: Any, beyond: Callable[[Row], Any]) -> Iterator[Sequence[Row]]:
    """Read on from the last row until there is none, a few hundred in memory at once."""
    page = ordered.limit(_AT_A_TIME)
    while rows := db.session.execute(page, {"class": class_id}).all():
        yield rows
        page = ordered.where(beyond(rows[-1])).limit(_AT_A_TIME)

"""Everything that there is to say about a file, as a table."""

from collections.abc import Iterator

import sqlalchemy as sa

from interview.services.csv_text import BYTE_ORDER_MARK, lines
from interview.services.importing.accepting import import_for
from interview.services.importing.showing import notices_of
from interview.services.principals import Principal
from interview.store.db import db
from interview.store.imports import ImportItem

COLUMNS = ("line", "question", "prompt", "kind", "message")

_AT_A_TIME = 500
_SHOWN = 120


def problems(person: Principal, import_id: int) -> Iterator[str]:
    """Write every notice of an import with its line, those about the whole file first.

    Yields
    ------
    str
        The heading, then some hundred questions at a time.

    Raises
    ------
    NotFound
        As `import_for` does, before anything is written.
    """
    row = import_for(person, import_id)
    whole = notices_of(row.summary.get("problems", ()))
    return _pieces(import_id, [(one.line or "", "", "", one.kind, one.message) for one in whole])


def _pieces(import_id: int, whole: list[tuple[object, ...]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + lines([COLUMNS, *whole])
    after, item = 0, ImportItem
    columns = (item.position, item.prompt, item.notices)
    beyond = item.position > sa.bindparam("after")
    query = sa.select(*columns).where(item.import_id == import_id, beyond)
    query = query.order_by(item.position).limit(_AT_A_TIME)
    while rows := db.session.execute(query, {"after": after}).all():
        after = rows[-1].position
        db.session.rollback()
        for row in rows:
            shown = " ".join(row.prompt.split())[:_SHOWN]
            notices = notices_of(row.notices)
            yield lines(
                [one.line or "", row.position, shown, one.kind, one.message] for one in notices
            )

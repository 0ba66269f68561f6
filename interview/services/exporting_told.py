"""What people said to each other about answers, and what a person was told, as plain records.

Whatever the review policy does not show on a page is not in these records either.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from interview.rules.access import Visible
from interview.services import notices
from interview.services.notices import Notice, Notices
from interview.store import exporting as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

CHUNK = 500
"""Notifications read at a time."""

Record = dict[str, Any]


def appeal(row: Row, visible: Visible) -> Record:
    """Make the record of a contested key point, as far as its own page shows it."""
    is_shown = visible.key_points and visible.answer
    return {
        "key_point": row.point_text if is_shown else None,
        "quote": row.quote.split("\n") if visible.answer else [],
        "why": row.why,
        "contested_at": row.created_at.isoformat(),
        "status": row.status,
        "reply": row.reply if is_shown else None,
        "decided_by": row.decider,
        "decided_at": row.decided_at and row.decided_at.isoformat(),
    }


def remarks(rows: list[Row], visible: Visible) -> list[Record]:
    """Make the records of what was written beside an answer: none where that is not shown."""
    return [
        {"text": row.text, "by": row.author, "written_at": row.created_at.isoformat()}
        for row in rows
        if visible.answer
    ]


def notifications(user_id: int, now: datetime) -> Iterator[Record]:
    """Read what the person was told, from the oldest to the newest.

    Between two chunks no transaction is open, so that a slow download holds nothing up.

    Yields
    ------
    dict
        One notification; its ``detail`` is withheld where it tells of an answer what the
        answer's page does not show now.
    """
    last = 0
    while rows := db.session.execute(
        reads.NOTIFICATIONS, {"user": user_id, "after": last, "most": CHUNK}
    ).all():
        last = rows[-1].id
        told = tuple(Notice(*row[:-1]) for row in rows)
        withheld = notices.withheld(Notices(told, None), now)
        db.session.rollback()
        for one, row in zip(told, rows, strict=True):
            yield _notification(one, in_app=row.in_app, withheld=one.id in withheld)


def _notification(one: Notice, *, in_app: bool, withheld: bool) -> Record:
    return {
        "kind": one.kind,
        "words": one.words,
        "detail": None if withheld else one.detail,
        "told_at": one.created_at.isoformat(),
        "read_at": one.read_at and one.read_at.isoformat(),
        "in_app": in_app,
        "withheld": withheld,
    }

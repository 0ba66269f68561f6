"""What a version of a set freezes, as JSON-safe data."""

from collections.abc import Sequence
from typing import Any

from interview.store import set_reads
from interview.store.db import db
from interview.store.types import AnyRow as Row


def content_of(rows: Sequence[Row]) -> dict[str, Any]:
    """Write what a version would keep if a set with these slots were published now."""
    return {"slots": slots_of(rows), "bound": _bound(rows)}


def _bound(rows: Sequence[Row]) -> int:
    if any(row.kind == "random" for row in rows):
        return set_reads.newest_bound(db.session())
    return max((row.question_version_id for row in rows), default=0)


def slots_of(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Write slots as a version keeps them; see `store.set_reads.slots`."""
    return [_fixed(row) if row.kind == "fixed" else _random(row) for row in rows]


def _fixed(row: Row) -> dict[str, Any]:
    return {
        "kind": "fixed",
        "question_id": row.question_id,
        "version_id": row.question_version_id,
        "content_hash": row.content_hash,
        "points": float(row.points),
        "seconds": row.seconds,
    }


def _random(row: Row) -> dict[str, Any]:
    return {
        "kind": "random",
        "topic": row.topic,
        "tag": row.tag,
        "difficulty": row.difficulty,
        "count": row.asked,
        "points": float(row.points),
        "seconds": row.seconds,
    }

"""What results say of contested key points, read at once for a whole attempt."""

from collections.abc import Mapping

from interview.rules.contesting import Window
from interview.services.appeals.records import Beside
from interview.store import appealing
from interview.store.db import db
from interview.store.types import AnyRow as Row

Standing = Mapping[int, Mapping[str, Beside]]
"""By position and key point."""


def standing(attempt_id: int) -> Standing:
    """Read what stands against the grades of an attempt."""
    found: dict[int, dict[str, Beside]] = {}
    for row in db.session.execute(appealing.OF_ATTEMPT, {"attempt": attempt_id}):
        found.setdefault(row.position, {})[row.point_id] = beside_of(row)
    return found


def beside_of(row: Row) -> Beside:
    """Make the record of an appeal that was read with the name of its ``decider``."""
    return Beside(
        id=row.id,
        status=row.status,
        quote=tuple(row.quote.split("\n")),
        why=row.why,
        at=row.created_at,
        decider=row.decider or "",
        decided_at=row.decided_at,
        reply=row.reply,
    )


def window_of(assignment: Row) -> Window:
    """Read from when until when an assignment lets its learners contest key points."""
    return Window(
        allowed=assignment.appeals,
        is_archived=assignment.class_archived_at is not None,
        since=assignment.appeals_from,
        until=assignment.appeals_until,
    )

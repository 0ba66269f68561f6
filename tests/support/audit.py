"""Changes as they are noted, and the log that they make."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.services.audit import Change, note
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.audit import AuditEntry
from interview.store.db import db
from tests.support.clock import START


def add_note(
    actor: Principal | None,
    kind: str = "assignment.changed",
    subject: str = "First test",
    *,
    at: datetime = START,
    **values: Any,
) -> None:
    """Note a change; `values` are those of `Change`."""
    with write() as session:
        note(session, actor, Change(kind, subject, **values), at)


def noted() -> list[Any]:
    """Every entry of the log, oldest first."""
    return list(
        db.session.execute(sa.select(*sa.inspect(AuditEntry).columns).order_by(AuditEntry.id))
    )

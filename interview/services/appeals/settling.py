"""What every end of an appeal has in common; and the one that its learner makes."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import audit
from interview.services.appeals.access import appeal_for
from interview.services.appeals.listing import own_of
from interview.services.appeals.records import Overtaken, Own
from interview.services.attempts.records import NotFound
from interview.services.audit import Change, answer_named
from interview.services.classes.access import SEE
from interview.services.classes.changing import hold_class
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.appeals import Appeal
from interview.store.types import AnyRow as Row


def settle(session: Session, appeal_id: int, values: dict[str, Any]) -> None:
    """Close an appeal that is open; only one of two who do so can.

    Raises
    ------
    Overtaken
        When it is open no longer.
    """
    taken = session.execute(
        sa.update(Appeal)
        .where(Appeal.id == appeal_id, Appeal.status == "open")
        .values(values)
        .returning(Appeal.id),
        execution_options=UNSYNCED,
    ).first()
    if taken is None:
        raise Overtaken


def change_of(
    kind: str, row: Row, details: dict[str, Any] | None = None, reason: str = ""
) -> Change:
    """Name a change of an appeal in the log."""
    subject = answer_named(row.learner, row.title, row.number, row.position)
    told = {"key_point": row.point_text, **(details or {})}
    return Change(kind, subject, row.class_id, row.user_id, told, reason)


def withdraw(person: Principal, appeal_id: int, now: datetime) -> Own:
    """Take an appeal back; doing so twice changes nothing.

    Returns
    -------
    Own
        The appeal as it was.

    Raises
    ------
    NotFound
        When it is not the person's own.
    Overtaken
        When it was decided.
    Archived
        When the class cannot be changed.
    """
    row, place = appeal_for(person, appeal_id, SEE)
    if place is not None:
        raise NotFound
    if row.status == "withdrawn":
        return own_of(row, now)
    with write() as session:
        hold_class(session, row.class_id)
        settle(session, appeal_id, {"status": "withdrawn"})
        audit.note(session, person, change_of("appeal.withdrawn", row), now)
    return own_of(row, now)

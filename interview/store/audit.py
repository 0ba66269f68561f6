"""The audit log: what was changed, by whom and why. Rows are added and never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class AuditEntry(Model):
    """One change, as it was made.

    No column refers to another table: what is removed there stays told here. The database
    itself refuses to change or delete a row.

    Attributes
    ----------
    actor_id, actor_name : int or None, str
        Who made it; no number for the operator's command line.
    class_id : int or None
        The class that it belongs to; none for what concerns the whole installation.
    kind : str
        ``subject.verb``, as ``grade.overridden``.
    subject : str
        What was changed, in words that stay readable when it is gone.
    learner_id : int or None
        The person whom it is about.
    details : dict
        JSON-safe: what was before and what is after.
    """

    __tablename__ = "audit_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str]
    class_id: Mapped[int | None]
    kind: Mapped[str]
    subject: Mapped[str]
    learner_id: Mapped[int | None]
    details: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        Index("ix_audit_entries_class", "class_id", "id"),
        Index("ix_audit_entries_learner", "class_id", "learner_id", "id"),
    )

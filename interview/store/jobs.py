"""What the worker has to do, and how far it is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class Job(Model):
    """One long piece of work, written by the request that asks for it.

    Attributes
    ----------
    kind : str
        What is to be done; see `interview.services.jobs`.
    subject_id : int
        The row that it is about.
    state : str
        ``waiting``, ``working``, ``done``, ``failed`` or ``cancelled``.
    progress, total : int
        Steps that are done, and how many there are; 0 until that is known.
    tries : int
        How often a worker has begun it without getting further than before.
    due_at : datetime
        Before this moment no worker takes it.
    started_at : datetime or None
        When its worker took it, by which that worker knows it as its own.
    heartbeat_at : datetime or None
        When its worker was last heard of; once that is long ago, another takes it over.
    error : str
        What went wrong last, in words for administrators.
    """

    __tablename__ = "jobs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject_id: Mapped[int]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(default="waiting")
    progress: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'working', 'done', 'failed', 'cancelled')", name="state"
        ),
        Index("ix_jobs_due", "state", "due_at", "id"),
        Index("ix_jobs_subject", "kind", "subject_id", "id"),
        Index("ix_jobs_owner", "owner_id", "id"),
    )

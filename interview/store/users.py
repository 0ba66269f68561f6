"""People: accounts, guests, and registrations that wait for a confirmed address."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class User(Model):
    """Somebody who can log in, or a guest who may become that by registering."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Lower case; a guest has none.
    email: Mapped[str | None] = mapped_column(unique=True)
    display_name: Mapped[str]
    password_hash: Mapped[str | None]
    role: Mapped[str] = mapped_column(default="learner")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    # Part of the log-in cookie: raising it ends every other log-in of this user.
    auth_epoch: Mapped[int] = mapped_column(default=0)
    is_guest: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("role IN ('learner', 'instructor', 'admin')", name="role"),
        Index(
            "ix_users_guests",
            "created_at",
            sqlite_where=sa.text("is_guest"),
            postgresql_where=sa.text("is_guest"),
        ),
    )


class PendingRegistration(Model):
    """A registration whose address is not confirmed yet.

    It is written for a known address too, so that both cases do the same work and
    nobody can tell them apart by timing.
    """

    __tablename__ = "pending_registrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    display_name: Mapped[str]
    password_hash: Mapped[str]
    time_zone: Mapped[str]
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(index=True)

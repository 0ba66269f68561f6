"""What people are told: in the app, and by mail where they want it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model

UNREAD = text("in_app AND read_at IS NULL")
"""In the very words of the index: SQLite uses it for no others."""


class Notification(Model):
    """Something that one person is told.

    Attributes
    ----------
    kind : str
        What it is about; each kind can be switched off.
    words : str
        One sentence that stays readable when what it is about is gone.
    detail : str
        What somebody wrote to the person; never part of a mail.
    target : str
        What it leads to, as ``answer``; empty for nothing.
    target_id, position : int or None
        Which one, and which question of it.
    in_app : bool
        Whether the person is shown it in the app.
    """

    __tablename__ = "notifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str]
    words: Mapped[str]
    detail: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    target_id: Mapped[int | None]
    position: Mapped[int | None]
    in_app: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_notifications_user", "user_id", "id"),
        Index("ix_notifications_unread", "user_id", sqlite_where=UNREAD, postgresql_where=UNREAD),
    )


class NotificationOptOut(Model):
    """A kind of notification that somebody does not want in the app; see also `MailOptOut`."""

    __tablename__ = "notification_opt_outs"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)

"""The outbox: mail that a request asked for and the worker sends."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class OutgoingMail(Model):
    """One message to be written and sent by the worker.

    The row names what to say, not the words: secrets in links are made when the mail
    is written, and never stand in the database.
    """

    __tablename__ = "outgoing_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    address: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    error: Mapped[str | None]

    __table_args__ = (Index("ix_outgoing_mail_due", "done_at", "due_at", "id"),)


class MailOptOut(Model):
    """A kind of mail that somebody does not want."""

    __tablename__ = "mail_opt_outs"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)

"""Sending what is in the outbox; the worker calls this every few seconds."""

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.services.letters import mail_settings, write_letter
from interview.services.posting import post
from interview.services.unit import write
from interview.store.db import db
from interview.store.mail import OutgoingMail

# How long until the next try, after the first, the second … Longer than a server may take
# to answer, so no other worker takes up a mail that is just being sent.
WAITS = tuple(timedelta(minutes=m) for m in (2, 10, 30, 120, 360, 720))
_AT_A_TIME = 20

_log = logging.getLogger(__name__)
_Row = sa.Row[Any]


def deliver_due(now: datetime) -> int:
    """Send the mail that is due.

    A mail is claimed before it is sent, by pushing back when it is due next: two workers
    never send the same one. It is marked as done in a write of its own after it was sent;
    a crash just between the two sends it once more, with the same Message-ID.

    Parameters
    ----------
    now : datetime
        The present moment; tries that failed wait longer each time, and end after six.

    Returns
    -------
    int
        How many mails are done with.
    """
    due = db.session.execute(
        sa.select(
            OutgoingMail.id, OutgoingMail.kind, OutgoingMail.address, OutgoingMail.payload,
            OutgoingMail.created_at, OutgoingMail.tries,
        )
        .where(OutgoingMail.done_at.is_(None), OutgoingMail.due_at <= now)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(_AT_A_TIME)
    ).all()  # fmt: skip
    return sum(_deliver(row, now) for row in due)


def _deliver(row: _Row, now: datetime) -> bool:
    if not _claim(row, now):
        return False
    letter = write_letter(row.kind, row.address, row.payload, now)
    # The read is over: a slow mail server holds no transaction open.
    db.session.rollback()
    try:
        if letter is not None:
            post(letter, mail_settings(), row.id, row.created_at)
    # An address that reads as an encoded line end makes no header.
    except (OSError, smtplib.SMTPException, ValueError) as error:
        return _note_failure(row, str(error) or type(error).__name__, now)
    _update(row.id, done_at=now, error=None)
    return True


def _claim(row: _Row, now: datetime) -> bool:
    with write() as session:
        claimed = session.execute(
            sa.update(OutgoingMail)
            .where(
                OutgoingMail.id == row.id,
                OutgoingMail.tries == row.tries,
                OutgoingMail.done_at.is_(None),
            )
            .values(tries=row.tries + 1, due_at=now + WAITS[min(row.tries, len(WAITS) - 1)])
            .returning(OutgoingMail.id)
            .execution_options(synchronize_session=False)
        ).first()
    return claimed is not None


def _note_failure(row: _Row, error: str, now: datetime) -> bool:
    """Keep why a mail was not sent; the last failure is the end of it."""
    last: bool = row.tries + 1 >= len(WAITS)
    _log.warning("mail %d was not sent%s: %s", row.id, ", for good" if last else "", error)
    _update(row.id, done_at=now if last else None, error=error)
    return last


def _update(number: int, **values: Any) -> None:
    with write() as session:
        session.execute(
            sa.update(OutgoingMail)
            .where(OutgoingMail.id == number)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

"""The outbox: mail that a request asks for in its own transaction, and the worker sends."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import Session

from interview.store.mail import OutgoingMail

REGISTRATION = "registration"
RESET = "reset"
INVITATION = "invitation"
ASSIGNED = "assigned"
DUE_SOON = "due_soon"
REMINDER = "reminder"
NOTICE = "notice"


def enqueue(
    session: Session, kind: str, address: str, payload: dict[str, int], now: datetime
) -> None:
    """Have a mail sent, if the transaction that this is part of is committed.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    kind : str
        What the mail is about; the worker chooses the words.
    payload : dict of str to int
        Numbers of the rows that it is about, never a secret: those are made when the mail
        is written, so none stands in the database.
    """
    session.execute(
        sa.insert(OutgoingMail).values(
            kind=kind, address=address, payload=payload, created_at=now, due_at=now
        )
    )


def enqueue_each(
    session: Session, kind: str, mails: Iterable[tuple[str, dict[str, int]]], now: datetime
) -> None:
    """Have many mails sent, as `enqueue` does with one.

    Parameters
    ----------
    mails : iterable of (str, dict)
        The address and the payload of each.
    """
    rows = [
        {"kind": kind, "address": address, "payload": payload, "created_at": now, "due_at": now}
        for address, payload in mails
    ]
    if rows:
        session.execute(sa.insert(OutgoingMail), rows)


def sends_mail() -> bool:
    """Whether this installation sends mail; where not, nobody is told anything by it."""
    return current_app.extensions["settings"].mail_url is not None

"""The outbox: mail that a request asks for in its own transaction, and the worker sends."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.mail import OutgoingMail

REGISTRATION = "registration"
RESET = "reset"
INVITATION = "invitation"
ASSIGNED = "assigned"
DUE_SOON = "due_soon"
REMINDER = "reminder"


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
    session: Session, kind: str, payloads: Mapping[str, dict[str, int]], now: datetime
) -> None:
    """Have a mail sent to each of many addresses, as `enqueue` does to one.

    Parameters
    ----------
    payloads : mapping of str to dict
        By address.
    """
    rows = [
        {"kind": kind, "address": address, "payload": payload, "created_at": now, "due_at": now}
        for address, payload in payloads.items()
    ]
    if rows:
        session.execute(sa.insert(OutgoingMail), rows)

"""Registering: at once where no mail is sent, by a link in a mail where it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.services import outbox, tokens
from interview.services.accounts.details import Details
from interview.services.accounts.rows import AS_PRINCIPAL
from interview.services.passwords import hash_password
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.db import db
from interview.store.users import PendingRegistration, User

CONFIRM = "confirm"
_KEPT = ("email", "display_name", "password_hash", "time_zone")


class AddressTakenError(Exception):
    """There is an account with this address already."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A registration whose address is being confirmed."""

    email: str
    name: str


def register(details: Details, guest_id: int | None, now: datetime) -> Principal:
    """Make an account at once.

    Parameters
    ----------
    guest_id : int or None
        The guest who registers: their row becomes the account, attempts and all.

    Raises
    ------
    DetailError
        When a detail cannot be used.
    AddressTakenError
        When there is an account with the address; the database holds that, not a look.
    """
    columns = _columns(details.checked())
    try:
        with write() as session:
            return _make_account(session, columns, guest_id, now)
    except IntegrityError as error:
        raise AddressTakenError from error


def ask_to_register(details: Details, guest_id: int | None, now: datetime) -> None:
    """Keep a registration until its address is confirmed.

    What is done does not depend on whether there is an account with the address: the
    worker finds that out later and writes one mail or the other.

    Raises
    ------
    DetailError
        When a detail cannot be used.
    """
    columns = _columns(details.checked())
    # Looked up by the statement itself, so that a guest who was just removed is no error.
    guest = sa.select(User.id).where(User.id == guest_id, User.is_guest).scalar_subquery()
    adding = sa.insert(PendingRegistration).returning(PendingRegistration.id)
    with write() as session:
        pending = session.execute(
            adding.values(**columns, guest_id=guest, created_at=now)
        ).scalar_one()
        outbox.enqueue(session, outbox.REGISTRATION, columns["email"], {"pending": pending}, now)


def confirm_token(pending_id: int, until: datetime) -> str:
    """Make the secret part of a link that confirms a registration."""
    return tokens.issue(CONFIRM, {"pending": pending_id}, until)


def waiting(token: str, now: datetime) -> Waiting | None:
    """Find the registration that a link confirms; None when the link has had its day."""
    body = tokens.read(CONFIRM, token, now)
    if body is None:
        return None
    row = db.session.execute(
        sa.select(PendingRegistration.email, PendingRegistration.display_name).where(
            PendingRegistration.id == body["pending"]
        )
    ).first()
    return Waiting(*row) if row else None


def confirm(token: str, now: datetime) -> Principal | None:
    """Make the account that a link confirms.

    Returns
    -------
    Principal or None
        None when the link was used before or is too old, or when an account with the
        address came into being meanwhile.
    """
    body = tokens.read(CONFIRM, token, now)
    if body is None:
        return None
    try:
        with write() as session:
            return _confirm(session, body["pending"], now)
    except IntegrityError:
        return None


def _confirm(session: Session, pending_id: int, now: datetime) -> Principal | None:
    taken = session.execute(
        sa.delete(PendingRegistration)
        .where(PendingRegistration.id == pending_id)
        .returning(
            *(getattr(PendingRegistration, name) for name in _KEPT), PendingRegistration.guest_id
        )
    ).first()
    if taken is None:
        return None
    columns = {name: getattr(taken, name) for name in _KEPT}
    return _make_account(session, columns, taken.guest_id, now)


def _columns(details: Details) -> dict[str, Any]:
    return {
        "email": details.email,
        "display_name": details.name,
        "password_hash": hash_password(details.password),
        "time_zone": details.zone,
    }


def _make_account(
    session: Session, columns: dict[str, Any], guest_id: int | None, now: datetime
) -> Principal:
    """Turn a guest into the account, or add one."""
    if guest_id is not None:
        became = session.execute(
            sa.update(User)
            .where(User.id == guest_id, User.is_guest)
            # A raised epoch: whoever still holds the guest's cookie does not get the account.
            .values(**columns, is_guest=False, auth_epoch=User.auth_epoch + 1)
            .returning(*AS_PRINCIPAL)
            .execution_options(synchronize_session=False)
        ).first()
        if became is not None:
            return Principal(*became)
    adding = sa.insert(User).values(**columns, created_at=now)
    return Principal(*session.execute(adding.returning(*AS_PRINCIPAL)).one())

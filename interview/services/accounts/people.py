"""Accounts as an operator sees them: making one, giving it a role, listing all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.rules.access import Role
from interview.services.accounts.details import (
    DetailError,
    Details,
    check_role,
    normalise_email,
)
from interview.services.accounts.registering import AddressTakenError
from interview.services.audit import Change, changes, note
from interview.services.passwords import hash_password
from interview.services.unit import UNSYNCED, write
from interview.store.db import db
from interview.store.users import User

_AT_A_TIME = 500
_PEOPLE = (
    sa.select(User.id, User.email, User.display_name, User.role, User.time_zone, User.created_at)
    .where(User.id > sa.bindparam("after"), ~User.is_guest)
    .order_by(User.id)
    .limit(_AT_A_TIME)
)

# Locked, so that the role before is the one that the log tells.
_ACCOUNT = (
    sa.select(User.id, User.email, User.display_name, User.role)
    .where(User.email == sa.bindparam("email"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class Person:
    """One account in the list."""

    id: int
    email: str
    name: str
    role: str
    zone: str
    created_at: datetime


def add_person(details: Details, role: str, now: datetime) -> str:
    """Make an account whose address an operator vouches for.

    Returns
    -------
    str
        The address in the form that it is kept in.

    Raises
    ------
    DetailError
        When a detail or the role cannot be used.
    AddressTakenError
        When there is an account with the address.
    """
    checked = details.checked()
    row = {
        "email": checked.email,
        "display_name": checked.name,
        "password_hash": hash_password(checked.password),
        "time_zone": checked.zone,
        "role": check_role(role),
        "created_at": now,
    }
    try:
        with write() as session:
            session.execute(sa.insert(User).values(**row))
    except IntegrityError as error:
        raise AddressTakenError from error
    return checked.email


def set_role(email: str, role: str, now: datetime) -> None:
    """Give an account another role, from its next request on, and note who got it.

    Raises
    ------
    DetailError
        When there is no such role, or no account with the address.
    """
    address, wanted = normalise_email(email), check_role(role)
    with write() as session:
        found = session.execute(_ACCOUNT, {"email": address}).first()
        if found is None:
            raise DetailError(f"There is no account with the address {address}.")
        if found.role != wanted:
            _change_role(session, found, wanted, now)


def _change_role(session: Session, account: Any, role: str, now: datetime) -> None:
    session.execute(
        sa.update(User).where(User.id == account.id).values(role=role),
        execution_options=UNSYNCED,
    )
    change = Change(
        kind="role.changed",
        subject=f"{account.display_name} <{account.email}>",
        learner_id=account.id,
        details=changes({"role": account.role}, {"role": role}),
    )
    note(session, None, change, now)


def everybody() -> Iterator[Person]:
    """Every account in the order in which they were made, a few hundred in memory at once."""
    after = 0
    while True:
        rows: Sequence[Any] = db.session.execute(_PEOPLE, {"after": after}).all()
        yield from (Person(*row) for row in rows)
        if len(rows) < _AT_A_TIME:
            return
        after = rows[-1].id


def has_admin() -> bool:
    """Whether somebody can administer this installation."""
    found = db.session.scalar(sa.select(User.id).where(User.role == Role.ADMIN).limit(1))
    return found is not None

"""Proving who one is: by password, or by a link in a mail where it was forgotten.

Nothing here tells whether an address has an account, neither by what is answered nor by
the work that is done.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from interview.services import outbox, tokens
from interview.services.accounts.details import DetailError, check_password, normalise_email
from interview.services.accounts.rows import AS_PRINCIPAL
from interview.services.passwords import hash_password, is_right
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.db import db
from interview.store.users import User

RESET = "reset"
RESET_LIFE = timedelta(hours=1)

_CREDENTIALS = sa.select(User.password_hash, *AS_PRINCIPAL).where(
    User.email == sa.bindparam("email")
)


@dataclass(frozen=True, slots=True)
class Resetting:
    """Whose password a link lets somebody choose anew.

    Attributes
    ----------
    epoch : int
        The account's when the link was made. Choosing a password raises it, so a link
        works once, and none that was made before a change of password works after it.
    """

    user_id: int
    epoch: int
    email: str


def log_in(email: str, password: str) -> Principal | None:
    """Find whose address and password these are; None when they belong to nobody."""
    row = db.session.execute(_CREDENTIALS, {"email": _address(email)}).first()
    right = is_right(row[0] if row else None, password)
    return Principal(*row[1:]) if row and right else None


def _address(text: str) -> str:
    try:
        return normalise_email(text)
    except DetailError:
        return ""


def change_password(user_id: int, current: str, new: str) -> Principal | None:
    """Replace somebody's password, which ends every other log-in of theirs.

    Returns
    -------
    Principal or None
        Who they are from now on; None when the current password is not right.

    Raises
    ------
    DetailError
        When the new password cannot be used.
    """
    check_password(new)
    row = db.session.execute(
        sa.select(User.password_hash, User.auth_epoch).where(User.id == user_id)
    ).one()
    if not is_right(row.password_hash, current):
        return None
    return _set_password(user_id, row.auth_epoch, new)


def ask_reset(email: str, now: datetime) -> None:
    """Have a link sent to an address, if it has an account; the worker finds that out.

    Raises
    ------
    DetailError
        When it is not an address.
    """
    address = normalise_email(email)
    with write() as session:
        outbox.enqueue(session, outbox.RESET, address, {}, now)


def reset_token(user_id: int, epoch: int, now: datetime) -> str:
    """Make the secret part of a link by which a password can be chosen anew."""
    return tokens.issue(RESET, {"user": user_id, "epoch": epoch}, now + RESET_LIFE)


def resetting(token: str, now: datetime) -> Resetting | None:
    """Find whose password a link resets; None when it was used before or is too old."""
    body = tokens.read(RESET, token, now)
    if body is None:
        return None
    row = db.session.execute(
        sa.select(User.id, User.auth_epoch, User.email).where(
            User.id == body["user"], User.auth_epoch == body["epoch"]
        )
    ).first()
    return Resetting(row.id, row.auth_epoch, row.email or "") if row else None


def reset_password(token: str, new: str, now: datetime) -> Principal | None:
    """Choose a password anew, which ends every log-in there was.

    Returns
    -------
    Principal or None
        Whose password it was; None when the link was used before or is too old.

    Raises
    ------
    DetailError
        When the new password cannot be used.
    """
    check_password(new)
    allowed = resetting(token, now)
    return _set_password(allowed.user_id, allowed.epoch, new) if allowed else None


def _set_password(user_id: int, epoch: int, new: str) -> Principal | None:
    hashed = hash_password(new)
    with write() as session:
        row = session.execute(
            sa.update(User)
            .where(User.id == user_id, User.auth_epoch == epoch)
            .values(password_hash=hashed, auth_epoch=epoch + 1)
            .returning(*AS_PRINCIPAL)
            .execution_options(synchronize_session=False)
        ).first()
    return Principal(*row) if row else None

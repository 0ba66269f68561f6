"""Who is asking: the frozen record that every logged-in request reads first."""

from dataclasses import dataclass

import sqlalchemy as sa

from interview.rules.access import Role, may_author
from interview.store.db import db, table
from interview.store.users import User


@dataclass(frozen=True, slots=True)
class Principal:
    """The person behind a request.

    Attributes
    ----------
    zone : str
        IANA name of the time zone that moments are shown in.
    epoch : int
        Log-ins made under an earlier epoch have ended.
    """

    id: int
    name: str
    role: str
    zone: str
    epoch: int
    is_guest: bool

    @property
    def is_author(self) -> bool:
        """Whether the person may make classes and question sets."""
        return may_author(Role(self.role))

    @property
    def is_admin(self) -> bool:
        """Whether the person looks after the installation."""
        return self.role == Role.ADMIN


# Columns, not a row object: a rollback would expire a row, and this runs on every request.
_USER = table(User).c
_PRINCIPAL = sa.select(
    _USER.id, _USER.display_name, _USER.role, _USER.time_zone, _USER.auth_epoch, _USER.is_guest
).where(_USER.id == sa.bindparam("user_id"))


def load_principal(user_id: int, epoch: int) -> Principal | None:
    """Find who a log-in belongs to.

    Parameters
    ----------
    user_id : int
        The user named by the log-in.
    epoch : int
        The epoch at which the log-in was made.

    Returns
    -------
    Principal or None
        None when the user is gone or the log-in was ended.
    """
    row = db.session.execute(_PRINCIPAL, {"user_id": user_id}).first()
    if row is None or row[4] != epoch:
        return None
    return Principal(*row)

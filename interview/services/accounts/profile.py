"""What somebody can see and change about their own account."""

from dataclasses import dataclass

import sqlalchemy as sa

from interview.services.accounts.details import check_zone, clean_name
from interview.services.unit import write
from interview.store.db import db
from interview.store.users import User


@dataclass(frozen=True, slots=True)
class Profile:
    """One account, as its owner sees it."""

    email: str
    name: str
    zone: str


def profile_of(user_id: int) -> Profile:
    """Read somebody's own profile."""
    row = db.session.execute(
        sa.select(User.email, User.display_name, User.time_zone).where(User.id == user_id)
    ).one()
    return Profile(row.email or "", row.display_name, row.time_zone)


def change_profile(user_id: int, name: str, zone: str) -> None:
    """Change the name that others see and the zone that moments are shown in.

    Raises
    ------
    DetailError
        When one of them cannot be used.
    """
    values = {"display_name": clean_name(name), "time_zone": check_zone(zone)}
    with write() as session:
        session.execute(
            sa.update(User)
            .where(User.id == user_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )

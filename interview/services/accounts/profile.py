"""What somebody can see and change about their own account."""

from dataclasses import dataclass

import sqlalchemy as sa

from interview.services.accounts.details import check_zone, clean_name
from interview.services.unit import UNSYNCED, write
from interview.store.classes import ClassMember
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
    own_row = sa.update(User).where(User.id == user_id).values(**values)
    # The lists of classes are ordered and paged by it.
    in_classes = (
        sa.update(ClassMember)
        .where(ClassMember.user_id == user_id)
        .values(sort_name=values["display_name"].casefold())
    )
    with write() as session:
        for change in (own_row, in_classes):
            session.execute(change, execution_options=UNSYNCED)

"""A member's place in a class, as those who teach it see it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.access import ClassRole
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import TEACH, place_in
from interview.services.principals import Principal
from interview.store.classes import ClassGroup, ClassMember
from interview.store.db import db
from interview.store.types import AnyRow as Row
from interview.store.users import User


class LastInstructor(Exception):
    """A class always has somebody who teaches it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What can be changed about a place.

    Attributes
    ----------
    group : str
        Its name; empty for none.
    """

    role: str
    group: str
    time_factor: float

    def __str__(self) -> str:
        """What a form carries, so that it is noticed when it has grown stale."""
        return f"{self.role}|{self.time_factor:g}|{self.group}"


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """Somebody's place in a class.

    Attributes
    ----------
    name, email : str
        As their account has them.
    class_title : str
        Of which class.
    """

    user_id: int
    name: str
    email: str
    class_id: int
    class_title: str
    terms: Terms
    joined_at: datetime
    archived_at: datetime | None


_PLACE = (
    sa.select(
        User.display_name,
        User.email,
        ClassMember.role,
        ClassMember.time_factor,
        ClassMember.joined_at,
        ClassGroup.title.label("group"),
    )
    .select_from(ClassMember)
    .join(User, User.id == ClassMember.user_id)
    .outerjoin(ClassGroup, ClassGroup.id == ClassMember.group_id)
    .where(
        ClassMember.class_id == sa.bindparam("class"), ClassMember.user_id == sa.bindparam("user")
    )
)


def place_of(person: Principal, class_id: int, user_id: int) -> MemberPlace:
    """Read somebody's place in a class that the person teaches.

    Raises
    ------
    NotFound, Forbidden
        When they are not in it, or as `place_in` does.
    """
    place = place_in(person, class_id, TEACH)
    row = row_of(db.session(), class_id, user_id)
    return MemberPlace(
        user_id=user_id,
        name=row.display_name,
        email=row.email or "",
        class_id=class_id,
        class_title=place.title,
        terms=terms_in(row),
        joined_at=row.joined_at,
        archived_at=place.archived_at,
    )


def row_of(session: Session, class_id: int, user_id: int) -> Row:
    """Read a place.

    Raises
    ------
    NotFound
        When the person is not in the class.
    """
    if user_id > LARGEST:
        raise NotFound
    row = session.execute(_PLACE, {"class": class_id, "user": user_id}).first()
    if row is None:
        raise NotFound
    return row


def see_that_another_teaches(session: Session, class_id: int, user_id: int) -> None:
    """Refuse to leave a class without an instructor.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller, in which the class is held.

    Raises
    ------
    LastInstructor
        When nobody else teaches it.
    """
    others = sa.select(ClassMember.user_id).where(
        ClassMember.class_id == class_id,
        ClassMember.role == ClassRole.INSTRUCTOR,
        ClassMember.user_id != user_id,
    )
    if session.execute(others.limit(1)).first() is None:
        raise LastInstructor


def terms_in(row: Row) -> Terms:
    """What of a place can be changed."""
    return Terms(row.role, row.group or "", row.time_factor)

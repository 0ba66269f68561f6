"""Joining a class by its code.

A code that lets nobody in says nothing of the class that it may have been for: whether it
was mistyped, replaced, closed or archived, the answer is the same, but for those who are
in the class anyway.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.classes import codes
from interview.services.classes.access import lock_class
from interview.services.classes.entering import GuestsCannotJoin, take_seat
from interview.services.classes.teachers import teachers_of
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.classes import Class, ClassMember
from interview.store.db import db


class NoSuchCode(Exception):
    """The code lets nobody in."""


@dataclass(frozen=True, slots=True)
class Joinable:
    """A class as somebody who holds its code is shown it.

    Attributes
    ----------
    teachers : tuple of str
        Their names.
    is_member : bool
        Whether the person is in it already.
    """

    class_id: int
    title: str
    teachers: tuple[str, ...]
    is_member: bool


def look(person: Principal, code: str) -> Joinable:
    """Find the class that a code lets somebody join.

    Raises
    ------
    NoSuchCode
        When it lets nobody in.
    GuestsCannotJoin
        When the person is a guest, whatever the code.
    """
    if person.is_guest:
        raise GuestsCannotJoin
    mine = sa.and_(ClassMember.class_id == Class.id, ClassMember.user_id == person.id)
    row = db.session.execute(
        sa.select(Class.id, Class.title, Class.joining, Class.archived_at, ClassMember.user_id)
        .outerjoin(ClassMember, mine)
        .where(Class.join_code == codes.canonical(code))
    ).first()
    if row is None or (row.user_id is None and (row.archived_at or not row.joining)):
        raise NoSuchCode
    teachers = teachers_of([row.id]).get(row.id, ())
    return Joinable(row.id, row.title, teachers, is_member=row.user_id is not None)


def join(person: Principal, code: str, now: datetime) -> tuple[int, bool]:
    """Join the class that a code is for, as it was invited where it was.

    Returns
    -------
    tuple of int and bool
        The class, and whether the person was not in it before.

    Raises
    ------
    NoSuchCode
        When it lets nobody in.
    GuestsCannotJoin
        When the person is a guest.
    """
    found = look(person, code)
    if found.is_member:
        return found.class_id, False
    with write() as session:
        lock_class(session, found.class_id)
        if not _lets_in(session, found.class_id, codes.canonical(code)):
            raise NoSuchCode
        return found.class_id, take_seat(session, person, found.class_id, now)


def _lets_in(session: Session, class_id: int, code: str) -> bool:
    return bool(
        session.scalar(
            sa.select(sa.literal(1)).where(
                Class.id == class_id,
                Class.join_code == code,
                Class.joining,
                Class.archived_at.is_(None),
            )
        )
    )

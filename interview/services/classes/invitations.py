"""Invitations: places in classes that wait for the people with their addresses.

Whether there is an account with an address is not asked here, and makes no difference to
whoever invites.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.audit import Change, note
from interview.services.classes.access import TEACH, place_in
from interview.services.classes.changing import hold_class
from interview.services.classes.entering import take_seat
from interview.services.classes.teachers import teachers_of
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.classes import Class, ClassGroup, ClassInvitation
from interview.store.db import db
from interview.store.types import AnyRow as Row
from interview.store.users import User

SHOWN = 20
"""How many are shown at once; answering one makes room for the next."""

_MINE = (
    sa.select(
        ClassInvitation.id,
        ClassInvitation.class_id,
        ClassInvitation.role,
        ClassInvitation.time_factor,
        ClassInvitation.email,
        Class.title,
        ClassGroup.title.label("group"),
    )
    .join(User, User.email == ClassInvitation.email)
    .join(Class, Class.id == ClassInvitation.class_id)
    .outerjoin(ClassGroup, ClassGroup.id == ClassInvitation.group_id)
    .where(User.id == sa.bindparam("user"), Class.archived_at.is_(None))
    .order_by(ClassInvitation.id.desc())
    .limit(SHOWN)
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A place in a class, as the person whom it waits for sees it.

    Attributes
    ----------
    title : str
        The class's.
    group : str
        Empty for none.
    """

    id: int
    class_id: int
    title: str
    teachers: tuple[str, ...]
    role: str
    group: str
    time_factor: float


def waiting(person: Principal) -> tuple[Invitation, ...]:
    """Read what classes somebody is invited to, the newest invitation first."""
    if person.is_guest:
        return ()
    rows = db.session.execute(_MINE, {"user": person.id}).all()
    teachers = teachers_of([row.class_id for row in rows]) if rows else {}
    return tuple(
        Invitation(
            id=row.id,
            class_id=row.class_id,
            title=row.title,
            teachers=teachers.get(row.class_id, ()),
            role=row.role,
            group=row.group or "",
            time_factor=row.time_factor,
        )
        for row in rows
    )


def accept(person: Principal, invitation_id: int, now: datetime) -> int:
    """Take a place that waits for somebody.

    Returns
    -------
    int
        The class.

    Raises
    ------
    NotFound
        When it waits for somebody else, or does not wait any more.
    """
    found = _own(person, invitation_id)
    with write() as session:
        hold_class(session, found.class_id)
        take_seat(session, person, found.class_id, now, invited=True)
    return int(found.class_id)


def decline(person: Principal, invitation_id: int, now: datetime) -> str:
    """Turn a place down.

    Those who teach the class learn that the invitation was declined, and not who declined
    it: the log names the address.

    Returns
    -------
    str
        The class's title.

    Raises
    ------
    NotFound
        When it waits for somebody else, or does not wait any more.
    """
    found = _own(person, invitation_id)
    nameless = replace(person, name=found.email)
    _end(nameless, found.class_id, invitation_id, "declined", now)
    return str(found.title)


def withdraw(person: Principal, class_id: int, invitation_id: int, now: datetime) -> str:
    """Take an invitation back.

    Returns
    -------
    str
        Whose address it was for.

    Raises
    ------
    Archived
        When the class is.
    NotFound, Forbidden
        When it does not wait in this class, or as `place_in` does.
    """
    place_in(person, class_id, TEACH)
    return _end(person, class_id, invitation_id, "withdrawn", now)


def _end(person: Principal, class_id: int, invitation_id: int, how: str, now: datetime) -> str:
    with write() as session:
        hold_class(session, class_id)
        email = session.scalar(
            sa.delete(ClassInvitation)
            .where(
                ClassInvitation.id == min(invitation_id, LARGEST),
                ClassInvitation.class_id == class_id,
            )
            .returning(ClassInvitation.email),
            execution_options=UNSYNCED,
        )
        if email is None:
            raise NotFound
        what = {"invitation": ["waiting", how]}
        note(session, person, Change("member.uninvited", email, class_id, details=what), now)
    return str(email)


def _own(person: Principal, invitation_id: int) -> Row:
    if invitation_id > LARGEST:
        raise NotFound
    found = db.session.execute(
        _MINE.where(ClassInvitation.id == invitation_id), {"user": person.id}
    ).first()
    if found is None:
        raise NotFound
    return found

"""Whose class it is: the one place that loads a class or an assignment for somebody."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.access import ClassRole, Power, Role, has_power
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.principals import Principal
from interview.store.assignment_reads import ASSIGNMENT
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt
from interview.store.classes import Class, ClassMember
from interview.store.db import db
from interview.store.targeting import targeted
from interview.store.types import AnyRow as Row

SEE, ASSIST, TEACH = Power.SEE, Power.ASSIST, Power.TEACH


class Forbidden(Exception):
    """The reader knows that it is there, and may not do this with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A class as one person stands in it.

    Attributes
    ----------
    role : ClassRole
        An administrator who is no member stands in it as an instructor.
    group_id : int or None
        The person's group.
    zone : str
        IANA name of the class's time zone.
    """

    class_id: int
    title: str
    zone: str
    archived_at: datetime | None
    role: ClassRole
    group_id: int | None
    time_factor: float

    def may(self, power: Power) -> bool:
        """Whether the person may do this here."""
        return has_power(self.role, power)


_PLACE = (
    sa.select(
        Class.id, Class.title, Class.time_zone, Class.archived_at,
        ClassMember.role, ClassMember.group_id, ClassMember.time_factor,
    )
    .outerjoin(
        ClassMember,
        sa.and_(
            ClassMember.class_id == Class.id, ClassMember.user_id == sa.bindparam("user")
        ),
    )
    .where(Class.id == sa.bindparam("class"))
)  # fmt: skip


def place_in(person: Principal, class_id: int, power: Power) -> Place:
    """Find a class for somebody who may do something in it.

    Raises
    ------
    NotFound
        When there is none, or the person is not in it: nobody can tell which.
    Forbidden
        When the person is in it and may not do this.
    """
    if class_id > LARGEST:
        raise NotFound
    row = db.session.execute(_PLACE, {"user": person.id, "class": class_id}).first()
    if row is None or (row.role is None and person.role != Role.ADMIN):
        raise NotFound
    place = Place(
        class_id=row.id,
        title=row.title,
        zone=row.time_zone,
        archived_at=row.archived_at,
        role=ClassRole(row.role or ClassRole.INSTRUCTOR),
        group_id=row.group_id,
        time_factor=row.time_factor or 1.0,
    )
    if not place.may(power):
        raise Forbidden
    return place


def assignment_for(person: Principal, assignment_id: int, power: Power) -> tuple[Row, Place]:
    """Find an assignment for somebody who may do something with it.

    Returns
    -------
    tuple of Row and Place
        All columns of the assignment, and its class as the person stands in it.

    Raises
    ------
    NotFound
        When there is none, the person is not in its class, or learns there and it is not
        for them.
    Forbidden
        When it is for the person, who may not do this.
    """
    if assignment_id > LARGEST:
        raise NotFound
    found = db.session.execute(ASSIGNMENT, {"assignment": assignment_id}).first()
    if found is None:
        raise NotFound
    place = place_in(person, found.class_id, Power.SEE)
    if not place.may(Power.ASSIST) and not _is_for(found.id, person.id, place.group_id):
        raise NotFound
    if not place.may(power):
        raise Forbidden
    return found, place


def _is_for(assignment_id: int, user_id: int, group_id: int | None) -> bool:
    return bool(
        db.session.scalar(
            sa.select(sa.literal(1)).where(
                Assignment.id == assignment_id, targeted(user_id, group_id)
            )
        )
    )


def attempt_for_staff(person: Principal, attempt_id: int, power: Power) -> tuple[Row, Place]:
    """Find an assigned attempt for somebody who assists or teaches in its class.

    Returns
    -------
    tuple of Row and Place
        ``id``, ``user_id``, ``assignment_id``, ``state`` and ``number`` of the attempt.

    Raises
    ------
    NotFound
        When there is none, it is own practice, or the person is not in its class or only
        learns there.
    Forbidden
        When the person assists and this is for those who teach.
    """
    if attempt_id > LARGEST:
        raise NotFound
    columns = (
        Attempt.id, Attempt.user_id, Attempt.assignment_id, Attempt.state, Attempt.number,
        Assignment.class_id,
    )  # fmt: skip
    found = db.session.execute(
        sa.select(*columns)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Attempt.id == attempt_id)
    ).first()
    if found is None:
        raise NotFound
    try:
        place = place_in(person, found.class_id, Power.ASSIST)
    except Forbidden:
        # To a fellow learner an attempt is as good as absent.
        raise NotFound from None
    if not place.may(power):
        raise Forbidden
    return found, place


def lock_class(session: Session, class_id: int) -> None:
    """Make writers of one class take turns until the transaction ends."""
    session.execute(sa.select(Class.id).where(Class.id == class_id).with_for_update())

"""The page of a class: what it is, who teaches it, and how many there are of what."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.access import ClassRole
from interview.services.classes import codes
from interview.services.classes.access import ASSIST, SEE, TEACH, Place, place_in
from interview.services.classes.teachers import teachers_of
from interview.services.principals import Principal
from interview.store.assignments import Assignment
from interview.store.classes import Class, ClassInvitation, ClassMember
from interview.store.db import db


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are in a class, for those who help in it.

    Attributes
    ----------
    assignments : int
        Those that are withdrawn left out.
    invitations : int
        Those that wait.
    """

    learners: int
    assistants: int
    instructors: int
    invitations: int
    assignments: int


@dataclass(frozen=True, slots=True)
class ClassPage:
    """A class as one of its people sees it.

    Attributes
    ----------
    helps, teaches : bool
        What the reader may do in it: assist, or decide.
    code : str
        The join code in two halves; empty for those who only learn in it.
    joining : bool
        Whether the code lets people in.
    counts : Counts or None
        None for those who only learn in it.
    """

    class_id: int
    title: str
    description: str
    zone: str
    archived_at: datetime | None
    teachers: tuple[str, ...]
    helps: bool
    teaches: bool
    code: str
    joining: bool
    counts: Counts | None


def class_page(person: Principal, class_id: int) -> ClassPage:
    """Read the page of a class.

    Raises
    ------
    NotFound
        When there is none, or the person is not in it.
    """
    place = place_in(person, class_id, SEE)
    helps = place.may(ASSIST)
    row = db.session.execute(
        sa.select(Class.description, Class.join_code, Class.joining).where(Class.id == class_id)
    ).one()
    return ClassPage(
        class_id=class_id,
        title=place.title,
        description=row.description,
        zone=place.zone,
        archived_at=place.archived_at,
        teachers=teachers_of([class_id]).get(class_id, ()),
        helps=helps,
        teaches=place.may(TEACH),
        code=codes.in_halves(row.join_code) if helps else "",
        joining=row.joining,
        counts=_counts(place) if helps else None,
    )


def _counts(place: Place) -> Counts:
    members = sa.select(ClassMember.role, sa.func.count()).where(
        ClassMember.class_id == place.class_id
    )
    roles = {row[0]: row[1] for row in db.session.execute(members.group_by(ClassMember.role))}
    waiting, given = (
        sa.select(sa.func.count()).select_from(model).where(model.class_id == place.class_id)
        for model in (ClassInvitation, Assignment)
    )
    return Counts(
        learners=roles.get(ClassRole.LEARNER, 0),
        assistants=roles.get(ClassRole.ASSISTANT, 0),
        instructors=roles.get(ClassRole.INSTRUCTOR, 0),
        invitations=db.session.scalar(waiting) or 0,
        assignments=db.session.scalar(given.where(Assignment.archived_at.is_(None))) or 0,
    )

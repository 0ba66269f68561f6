"""The classes that somebody is in."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.access import ClassRole
from interview.services.attempts.loading import LARGEST
from interview.services.classes.teachers import teachers_of
from interview.services.principals import Principal
from interview.store.classes import Class, ClassMember
from interview.store.db import db

PAGE = 50


@dataclass(frozen=True, slots=True)
class ClassLine:
    """One class in the list.

    Attributes
    ----------
    role : str
        What the person is in it.
    teachers : tuple of str
        Names of its instructors.
    """

    id: int
    title: str
    role: str
    teachers: tuple[str, ...]
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of somebody's classes, the newest first.

    Attributes
    ----------
    taught, joined : tuple of ClassLine
        Those that the person teaches or assists in, and those that they learn in.
    older : int or None
        Where the next page goes on; none after the last.
    has_archived : bool
        Whether there are archived ones to be shown apart.
    """

    taught: tuple[ClassLine, ...]
    joined: tuple[ClassLine, ...]
    older: int | None
    has_archived: bool


def mine(person: Principal, before: int | None = None, *, archived: bool = False) -> Mine:
    """List the classes that somebody is in.

    Parameters
    ----------
    before : int, optional
        The last class of the page before.
    archived : bool
        Whether to list those that are archived, or those that are not.
    """
    is_archived = Class.archived_at.is_not(None)
    own = (
        sa.select(Class.id, Class.title, Class.archived_at, ClassMember.role)
        .join(ClassMember, ClassMember.class_id == Class.id)
        .where(ClassMember.user_id == person.id)
    )
    page = own.where(
        is_archived if archived else ~is_archived,
        ClassMember.class_id < min(before or LARGEST, LARGEST),
    )
    rows = db.session.execute(page.order_by(ClassMember.class_id.desc()).limit(PAGE + 1)).all()
    teachers = teachers_of([row.id for row in rows[:PAGE]]) if rows else {}
    lines = [
        ClassLine(row.id, row.title, row.role, teachers.get(row.id, ()), row.archived_at)
        for row in rows[:PAGE]
    ]
    any_archived = db.session.execute(own.where(is_archived).limit(1)).first()
    return Mine(
        taught=tuple(line for line in lines if line.role != ClassRole.LEARNER),
        joined=tuple(line for line in lines if line.role == ClassRole.LEARNER),
        older=rows[PAGE - 1].id if len(rows) > PAGE else None,
        has_archived=any_archived is not None,
    )

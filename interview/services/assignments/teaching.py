"""What the classes that somebody teaches or assists in need of them now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.rules.access import ClassRole
from interview.services.principals import Principal
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.classes import Class, ClassMember
from interview.store.db import db

CLASSES = 12
"""Classes that are shown: the newest ones; the page of classes has them all."""

SOON = timedelta(hours=48)
_COMING = 24


@dataclass(frozen=True, slots=True)
class Coming:
    """An assignment that opens or closes soon."""

    id: int
    title: str
    opens: bool
    moment: datetime


@dataclass(frozen=True, slots=True)
class Teaching:
    """One class, as it needs those who teach or assist in it.

    Attributes
    ----------
    to_review : int
        Answers whose grade asks for a person's eye.
    running : int
        Learners who are sitting an assignment now.
    coming : tuple of Coming
        What opens or closes within `SOON`, the next first.
    """

    class_id: int
    title: str
    to_review: int
    running: int
    coming: tuple[Coming, ...]


def _of_entries(value: Any, condition: Any) -> sa.ScalarSelect[Any]:
    counted = sa.select(value).where(GradebookEntry.class_id == Class.id, condition)
    return counted.correlate(Class).scalar_subquery()


_MINE = (
    sa.select(
        Class.id,
        Class.title,
        _of_entries(
            sa.func.coalesce(sa.func.sum(GradebookEntry.needs_review), 0),
            GradebookEntry.needs_review > 0,
        ).label("to_review"),
        _of_entries(sa.func.count(), GradebookEntry.is_open).label("running"),
    )
    .join(ClassMember, ClassMember.class_id == Class.id)
    .where(
        ClassMember.user_id == sa.bindparam("user"),
        ClassMember.role != ClassRole.LEARNER,
        Class.archived_at.is_(None),
    )
    .order_by(Class.id.desc())
    .limit(CLASSES)
)


def teaching(person: Principal, now: datetime) -> tuple[Teaching, ...]:
    """Read what somebody's classes need of them: one statement, and one more with classes."""
    rows = db.session.execute(_MINE, {"user": person.id}).all()
    coming = _coming([row.id for row in rows], now) if rows else {}
    return tuple(
        Teaching(row.id, row.title, row.to_review, row.running, tuple(coming.get(row.id, ())))
        for row in rows
    )


def _coming(class_ids: Sequence[int], now: datetime) -> dict[int, list[Coming]]:
    opens, closes = (
        column.between(now, now + SOON) for column in (Assignment.opens_at, Assignment.closes_at)
    )
    rows = db.session.execute(
        sa.select(
            Assignment.id, Assignment.title, Assignment.class_id,
            Assignment.opens_at, Assignment.closes_at,
        )
        .where(
            Assignment.class_id.in_(class_ids),
            Assignment.archived_at.is_(None),
            sa.or_(opens, closes),
        )
        .order_by(Assignment.opens_at.desc(), Assignment.id.desc())
        .limit(_COMING)
    )  # fmt: skip
    found: dict[int, list[Coming]] = {}
    for row in rows:
        is_next = row.opens_at > now
        moment = row.opens_at if is_next else row.closes_at
        found.setdefault(row.class_id, []).append(Coming(row.id, row.title, is_next, moment))
    for each in found.values():
        each.sort(key=lambda one: one.moment)
    return found

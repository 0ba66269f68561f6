"""Reads about assignments: of one learner, of a class, and of those who have not begun."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import aliased

from interview.store.assignments import (
    Accommodation,
    Assignment,
    GradebookEntry,
)
from interview.store.attempts import Attempt
from interview.store.classes import Class, ClassInvitation, ClassMember
from interview.store.regrades import AssignmentRubric
from interview.store.sets import SetVersion
from interview.store.targeting import targeted

_A, _M = Assignment, ClassMember
_LEARNS = _M.role == "learner"

ASSIGNMENT: sa.Select[Any] = sa.select(*sa.inspect(Assignment).columns).where(
    _A.id == bindparam("assignment")
)

# On PostgreSQL: those who start do not hinder each other, and wait for somebody who changes
# the class or the assignment, who in turn waits for them. The class comes first everywhere.
ASSIGNMENT_HELD: sa.Select[Any] = (
    sa.select(*sa.inspect(Assignment).columns, Class.archived_at.label("class_archived_at"))
    .select_from(Class)
    .join(_A, _A.class_id == Class.id)
    .where(_A.id == bindparam("assignment"))
    .with_for_update(read=True)
)
ASSIGNMENT_LOCKED = ASSIGNMENT.with_for_update()

_OWN_ACCOMMODATION = sa.and_(
    Accommodation.assignment_id == _A.id, Accommodation.user_id == bindparam("user")
)
_OWN_ATTEMPTS = (Attempt.assignment_id == _A.id, Attempt.user_id == bindparam("user"))


def _of_own_attempts(column: sa.ColumnElement[Any], *only: Any) -> sa.ScalarSelect[Any]:
    found = sa.select(column).where(*_OWN_ATTEMPTS, *only)
    return found.correlate(_A).scalar_subquery()


_HAS_RUBRICS = (
    sa.select(AssignmentRubric.assignment_id)
    .where(AssignmentRubric.assignment_id == _A.id)
    .correlate(_A)
    .exists()
)

_RUNNING = _of_own_attempts(
    sa.func.max(sa.inspect(Attempt).columns["id"]),
    Attempt.state == "open",
)


STANDING: sa.Select[Any] = (
    sa.select(
        sa.func.coalesce(_M.time_factor, 1.0).label("class_factor"),
        Accommodation.opens_at, Accommodation.due_at, Accommodation.closes_at,
        Accommodation.time_factor, Accommodation.extra_attempts,
        _of_own_attempts(sa.func.count()).label("attempts"),
        _of_own_attempts(sa.func.max(sa.inspect(Attempt).columns["finished_at"])).label(
            "last_ended"
        ),
        _RUNNING.label("running"),
        _HAS_RUBRICS.label("has_rubrics"),
        sa.and_(_LEARNS, targeted(_M.user_id, _M.group_id)).label("is_for"),
    )
    .select_from(_A)
    .outerjoin(_M, sa.and_(_M.class_id == _A.class_id, _M.user_id == bindparam("user")))
    .outerjoin(Accommodation, _OWN_ACCOMMODATION)
    .where(_A.id == bindparam("assignment"))
)  # fmt: skip
"""What is a learner's own of one assignment, in one row: accommodation and attempts so far.

``is_for`` is nothing for whoever is not in the class. ``has_rubrics`` tells whether it grades a
question by another version than it shows.
"""

OWN_ATTEMPTS = (
    sa.select(
        Attempt.id, Attempt.number, Attempt.state, Attempt.started_at, Attempt.finished_at,
        Attempt.score,
    )
    .where(
        Attempt.assignment_id == bindparam("assignment"), Attempt.user_id == bindparam("user")
    )
    .order_by(Attempt.number.desc())
    .limit(bindparam("most", type_=sa.Integer()))
)  # fmt: skip

_LONG = ("instructions", "access_code")
_LISTED = [column for column in sa.inspect(Assignment).columns if column.key not in _LONG]

LIVE = sa.or_(
    _A.all_closed_at.is_(None),
    _A.all_closed_at > bindparam("now", type_=_A.all_closed_at.type),
)

ASSIGNED: sa.Select[Any] = (
    sa.select(
        *_LISTED,
        Class.title.label("class_title"),
        SetVersion.question_count,
        _M.time_factor.label("class_factor"),
        Accommodation.opens_at.label("own_opens_at"),
        Accommodation.due_at.label("own_due_at"),
        Accommodation.closes_at.label("own_closes_at"),
        Accommodation.time_factor.label("own_time_factor"),
        Accommodation.extra_attempts,
        GradebookEntry.attempts, GradebookEntry.score, GradebookEntry.late_days,
        GradebookEntry.finished_at,
        _RUNNING.label("running"),
    )
    .select_from(_M)
    .join(Class, Class.id == _M.class_id)
    .join(_A, _A.class_id == _M.class_id)
    .join(SetVersion, SetVersion.id == _A.set_version_id)
    .outerjoin(Accommodation, _OWN_ACCOMMODATION)
    .outerjoin(
        GradebookEntry,
        sa.and_(GradebookEntry.assignment_id == _A.id, GradebookEntry.user_id == _M.user_id),
    )
    .where(_M.user_id == bindparam("user"), _LEARNS)
    .order_by(sa.case((LIVE, 0), else_=1), _A.opens_at.desc(), _A.id.desc())
    .limit(bindparam("most", type_=sa.Integer()))
)  # fmt: skip
"""What a learner was given, what can still be sat first; narrowed down by the caller."""


def _of_entries(column: Any, *only: Any) -> sa.ScalarSelect[Any]:
    found = sa.select(column).where(GradebookEntry.assignment_id == _A.id, *only)
    return found.correlate(_A).scalar_subquery()


_MEMBER = aliased(_M)
_LEARNERS = (
    sa.select(sa.func.count())
    .select_from(_MEMBER)
    .where(
        _MEMBER.class_id == _A.class_id,
        _MEMBER.role == "learner",
        targeted(_MEMBER.user_id, _MEMBER.group_id),
    )
    .correlate(_A)
    .scalar_subquery()
)

COUNTS: tuple[sa.ColumnElement[Any], ...] = (
    _LEARNERS.label("learners"),
    _of_entries(sa.func.count()).label("started"),
    _of_entries(sa.func.count(), GradebookEntry.finished_at.is_not(None)).label("finished"),
    _of_entries(sa.func.count(), GradebookEntry.is_open).label("running"),
    _of_entries(sa.func.coalesce(sa.func.sum(GradebookEntry.needs_review), 0)).label(
        "needs_review"
    ),
)
"""How many it is for, have started, have finished, are sitting it; answers to look at."""

GIVEN: sa.Select[Any] = (
    sa.select(*_LISTED, SetVersion.question_count, *COUNTS)
    .join(SetVersion, SetVersion.id == _A.set_version_id)
    .where(_A.class_id == bindparam("class"))
    .order_by(_A.opens_at.desc(), _A.id.desc())
    .limit(bindparam("most", type_=sa.Integer()))
)

COUNTED: sa.Select[Any] = sa.select(*COUNTS).where(_A.id == bindparam("assignment"))

_NAMED: tuple[Any, ...] = (_M.user_id, _M.sort_name)
ADDRESSED: sa.Select[Any] = (
    sa.select(*_NAMED)
    .join(_A, _A.class_id == _M.class_id)
    .where(_A.id == bindparam("assignment"), _LEARNS, targeted(_M.user_id, _M.group_id))
)
"""Learners that an assignment is for."""


MEMBER_ID = _M.user_id.expression


def not_started() -> sa.Select[Any]:
    """Learners that an assignment is for and who have no attempt."""
    entry = sa.select(GradebookEntry.user_id).where(
        GradebookEntry.assignment_id == _A.id, GradebookEntry.user_id == _M.user_id
    )
    return ADDRESSED.where(~entry.exists())


WAITING: sa.Select[Any] = sa.select(sa.func.count()).select_from(not_started().subquery())
"""How many they are."""


INVITED: sa.Select[Any] = (
    sa.select(sa.func.count())
    .select_from(_A)
    .join(ClassInvitation, ClassInvitation.class_id == _A.class_id)
    .where(
        _A.id == bindparam("assignment"),
        ClassInvitation.role == "learner",
        targeted(None, ClassInvitation.group_id),
    )
)
"""How many people it would be for, once they take the place that waits for them."""

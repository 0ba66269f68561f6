"""Reads for the gradebook: learners in three orders by key, assignments, and what they meet in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.assignments import (
    Accommodation,
    Assignment,
    AssignmentTarget,
    GradebookEntry,
)
from interview.store.classes import ClassGroup, ClassMember
from interview.store.targeting import NARROWED
from interview.store.users import User

_M, _E, _A = ClassMember, GradebookEntry, Assignment

OWN_ENTRY = sa.and_(_E.user_id == _M.user_id, _E.class_id == _M.class_id)

BY_NAME: tuple[Any, ...] = (_M.sort_name, _M.user_id)
BY_MEAN: tuple[Any, ...] = (_M.mean_score, _M.user_id)
BY_SCORE: tuple[Any, ...] = (_E.score, _E.user_id)

_LEARNER: tuple[Any, ...] = (
    _M.user_id, _M.sort_name, _M.group_id, _M.mean_score, _M.finished_count,
    User.display_name, User.email, ClassGroup.title.label("group_title"),
)  # fmt: skip

_CLASS: sa.BindParameter[int] = bindparam("class", type_=sa.Integer())


def _with_account(learners: sa.Select[Any]) -> sa.Select[Any]:
    return (
        learners.join(User, User.id == _M.user_id)
        .outerjoin(ClassGroup, ClassGroup.id == _M.group_id)
        .where(_M.role == "learner")
    )


LEARNERS = _with_account(sa.select(*_LEARNER).select_from(_M)).where(_M.class_id == _CLASS)


def with_score(assignment_id: int) -> sa.Select[Any]:
    """Learners who have a score in an assignment of their class.

    The class is asked of the entries alone: asked of the members too, SQLite would walk all
    of them and sort, and not walk the scores in their order.
    """
    learners = _with_account(sa.select(*_LEARNER).select_from(_E).join(_M, OWN_ENTRY))
    return learners.where(
        _E.class_id == _CLASS, _E.assignment_id == assignment_id, _E.score.is_not(None)
    )


def without_score(assignment_id: int) -> sa.Select[Any]:
    """Learners who have none in it."""
    scored = sa.exists().where(OWN_ENTRY, _E.assignment_id == assignment_id, _E.score.is_not(None))
    return LEARNERS.where(~scored)


def has_entry(condition: sa.ColumnElement[bool], assignment_id: int | None) -> sa.Exists:
    """Whether a learner's entry, in one assignment or in any, is like this."""
    found = sa.exists().where(OWN_ENTRY, condition)
    return found if assignment_id is None else found.where(_E.assignment_id == assignment_id)


# Named as text, for a condition two levels further in, where the statement is out of sight.
LEARNER: tuple[Any, Any] = (
    sa.literal_column("class_members.user_id"),
    sa.literal_column("class_members.group_id"),
)


def has_not_begun(
    is_for_learner: sa.ColumnElement[bool], now: datetime, assignment_id: int | None
) -> sa.Exists:
    """Whether an assignment that has opened waits for a learner's first attempt.

    Parameters
    ----------
    is_for_learner : ColumnElement
        Whether the assignment is for the learner.
    """
    begun = (
        sa.select(_E.user_id)
        .where(_E.assignment_id == _A.id, _E.user_id == LEARNER[0])
        .correlate(_A)
    )
    waiting = (
        sa.select(_A.id)
        .where(
            _A.class_id == _CLASS, _A.archived_at.is_(None),
            _A.opens_at <= sa.literal(now, _A.opens_at.type), is_for_learner, ~begun.exists(),
        )
        .correlate(None)
    )  # fmt: skip
    if assignment_id is not None:
        waiting = waiting.where(_A.id == assignment_id)
    return waiting.exists()


NEWEST_FIRST = (_A.opens_at.desc(), _A.id.desc())

_COLUMN: tuple[Any, ...] = (
    _A.id, _A.title, _A.opens_at, _A.due_at, _A.archived_at, NARROWED.label("narrowed"),
)  # fmt: skip

# A withdrawn assignment stays in the book where somebody had begun it.
COLUMNS: sa.Select[Any] = sa.select(*_COLUMN).where(
    _A.class_id == _CLASS,
    sa.or_(_A.archived_at.is_(None), sa.exists().where(_E.assignment_id == _A.id)),
)

_ENTRY: tuple[Any, ...] = (
    _E.assignment_id, _E.user_id, _E.attempts, _E.is_open, _E.attempt_id, _E.score,
    _E.late_days, _E.needs_review, _E.overridden,
)  # fmt: skip


def entries_of(user_ids: Sequence[int], assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """What some learners have made of some assignments."""
    return sa.select(*_ENTRY).where(_E.assignment_id.in_(assignment_ids), _E.user_id.in_(user_ids))


def targets_of(user_ids: Sequence[int], assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """The groups that some assignments are for, and those of some learners that they name."""
    target = AssignmentTarget
    columns: tuple[Any, ...] = (target.assignment_id, target.group_id, target.user_id)
    return sa.select(*columns).where(
        target.assignment_id.in_(assignment_ids),
        sa.or_(target.group_id.is_not(None), target.user_id.in_(user_ids)),
    )


_GROUP: tuple[Any, ...] = (ClassGroup.id, ClassGroup.title)

GROUPS: sa.Select[Any] = (
    sa.select(*_GROUP).where(ClassGroup.class_id == _CLASS).order_by(ClassGroup.title)
)

_PERSON: tuple[Any, ...] = (
    User.display_name, User.email, _M.role, _M.group_id, _M.mean_score, _M.finished_count,
    _M.time_factor, ClassGroup.title.label("group_title"),
    sa.exists()
    .where(_E.class_id == _CLASS, _E.user_id == bindparam("user"))
    .label("begun"),
)  # fmt: skip

# Whoever has left the class is still found by what they had begun.
PERSON: sa.Select[Any] = (
    sa.select(*_PERSON)
    .select_from(User)
    .outerjoin(_M, sa.and_(_M.user_id == User.id, _M.class_id == _CLASS))
    .outerjoin(ClassGroup, ClassGroup.id == _M.group_id)
    .where(User.id == bindparam("user"))
)


def begun_by(user_id: int) -> sa.Exists:
    """Whether a learner has begun an assignment of the enclosing statement."""
    return sa.exists().where(_E.assignment_id == _A.id, _E.user_id == user_id)


def accommodations_of(user_id: int, assignment_ids: Sequence[int]) -> sa.Select[Any]:
    """One learner's own terms for some assignments."""
    own = Accommodation
    columns: tuple[Any, ...] = (
        own.assignment_id, own.opens_at, own.due_at, own.closes_at, own.time_factor,
        own.extra_attempts, own.reason,
    )  # fmt: skip
    return sa.select(*columns).where(own.user_id == user_id, own.assignment_id.in_(assignment_ids))


def moment_key(opens_at: datetime, assignment_id: int) -> Any:
    """A place in the order of assignments, as the database compares it."""
    return sa.tuple_(sa.literal(opens_at, _A.opens_at.type), sa.literal(assignment_id))

"""Reads around the grades of an assigned attempt: their history, and what is to be read next."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt, AttemptItem
from interview.store.classes import ClassMember
from interview.store.grades import Grade, Submission
from interview.store.users import User

_A, _S, _G = Attempt, Submission, Grade

NEWEST_GRADE = (
    sa.select(sa.func.max(_G.id)).where(_G.submission_id == _S.id).correlate(_S).scalar_subquery()
)

_UNSURE = (
    sa.select(sa.func.count())
    .select_from(_S)
    .join(_G, _G.id == NEWEST_GRADE)
    .where(_S.attempt_id == _A.id, _G.needs_review)
    .correlate(_A)
    .scalar_subquery()
)
"""How many answers of an attempt ask for a person's eye."""

_ATTEMPT: tuple[Any, ...] = (
    _A.id, _A.assignment_id, _A.number, _A.state, _A.score, _A.started_at, _A.finished_at,
    _A.finish_reason, _UNSURE.label("needs_review"),
)  # fmt: skip


def attempts_of(
    user_id: int, assignment_ids: Sequence[int], most: int | None, counting: Sequence[int]
) -> sa.Select[Any]:
    """Attempts of one learner at some assignments, in the order of their numbers.

    Parameters
    ----------
    most : int or None
        The newest of each alone, and those in `counting`; None for all.
    """
    statement = (
        sa.select(*_ATTEMPT)
        .where(_A.user_id == user_id, _A.assignment_id.in_(assignment_ids))
        .order_by(_A.assignment_id, _A.number)
    )
    if most is None:
        return statement
    age = sa.func.row_number().over(partition_by=_A.assignment_id, order_by=_A.number.desc())
    ranked = (
        sa.select(_A.id, age.label("age"))
        .where(_A.user_id == user_id, _A.assignment_id.in_(assignment_ids))
        .subquery()
    )
    newest = sa.select(ranked.c.id).where(ranked.c.age <= most)
    return statement.where(sa.or_(_A.id.in_(newest), _A.id.in_(counting)))


_HEADER: tuple[Any, ...] = (
    _A.id, _A.user_id, _A.assignment_id, _A.number, _A.state, _A.item_count,
    User.display_name, ClassMember.sort_name, Assignment.title,
)  # fmt: skip

HEADER: sa.Select[Any] = (
    sa.select(*_HEADER)
    .join(Assignment, Assignment.id == _A.assignment_id)
    .join(User, User.id == _A.user_id)
    .outerjoin(
        ClassMember,
        sa.and_(ClassMember.class_id == Assignment.class_id, ClassMember.user_id == _A.user_id),
    )
    .where(_A.id == bindparam("attempt"))
)

_NUMBER: tuple[Any, ...] = (_A.id, _A.number)
_NEXT: tuple[Any, ...] = (_A.id, _A.user_id, User.display_name)
_OWN = (_A.assignment_id == bindparam("assignment"), _A.user_id == bindparam("user"))

PREVIOUS: sa.Select[Any] = (
    sa.select(*_NUMBER)
    .where(*_OWN, _A.number < bindparam("number"))
    .order_by(_A.number.desc())
    .limit(1)
)
FOLLOWING: sa.Select[Any] = (
    sa.select(*_NUMBER).where(*_OWN, _A.number > bindparam("number")).order_by(_A.number).limit(1)
)

_TURN: tuple[Any, ...] = (ClassMember.sort_name, ClassMember.user_id, _A.number)

# Learners by name, as the gradebook has them; only those whose entry says so are looked at.
TO_REVIEW: sa.Select[Any] = (
    sa.select(*_NEXT)
    .select_from(GradebookEntry)
    .join(
        ClassMember,
        sa.and_(
            ClassMember.class_id == GradebookEntry.class_id,
            ClassMember.user_id == GradebookEntry.user_id,
        ),
    )
    .join(User, User.id == GradebookEntry.user_id)
    .join(
        _A,
        sa.and_(
            _A.assignment_id == GradebookEntry.assignment_id,
            _A.user_id == GradebookEntry.user_id,
        ),
    )
    .where(
        GradebookEntry.assignment_id == bindparam("assignment"),
        GradebookEntry.needs_review > 0,
        _A.id != bindparam("attempt"),
        _A.state == "finished",
        _UNSURE > 0,
    )
    .order_by(*_TURN)
    .limit(1)
)
TO_REVIEW_LATER = TO_REVIEW.where(
    sa.tuple_(*_TURN)
    > sa.tuple_(
        bindparam("name", type_=sa.Text()),
        bindparam("user", type_=sa.Integer()),
        bindparam("number", type_=sa.Integer()),
    )
)

_GIVEN: tuple[Any, ...] = (
    _G.id, _S.position, _G.score, _G.needs_review, _G.graded_by, _G.reason, _G.grader_version,
    _G.created_at, User.display_name,
)  # fmt: skip

GRADES: sa.Select[Any] = (
    sa.select(*_GIVEN)
    .join(_S, _S.id == _G.submission_id)
    .outerjoin(User, User.id == _G.graded_by)
    .where(_S.attempt_id == bindparam("attempt"))
    .order_by(_S.position, _G.id)
)

_ANSWER: tuple[Any, ...] = (
    _S.id.label("submission_id"), _G.id.label("grade_id"), _G.verdict, _G.graded_by, _G.reason,
    _G.question_version_id, _G.grader_version,
)  # fmt: skip

ANSWER: sa.Select[Any] = (
    sa.select(*_ANSWER)
    .select_from(_S)
    .join(_G, _G.id == NEWEST_GRADE)
    .where(_S.attempt_id == bindparam("attempt"), _S.position == bindparam("position"))
)

_VERDICT: tuple[Any, ...] = (_G.id, _G.verdict, _G.question_version_id)

BY_GRADER: sa.Select[Any] = (
    sa.select(*_VERDICT)
    .where(_G.submission_id == bindparam("submission"), _G.grader_version != bindparam("person"))
    .order_by(_G.id.desc())
    .limit(1)
)

GRADE: sa.Select[Any] = sa.select(*_VERDICT).where(
    _G.id == bindparam("grade"), _G.submission_id == bindparam("submission")
)

_STATE: tuple[Any, ...] = (_A.id, _A.state)

LOCK: sa.Select[Any] = sa.select(*_STATE).where(_A.id == bindparam("attempt")).with_for_update()

NEWEST: sa.Select[Any] = sa.select(sa.func.max(_G.id)).where(
    _G.submission_id == bindparam("submission")
)

_SCORE: tuple[Any, ...] = (AttemptItem.score, AttemptItem.points)

SCORES: sa.Select[Any] = sa.select(*_SCORE).where(AttemptItem.attempt_id == bindparam("attempt"))

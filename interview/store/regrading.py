"""What a regrade run is about: its scope, and the answers in it with their newest grades."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import Session

from interview.store.appeals import PersonalWording
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionVersion
from interview.store.classes import Class, ClassMember
from interview.store.grades import Grade, Submission
from interview.store.marking import NEWEST_GRADE
from interview.store.regrades import RegradeRun

Condition = sa.ColumnElement[bool]

_A, _I, _S, _G = Attempt, AttemptItem, Submission, Grade
_RUN = RegradeRun

ANSWERED: Condition = sa.and_(_I.attempt_id == _S.attempt_id, _I.position == _S.position)

RUN: sa.Select[Any] = sa.select(*sa.inspect(_RUN).columns).where(_RUN.id == bindparam("run"))


def assignments_in(scope: str, assignment_id: int | None, owner_id: int | None) -> sa.Select[Any]:
    """Select the assignments of a scope: of classes that can be changed."""
    found = sa.select(Assignment.id).join(Class, Class.id == Assignment.class_id)
    if scope == "assignment":
        return found.where(Assignment.id == assignment_id)
    found = found.where(Class.archived_at.is_(None))
    if scope == "everywhere":
        return found
    taught = sa.and_(ClassMember.class_id == Class.id, ClassMember.user_id == owner_id)
    return found.join(ClassMember, taught).where(ClassMember.role == "instructor")


def in_scope(run: Any) -> list[Condition]:
    """What holds for the answers of a run, of their attempts and items.

    Parameters
    ----------
    run : Row
        ``scope``, ``assignment_id``, ``owner_id`` and ``question_id``.
    """
    given = assignments_in(run.scope, run.assignment_id, run.owner_id)
    fits: Condition = (
        _A.assignment_id == run.assignment_id
        if run.scope == "assignment"
        else _A.assignment_id.in_(given)
    )
    if run.scope == "everywhere":
        fits = sa.or_(_A.assignment_id.is_(None), fits)
    if run.question_id is None:
        return [fits]
    return [fits, _I.question_version_id.in_(versions_of(run.question_id))]


def versions_of(question_id: int) -> sa.Select[Any]:
    """Select the versions of a question."""
    return sa.select(QuestionVersion.id).where(QuestionVersion.question_id == question_id)


def submissions(run: Any) -> sa.Select[Any]:
    """Select the answers of a run's scope, by number; to be narrowed down and ordered."""
    return (
        sa.select(sa.inspect(_S).columns["id"])
        .join(_I, ANSWERED)
        .join(_A, _A.id == _S.attempt_id)
        .where(*in_scope(run))
    )


def count(session: Session, run: Any, fits: Condition) -> int:
    """Count the answers of a run's scope that fulfil a condition."""
    wanted = submissions(run).where(fits).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(wanted)) or 0


_HANDED_IN: tuple[Any, ...] = (
    _S.id, _S.text, _I.question_version_id.label("shown_id"), QuestionVersion.question_id,
    _A.assignment_id, _A.user_id,
    _G.id.label("grade_id"), _G.question_version_id.label("graded_id"), _G.grader_version,
    _G.score, _G.needs_review, _G.verdict, _G.graded_by, _G.own_points,
)  # fmt: skip

ANSWERS: sa.Select[Any] = (
    sa.select(*_HANDED_IN)
    .select_from(_S)
    .join(_I, ANSWERED)
    .join(QuestionVersion, QuestionVersion.id == _I.question_version_id)
    .join(_A, _A.id == _S.attempt_id)
    .join(_G, _G.id == NEWEST_GRADE)
    .where(_S.id.in_(bindparam("submissions", expanding=True)))
    .order_by(_S.id)
)
"""Answers with their newest grades."""

_WORDING: tuple[Any, ...] = (
    PersonalWording.user_id, PersonalWording.question_id, PersonalWording.point_id,
    PersonalWording.wording,
)  # fmt: skip

WORDINGS: sa.Select[Any] = (
    sa.select(*_WORDING)
    .where(
        PersonalWording.user_id.in_(bindparam("users", expanding=True)),
        PersonalWording.question_id.in_(bindparam("questions", expanding=True)),
    )
    .order_by(PersonalWording.id)
)
"""Personal wordings of some learners, in the order in which they were added."""

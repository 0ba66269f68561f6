"""Reads about contested key points: beside an answer, of a learner, of a class."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import Session, aliased

from interview.store.appeals import Appeal
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionVersion
from interview.store.classes import Class, ClassMember
from interview.store.grades import Submission
from interview.store.marking import NEWEST_GRADE
from interview.store.regrades import AssignmentRubric, RegradeRun
from interview.store.reviewing import POLICY_COLUMNS
from interview.store.types import AnyRow as Row
from interview.store.users import User

Condition = sa.ColumnElement[bool]

_P, _S, _A = Appeal, Submission, Attempt
_DECIDER = aliased(User)
_APPEAL: tuple[Any, ...] = tuple(sa.inspect(Appeal).columns)
# As a literal, so that the index of those that stand is used.
_STANDING = _P.status != sa.literal_column("'withdrawn'")

OF_ATTEMPT: sa.Select[Any] = (
    sa.select(*_APPEAL, _S.position, _DECIDER.display_name.label("decider"))
    .join(_S, _S.id == _P.submission_id)
    .outerjoin(_DECIDER, _DECIDER.id == _P.decided_by)
    .where(_S.attempt_id == bindparam("attempt"), _STANDING)
)
"""What stands against the grades of one attempt."""

STANDING: sa.Select[Any] = sa.select(_P.id).where(
    _P.submission_id == bindparam("submission"), _P.point_id == bindparam("point"), _STANDING
)

_ASKED: tuple[Any, ...] = (
    _S.id.label("submission_id"), _S.text, NEWEST_GRADE.label("grade_id"),
    _A.state, _A.number, Assignment.id.label("assignment_id"), Assignment.title,
    Assignment.time_zone, Assignment.class_id, Assignment.appeals, Assignment.appeals_from,
    Assignment.appeals_until, Class.archived_at.label("class_archived_at"),
)  # fmt: skip

ANSWER: sa.Select[Any] = (
    sa.select(*_ASKED)
    .select_from(_S)
    .join(_A, _A.id == _S.attempt_id)
    .join(Assignment, Assignment.id == _A.assignment_id)
    .join(Class, Class.id == Assignment.class_id)
    .where(
        _S.attempt_id == bindparam("attempt"),
        _S.position == bindparam("position"),
        _A.user_id == bindparam("user"),
    )
)
"""A graded answer of a learner in an assignment."""

STAFF: sa.Select[Any] = sa.select(ClassMember.user_id).where(
    ClassMember.class_id == bindparam("class"), ClassMember.role.in_(("assistant", "instructor"))
)

_WHOLE: tuple[Any, ...] = (
    *_APPEAL,
    _S.attempt_id, _S.position, _A.number, _A.state,
    AttemptItem.question_version_id.label("shown_version_id"), AttemptItem.rubric_version_id,
    QuestionVersion.question_id, QuestionVersion.prompt,
    Assignment.class_id, Assignment.title, Assignment.time_zone, *POLICY_COLUMNS,
    User.display_name.label("learner"), _DECIDER.display_name.label("decider"),
)  # fmt: skip

_ALL: sa.Select[Any] = (
    sa.select(*_WHOLE)
    .join(_S, _S.id == _P.submission_id)
    .join(_A, _A.id == _S.attempt_id)
    .join(
        AttemptItem,
        sa.and_(AttemptItem.attempt_id == _A.id, AttemptItem.position == _S.position),
    )
    .join(QuestionVersion, QuestionVersion.id == AttemptItem.question_version_id)
    .join(Assignment, Assignment.id == _P.assignment_id)
    .join(Class, Class.id == Assignment.class_id)
    .join(User, User.id == _P.user_id)
    .outerjoin(_DECIDER, _DECIDER.id == _P.decided_by)
)


def appeal(session: Session, appeal_id: int) -> Row | None:
    """One appeal with its answer, question, assignment and people."""
    return session.execute(_ALL.where(_P.id == appeal_id)).first()


def newest(session: Session, fits: Sequence[Condition], most: int) -> Sequence[Row]:
    """Some appeals, the newest first."""
    return session.execute(_ALL.where(*fits).order_by(_P.id.desc()).limit(most)).all()


def oldest(session: Session, fits: Sequence[Condition], most: int) -> Sequence[Row]:
    """Some appeals, the oldest first."""
    return session.execute(_ALL.where(*fits).order_by(_P.id).limit(most)).all()


def in_class(class_id: int) -> Condition:
    """Whether an appeal is about an assignment of a class."""
    return Assignment.class_id == class_id


def about(question_id: int, point_id: str) -> Condition:
    """Whether an appeal is about a key point of a question, whatever its version."""
    return sa.and_(QuestionVersion.question_id == question_id, _P.point_id == point_id)


_NAMED: tuple[Any, ...] = (Assignment.id, Assignment.title)

ASSIGNMENTS: sa.Select[Any] = (
    sa.select(*_NAMED)
    .where(
        Assignment.class_id == bindparam("class"),
        sa.exists().where(_P.assignment_id == Assignment.id),
    )
    .order_by(Assignment.opens_at.desc(), Assignment.id.desc())
    .limit(bindparam("most", type_=sa.Integer()))
)
"""Assignments of a class in which something was contested."""

_RUNNING = ("waiting", "comparing", "compared", "accepted", "applying")
_SHOWN = aliased(QuestionVersion)

PENDING: sa.Select[Any] = (
    sa.select(RegradeRun.version_id)
    .join(QuestionVersion, QuestionVersion.id == RegradeRun.version_id)
    .join(
        _SHOWN,
        sa.and_(_SHOWN.id == bindparam("shown"), _SHOWN.prompt == QuestionVersion.prompt),
    )
    .where(
        RegradeRun.assignment_id == bindparam("assignment"),
        RegradeRun.question_id == _SHOWN.question_id,
        RegradeRun.kind == "regrade",
        RegradeRun.state.in_(_RUNNING),
    )
    .order_by(RegradeRun.id.desc())
    .limit(1)
)
"""The version of the newest regrade of a question that is on its way in an assignment."""

IN_FORCE: sa.Select[Any] = sa.select(AssignmentRubric.rubric_version_id).where(
    AssignmentRubric.assignment_id == bindparam("assignment"),
    AssignmentRubric.shown_version_id == bindparam("shown"),
)

_WORDING: tuple[Any, ...] = (_P.point_id, _P.wording)

WORDINGS: sa.Select[Any] = (
    sa.select(*_WORDING)
    .join(QuestionVersion, QuestionVersion.id == _P.made_version_id)
    .where(
        _P.assignment_id == bindparam("assignment"),
        _P.status == "accepted",
        QuestionVersion.question_id == bindparam("question"),
    )
)
"""What was accepted in an assignment as other wordings of a question's key points."""

RUN: sa.Select[Any] = (
    sa.select(RegradeRun.id)
    .where(RegradeRun.appeal_id == bindparam("appeal"), RegradeRun.kind == "regrade")
    .order_by(RegradeRun.id)
    .limit(1)
)
"""The regrade that followed from an appeal."""

"""Reads of regrade runs for their pages, for messages about them, and for the audit log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import Session, aliased

from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import Class, ClassMember
from interview.store.grades import Grade, Submission
from interview.store.jobs import Job
from interview.store.regrades import RegradeItem, RegradeRun
from interview.store.regrading import ANSWERED, Condition, submissions
from interview.store.types import AnyRow as Row
from interview.store.users import User

_A, _I, _S, _G = Attempt, AttemptItem, Submission, Grade
_RUN, _ITEM = RegradeRun, RegradeItem

_OWNER, _UNDONE = aliased(User), aliased(RegradeRun)
_JOB = (
    sa.select(sa.func.max(sa.inspect(Job).columns["id"]))
    .where(Job.kind == "regrade", Job.subject_id == _RUN.id)
    .correlate(_RUN)
    .scalar_subquery()
)

SCREEN: sa.Select[Any] = (
    sa.select(
        *sa.inspect(_RUN).columns,
        Assignment.title.label("assignment"), Class.title.label("class_title"),
        Assignment.class_id, QuestionVersion.prompt, _OWNER.display_name.label("owner"),
        _UNDONE.id.label("undone_by"), Job.progress, Job.total,
    )
    .select_from(_RUN)
    .outerjoin(Assignment, Assignment.id == _RUN.assignment_id)
    .outerjoin(Class, Class.id == Assignment.class_id)
    .outerjoin(Question, Question.id == _RUN.question_id)
    .outerjoin(
        QuestionVersion,
        QuestionVersion.id == sa.func.coalesce(_RUN.version_id, Question.current_version_id),
    )
    .outerjoin(_OWNER, _OWNER.id == _RUN.owner_id)
    .outerjoin(_UNDONE, _UNDONE.undoes_id == _RUN.id)
    .outerjoin(Job, Job.id == _JOB)
    .where(_RUN.id == bindparam("run"))
)  # fmt: skip
"""All of a run's columns, and what its page says beside them."""


def _items_that(fits: Condition, name: str) -> sa.ColumnElement[Any]:
    return sa.func.count(sa.case((fits, 1))).label(name)


_EQUIVALENT: Condition = _ITEM.is_equivalent.expression

_COUNTED: tuple[Any, ...] = (
    _items_that(_EQUIVALENT, "equivalent"),
    _items_that(_ITEM.outcome == "overtaken", "overtaken"),
    _items_that(_ITEM.outcome == "kept", "kept"),
    sa.func.count(sa.distinct(_A.user_id)).label("learners"),
)

COUNTS: sa.Select[Any] = (
    sa.select(*_COUNTED)
    .select_from(_ITEM)
    .join(_S, _S.id == _ITEM.submission_id)
    .join(_A, _A.id == _S.attempt_id)
    .where(_ITEM.run_id == bindparam("run"))
)

_SHOWN: tuple[Any, ...] = (
    _ITEM.submission_id, _ITEM.old_score, _ITEM.new_score, _ITEM.changes, _ITEM.is_equivalent,
    _ITEM.outcome, _ITEM.verdict["needs_review"].as_boolean().label("needs_review"),
    _ITEM.verdict["grader_version"].as_string().label("grader_version"),
    _G.needs_review.label("needed_review"), _G.grader_version.label("graded_by_version"),
    _A.assignment_id, _S.attempt_id, _S.position, _S.text, QuestionVersion.prompt,
    User.display_name.label("learner"), Assignment.title.label("assignment"),
)  # fmt: skip

ITEMS: sa.Select[Any] = (
    sa.select(*_SHOWN)
    .select_from(_ITEM)
    .join(_S, _S.id == _ITEM.submission_id)
    .join(_I, ANSWERED)
    .join(QuestionVersion, QuestionVersion.id == _I.question_version_id)
    .join(_A, _A.id == _S.attempt_id)
    .join(User, User.id == _A.user_id)
    .join(_G, _G.id == _ITEM.base_grade_id)
    .outerjoin(Assignment, Assignment.id == _A.assignment_id)
    .where(_ITEM.run_id == bindparam("run"), _ITEM.submission_id > bindparam("after"))
    .order_by(_ITEM.submission_id)
    .limit(bindparam("most", type_=sa.Integer()))
)

FILTERED: dict[str, Condition] = {
    "all": sa.true(),
    "equivalent": _EQUIVALENT,
    "raised": _ITEM.new_score > _ITEM.old_score,
    "lowered": _ITEM.new_score < _ITEM.old_score,
    "passed": _ITEM.outcome.in_(("overtaken", "kept")),
}


def items(session: Session, named: dict[str, Any], only: str, teacher: int | None) -> Sequence[Row]:
    """Changes of a run, in the order of the answers.

    Parameters
    ----------
    named : dict
        ``run``, ``after`` (the last answer of the page before) and ``most``.
    only : str
        A key of `FILTERED`.
    teacher : int or None
        Only answers of classes that this person teaches; None for all.
    """
    wanted = ITEMS.where(FILTERED[only])
    if teacher is not None:
        taught = sa.select(ClassMember.class_id).where(
            ClassMember.user_id == teacher, ClassMember.role == "instructor"
        )
        wanted = wanted.where(Assignment.class_id.in_(taught))
    return session.execute(wanted, named).all()


_LISTED: tuple[Any, ...] = (
    _RUN.id, _RUN.kind, _RUN.scope, _RUN.state, _RUN.reason, _RUN.answers, _RUN.changed,
    _RUN.applied, _RUN.created_at, Assignment.title.label("assignment"), QuestionVersion.prompt,
    _OWNER.display_name.label("owner"),
)  # fmt: skip

_RUNS: sa.Select[Any] = (
    sa.select(*_LISTED)
    .select_from(_RUN)
    .outerjoin(Assignment, Assignment.id == _RUN.assignment_id)
    .outerjoin(Question, Question.id == _RUN.question_id)
    .outerjoin(
        QuestionVersion,
        QuestionVersion.id == sa.func.coalesce(_RUN.version_id, Question.current_version_id),
    )
    .outerjoin(_OWNER, _OWNER.id == _RUN.owner_id)
    .order_by(_RUN.id.desc())
)


def runs(session: Session, fits: Sequence[Condition], most: int) -> Sequence[Row]:
    """Some runs that fulfil all conditions, the newest first."""
    return session.execute(_RUNS.where(*fits).limit(most)).all()


BY_CLASS: sa.Select[Any] = (
    sa.select(
        Assignment.class_id,
        sa.func.count().label("changed"),
        _items_that(_ITEM.new_score > _ITEM.old_score, "raised"),
        _items_that(_ITEM.new_score < _ITEM.old_score, "lowered"),
        _items_that(_ITEM.outcome == "applied", "applied"),
    )
    .select_from(_ITEM)
    .join(_S, _S.id == _ITEM.submission_id)
    .join(_A, _A.id == _S.attempt_id)
    .outerjoin(Assignment, Assignment.id == _A.assignment_id)
    .where(_ITEM.run_id == bindparam("run"))
    .group_by(Assignment.class_id)
    .order_by(Assignment.class_id)
)
"""What a run would change, or has changed, by class; own practice has none."""

_PLACE: tuple[Any, ...] = (
    _A.user_id, _A.assignment_id,
    sa.func.coalesce(Assignment.title, "").label("title"),
    sa.func.count().label("answers"),
    sa.func.max(_S.attempt_id).label("attempt_id"),
    sa.func.max(_S.position).label("position"),
)  # fmt: skip

_CONCERNED: sa.Select[Any] = (
    sa.select(*_PLACE)
    .select_from(_ITEM)
    .join(_S, _S.id == _ITEM.submission_id)
    .join(_A, _A.id == _S.attempt_id)
    .outerjoin(Assignment, Assignment.id == _A.assignment_id)
    .where(_ITEM.run_id == bindparam("run"), _ITEM.outcome == "applied")
    .group_by(_A.user_id, _A.assignment_id, Assignment.title)
    .order_by(_A.user_id, sa.func.max(_S.attempt_id))
)


def concerned(session: Session, run_id: int, since: datetime | None) -> Sequence[Row]:
    """Whose grades a run has changed after a moment, and where; the newest attempt last."""
    wanted = _CONCERNED
    if since is not None:
        wanted = wanted.join(_G, _G.id == _ITEM.grade_id).where(_G.created_at > since)
    return session.execute(wanted, {"run": run_id}).all()


_LATER = aliased(Grade)
_NEWEST = (
    sa.select(sa.func.max(_G.id))
    .where(_G.submission_id == _ITEM.submission_id)
    .correlate(_ITEM)
    .scalar_subquery()
)
_OUTDATED = (
    sa.select(sa.literal(1))
    .select_from(_ITEM)
    .join(_LATER, _LATER.id == _NEWEST)
    .where(
        _ITEM.run_id == bindparam("run"),
        _LATER.id != _ITEM.base_grade_id,
        _LATER.regrade_run_id.is_not(None),
        _LATER.question_version_id != _ITEM.version_id,
    )
    .limit(1)
)


def is_outdated(session: Session, run_id: int) -> bool:
    """Whether another run has regraded an answer of this one meanwhile, by another version."""
    return session.scalar(_OUTDATED, {"run": run_id}) is not None


def pass_over(session: Session, run: Any) -> int:
    """Let changes be that are no longer in the scope of their run, and count them."""
    passed = session.execute(
        sa.update(_ITEM)
        .where(_ITEM.run_id == run.id, _ITEM.submission_id.not_in(submissions(run)))
        .values(outcome="overtaken")
        .returning(_ITEM.submission_id),
        execution_options={"synchronize_session": False},
    )
    return len(passed.all())

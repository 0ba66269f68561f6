"""Statements of the worker that compares and regrades: whole chunks at once."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.classes import Class
from interview.store.db import table
from interview.store.grades import Grade, Submission
from interview.store.regrades import RegradeItem, RegradeRun
from interview.store.users import User

_A, _I, _S, _G = Attempt, AttemptItem, Submission, Grade
_RUN, _ITEM = RegradeRun, RegradeItem
_CHUNK: sa.BindParameter[Any] = bindparam("submissions", expanding=True)

LOCK: sa.Select[Any] = (
    sa.select(*sa.inspect(_RUN).columns).where(_RUN.id == bindparam("run")).with_for_update()
)
"""A run, for one transaction at a time."""

ADD_ITEMS = sa.insert(table(_ITEM))

_TO_APPLY: tuple[Any, ...] = (
    _ITEM.submission_id, _ITEM.base_grade_id, _ITEM.old_score, _ITEM.new_score, _ITEM.changes,
    _ITEM.verdict["needs_review"].as_boolean().label("needs_review"),
    _G.needs_review.label("needed_review"),
    _S.attempt_id, _S.position, _A.assignment_id, _A.user_id, _A.number,
    Assignment.class_id, Class.archived_at, User.display_name.label("learner"), _A.title,
)  # fmt: skip

PENDING: sa.Select[Any] = (
    sa.select(*_TO_APPLY)
    .select_from(_ITEM)
    .join(_S, _S.id == _ITEM.submission_id)
    .join(_A, _A.id == _S.attempt_id)
    .join(User, User.id == _A.user_id)
    .join(_G, _G.id == _ITEM.base_grade_id)
    .outerjoin(Assignment, Assignment.id == _A.assignment_id)
    .outerjoin(Class, Class.id == Assignment.class_id)
    .where(_ITEM.run_id == bindparam("run"), _ITEM.outcome == "pending")
    .order_by(_ITEM.submission_id)
    .limit(bindparam("most", type_=sa.Integer()))
)
"""The next changes that are to be written."""

_STATE: tuple[Any, ...] = (_A.id, _A.state)
_NEWEST: tuple[Any, ...] = (_G.submission_id, sa.func.max(_G.id).label("grade_id"))
_SCORE: tuple[Any, ...] = (_I.attempt_id, _I.score, _I.points)

LOCK_ATTEMPTS: sa.Select[Any] = (
    sa.select(*_STATE)
    .where(_A.id.in_(bindparam("attempts", expanding=True)))
    .order_by(_A.id)
    .with_for_update()
)

NEWEST: sa.Select[Any] = (
    sa.select(*_NEWEST).where(_G.submission_id.in_(_CHUNK)).group_by(_G.submission_id)
)

_COPIED = {
    "submission_id": _ITEM.submission_id,
    "question_version_id": _ITEM.version_id,
    "grader_version": _ITEM.verdict["grader_version"].as_string(),
    "score": _ITEM.new_score,
    "needs_review": _ITEM.verdict["needs_review"].as_boolean(),
    "verdict": _ITEM.verdict,
    "own_points": _ITEM.own_points,
    "regrade_run_id": _ITEM.run_id,
    "reason": bindparam("reason", type_=sa.Text()),
    "created_at": bindparam("now", type_=table(Grade).c.created_at.type),
}

# The verdicts do not pass through here: they are as large as all the rest.
ADD_GRADES = sa.insert(table(Grade)).from_select(
    list(_COPIED),
    sa.select(*_COPIED.values())
    .where(_ITEM.run_id == bindparam("run"), _ITEM.submission_id.in_(_CHUNK))
    .order_by(_ITEM.submission_id),
)

_OF_RUN = (_ITEM.run_id == bindparam("run"), _ITEM.submission_id.in_(_CHUNK))
_WRITTEN = (
    sa.select(sa.func.max(_G.id))
    .where(_G.submission_id == _ITEM.submission_id, _G.regrade_run_id == _ITEM.run_id)
    .correlate(_ITEM)
    .scalar_subquery()
)

NOTE_APPLIED = sa.update(_ITEM).where(*_OF_RUN).values(outcome="applied", grade_id=_WRITTEN)
NOTE_PASSED = (
    sa.update(_ITEM).where(*_OF_RUN).values(outcome=bindparam("to_outcome", type_=sa.Text()))
)

_ITEMS, _ATTEMPTS = table(_I), table(_A)

PUT_ITEM_SCORE = (
    sa.update(_ITEMS)
    .where(_ITEMS.c.attempt_id == bindparam("attempt"), _ITEMS.c.position == bindparam("at"))
    .values(score=bindparam("to_score"))
)

SCORES: sa.Select[Any] = (
    sa.select(*_SCORE)
    .where(_I.attempt_id.in_(bindparam("attempts", expanding=True)))
    .order_by(_I.attempt_id, _I.position)
)

PUT_TOTAL = (
    sa.update(_ATTEMPTS)
    .where(_ATTEMPTS.c.id == bindparam("attempt"))
    .values(score=bindparam("to_score"))
)

_TAKEN_BACK: tuple[Any, ...] = (
    _ITEM.submission_id, _ITEM.grade_id, _ITEM.changes, _ITEM.new_score,
    _G.question_version_id, _G.score, _G.verdict, _G.own_points,
)  # fmt: skip

APPLIED: sa.Select[Any] = (
    sa.select(*_TAKEN_BACK)
    .select_from(_ITEM)
    .join(_G, _G.id == _ITEM.base_grade_id)
    .where(
        _ITEM.run_id == bindparam("run"),
        _ITEM.outcome == "applied",
        _ITEM.submission_id > bindparam("after"),
    )
    .order_by(_ITEM.submission_id)
    .limit(bindparam("most", type_=sa.Integer()))
)
"""What a run has written, with the grades before; those of its undo begin here."""

HAS_ITEM = (
    sa.select(_ITEM.submission_id)
    .where(_ITEM.run_id == bindparam("run"), _ITEM.submission_id == _S.id)
    .correlate(_S)
    .exists()
)

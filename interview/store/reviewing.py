"""Reads for graded answers: one row an item, with its newest grade."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import aliased

from interview.store.appeals import AnswerComment, Appeal
from interview.store.assignments import Assignment
from interview.store.attempts import AttemptItem, Draft
from interview.store.bank import Question, QuestionSet, QuestionTag, QuestionVersion
from interview.store.classes import Class
from interview.store.grades import Grade, Submission
from interview.store.regrades import RegradeRun
from interview.store.users import User

_I, _S, _G, _D = AttemptItem, Submission, Grade, Draft

_NEWEST = (
    sa.select(sa.func.max(_G.id)).where(_G.submission_id == _S.id).correlate(_S).scalar_subquery()
)

_EARLIER = aliased(Grade)
_HAS_STORY = sa.or_(
    sa.exists().where(_EARLIER.submission_id == _S.id, _EARLIER.id < _G.id).correlate(_S, _G),
    sa.exists().where(Appeal.submission_id == _S.id).correlate(_S),
    sa.exists().where(AnswerComment.submission_id == _S.id).correlate(_S),
)

ANSWERS = (
    sa.select(
        _I.position, _I.state, _I.flagged, _I.seconds_used, _I.score,
        QuestionVersion.question_id, QuestionVersion.prompt, QuestionVersion.rubric,
        Question.target_seconds, _S.text, _S.submitted_at, _S.source, _G.verdict,
        _G.id.label("grade_id"), _G.reason, _G.own_points, User.display_name.label("graded_by"),
        _I.points, _D.text.label("draft"), _D.saved_at, _HAS_STORY.label("has_story"),
    )
    .select_from(_I)
    .join(QuestionVersion, QuestionVersion.id == _I.question_version_id)
    .join(Question, Question.id == QuestionVersion.question_id)
    .outerjoin(_S, sa.and_(_S.attempt_id == _I.attempt_id, _S.position == _I.position))
    .outerjoin(_G, _G.id == _NEWEST)
    .outerjoin(User, User.id == _G.graded_by)
    .outerjoin(_D, sa.and_(_D.attempt_id == _I.attempt_id, _D.position == _I.position))
    .where(_I.attempt_id == bindparam("attempt"))
    .order_by(_I.position)
)  # fmt: skip

ANSWER = ANSWERS.where(_I.position == bindparam("position"))

TAGS = (
    sa.select(QuestionTag.question_id, QuestionTag.tag)
    .where(QuestionTag.question_id.in_(bindparam("questions", expanding=True)))
    .order_by(QuestionTag.question_id, QuestionTag.tag)
)

SET_SLUG = sa.select(QuestionSet.slug).where(QuestionSet.id == bindparam("set"))

POLICY_COLUMNS: tuple[Any, ...] = (
    Assignment.all_closed_at,
    Assignment.score_when, Assignment.score_from, Assignment.answer_when, Assignment.answer_from,
    Assignment.points_when, Assignment.points_from,
    Assignment.reference_when, Assignment.reference_from,
    Assignment.appeals, Assignment.appeals_from, Assignment.appeals_until,
    Class.archived_at.label("class_archived_at"),
)  # fmt: skip
"""What an assignment shows its learners, and until when they may contest it."""

_OF_CLASS = Class.id == Assignment.class_id

POLICY: sa.Select[Any] = (
    sa.select(Assignment.id, Assignment.title, *POLICY_COLUMNS)
    .join(Class, _OF_CLASS)
    .where(Assignment.id == bindparam("assignment"))
)

_OF_ATTEMPT = _S.attempt_id == bindparam("attempt")

_TOLD_GRADE: tuple[Any, ...] = (
    _S.position, _G.created_at, _G.score, _G.reason, _G.grader_version, _G.graded_by,
    _G.own_points, _G.regrade_run_id, RegradeRun.kind.label("run_kind"), User.display_name,
)  # fmt: skip

STORY_GRADES: sa.Select[Any] = (
    sa.select(*_TOLD_GRADE)
    .join(_S, _S.id == _G.submission_id)
    .outerjoin(RegradeRun, RegradeRun.id == _G.regrade_run_id)
    .outerjoin(User, User.id == _G.graded_by)
    .where(_OF_ATTEMPT)
    .order_by(_S.position, _G.id)
)

_TOLD_APPEAL: tuple[Any, ...] = (
    _S.position, Appeal.created_at, Appeal.point_id, Appeal.point_text, Appeal.quote,
    Appeal.why, Appeal.status, Appeal.reply, Appeal.decided_at, User.display_name,
)  # fmt: skip

STORY_APPEALS: sa.Select[Any] = (
    sa.select(*_TOLD_APPEAL)
    .join(_S, _S.id == Appeal.submission_id)
    .outerjoin(User, User.id == Appeal.decided_by)
    .where(_OF_ATTEMPT)
    .order_by(Appeal.id)
)

_TOLD_COMMENT: tuple[Any, ...] = (
    _S.position, AnswerComment.created_at, AnswerComment.text, User.display_name,
)  # fmt: skip

STORY_COMMENTS: sa.Select[Any] = (
    sa.select(*_TOLD_COMMENT)
    .join(_S, _S.id == AnswerComment.submission_id)
    .outerjoin(User, User.id == AnswerComment.author_id)
    .where(_OF_ATTEMPT)
    .order_by(AnswerComment.id)
)

"""Reads for graded answers: one row an item, with its newest grade."""

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.assignments import Assignment
from interview.store.attempts import AttemptItem, Draft
from interview.store.bank import Question, QuestionSet, QuestionTag, QuestionVersion
from interview.store.grades import Grade, Submission
from interview.store.users import User

_I, _S, _G, _D = AttemptItem, Submission, Grade, Draft

_NEWEST = (
    sa.select(sa.func.max(_G.id)).where(_G.submission_id == _S.id).correlate(_S).scalar_subquery()
)

ANSWERS = (
    sa.select(
        _I.position, _I.state, _I.flagged, _I.seconds_used, _I.score,
        QuestionVersion.question_id, QuestionVersion.prompt, QuestionVersion.rubric,
        Question.target_seconds, _S.text, _S.submitted_at, _S.source, _G.verdict,
        _G.id.label("grade_id"), _G.reason, User.display_name.label("graded_by"), _I.points,
        _D.text.label("draft"),
        _D.saved_at,
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

POLICY = sa.select(
    Assignment.id, Assignment.title, Assignment.all_closed_at,
    Assignment.score_when, Assignment.score_from, Assignment.answer_when, Assignment.answer_from,
    Assignment.points_when, Assignment.points_from,
    Assignment.reference_when, Assignment.reference_from,
).where(Assignment.id == bindparam("assignment"))  # fmt: skip

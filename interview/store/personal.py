"""Reads around personal wordings: whether there are any, which, and the answers they count in."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.appeals import PersonalWording
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.db import table
from interview.store.grades import Grade, Submission
from interview.store.users import User

_A, _I, _W = table(Attempt).c, table(AttemptItem).c, table(PersonalWording).c
_S, _G, _V = table(Submission).c, table(Grade).c, table(QuestionVersion).c


def has_wordings(question_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """Whether the owner of an item has wordings for its question that count in it.

    Parameters
    ----------
    question_id : ColumnElement
        Of the item's question. The statement reads the item.
    """
    return (
        sa.select(_W.id)
        .join(table(Attempt), _A.user_id == _W.user_id)
        .where(_A.id == _I.attempt_id, _A.assignment_id.is_(None), _W.question_id == question_id)
        .correlate(table(AttemptItem), table(QuestionVersion))
        .exists()
        .label("has_wordings")
    )


_PAIR: tuple[Any, ...] = (_W.point_id, _W.wording)
_OWN = _W.user_id == bindparam("user")

WORDINGS: sa.Select[Any] = (
    sa.select(*_PAIR).where(_OWN, _W.question_id == bindparam("question")).order_by(_W.id)
)

_WHOLE: tuple[Any, ...] = (
    _W.id, _W.question_id, _W.point_id, _W.point_text, _W.wording, _W.submission_id,
    _W.created_at,
)  # fmt: skip

WORDING: sa.Select[Any] = sa.select(*_WHOLE).where(_OWN, _W.id == bindparam("wording"))

LISTED: sa.Select[Any] = (
    sa.select(*_WHOLE, Question.slug, Question.topic, QuestionVersion.prompt)
    .join(Question, Question.id == _W.question_id)
    .outerjoin(QuestionVersion, QuestionVersion.id == Question.current_version_id)
    .where(_OWN)
    .order_by(_W.question_id, _W.id)
)
"""All of somebody's, by question."""

LISTED_AFTER = LISTED.where(
    sa.tuple_(_W.question_id, _W.id)
    > sa.tuple_(bindparam("question", type_=sa.Integer()), bindparam("wording", type_=sa.Integer()))
)

USER_HELD = sa.select(User.id).where(User.id == bindparam("user")).with_for_update(key_share=True)
"""One after the other, so that a limit and a list of wordings hold."""

_NEWEST = sa.select(sa.func.max(_G.id)).where(_G.submission_id == _S.id).scalar_subquery()
_GRADED: tuple[Any, ...] = (
    _A.id.label("attempt_id"), _S.position, _S.id.label("submission_id"), _S.text, _V.question_id,
    _G.id.label("grade_id"), _G.question_version_id, _G.verdict, _G.own_points,
)  # fmt: skip
_ANSWERS: sa.Select[Any] = (
    sa.select(*_GRADED)
    .select_from(table(Submission))
    .join(table(Attempt), _A.id == _S.attempt_id)
    .join(
        table(AttemptItem),
        sa.and_(_I.attempt_id == _S.attempt_id, _I.position == _S.position),
    )
    .join(table(QuestionVersion), _V.id == _I.question_version_id)
    .join(table(Grade), _G.id == _NEWEST.correlate(table(Submission)))
    .where(_A.user_id == bindparam("user"), _A.assignment_id.is_(None))
)

ANSWER = _ANSWERS.where(_A.id == bindparam("attempt"), _S.position == bindparam("position"))
"""One answer of somebody's own practice, with its newest grade."""

_COUNTED = table(Grade).alias("counted").c

COUNTED_ANSWERS = _ANSWERS.where(
    _V.question_id == bindparam("question"),
    _G.own_points.is_not(None),
    sa.select(_COUNTED.id)
    .where(_COUNTED.submission_id == _S.id, _COUNTED.reason == bindparam("reason"))
    .correlate(table(Submission))
    .exists(),
).order_by(_S.id)
"""Answers to a question in which somebody counted a key point, and it counts still."""

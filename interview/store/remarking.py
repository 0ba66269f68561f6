"""Reads for remarks beside answers: what has been said, and about what more can be."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.appeals import AnswerComment
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionVersion
from interview.store.db import table
from interview.store.grades import Submission
from interview.store.users import User

_A, _I, _S = table(Attempt).c, table(AttemptItem).c, table(Submission).c
_C, _T, _V = table(AnswerComment).c, table(Assignment).c, table(QuestionVersion).c
_U = table(User).c

_ANSWER: tuple[Any, ...] = (
    _S.id, _S.text, _A.user_id, _A.number, _U.display_name, _T.title, _V.prompt,
)  # fmt: skip

ANSWER: sa.Select[Any] = (
    sa.select(*_ANSWER)
    .select_from(table(Submission))
    .join(table(Attempt), _A.id == _S.attempt_id)
    .join(table(Assignment), _T.id == _A.assignment_id)
    .join(table(User), _U.id == _A.user_id)
    .join(
        table(AttemptItem),
        sa.and_(_I.attempt_id == _S.attempt_id, _I.position == _S.position),
    )
    .join(table(QuestionVersion), _V.id == _I.question_version_id)
    .where(_S.attempt_id == bindparam("attempt"), _S.position == bindparam("position"))
)
"""An assigned answer, with what was asked and who wrote it."""

_REMARK: tuple[Any, ...] = (
    _C.submission_id, _C.author_id, _C.text, _C.created_at, _U.display_name,
)  # fmt: skip
_REMARKS: sa.Select[Any] = (
    sa.select(*_REMARK)
    .select_from(table(AnswerComment))
    .outerjoin(table(User), _U.id == _C.author_id)
)

LAST: sa.Select[Any] = (
    _REMARKS.where(_C.submission_id == bindparam("submission")).order_by(_C.id.desc()).limit(1)
)


def remarks_on(ids: Sequence[int]) -> sa.Select[Any]:
    """Remarks beside some answers, in their order."""
    return _REMARKS.where(_C.submission_id.in_(ids)).order_by(_C.submission_id, _C.id)

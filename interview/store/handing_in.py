"""Statements that close what is over: drafts handed in, grades written, attempts ended.

As those of `sitting`, they are on columns, and their number a request is fixed.
"""

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.attempts import Attempt, AttemptItem, Draft
from interview.store.bank import QuestionVersion
from interview.store.db import table
from interview.store.grades import Grade, Submission
from interview.store.personal import has_wordings
from interview.store.sitting import DRAFT_JOIN, RUBRIC, bound

_ATTEMPTS, _ITEMS, _DRAFTS = table(Attempt), table(AttemptItem), table(Draft)
_SUBMISSIONS, _VERSIONS = table(Submission), table(QuestionVersion)
_A, _I, _D, _S, _V = _ATTEMPTS.c, _ITEMS.c, _DRAFTS.c, _SUBMISSIONS.c, _VERSIONS.c

ADD_SUBMISSION = sa.insert(_SUBMISSIONS).returning(_S.id)
ADD_GRADE = sa.insert(table(Grade))

ITEMS_TO_CLOSE = (
    sa.select(
        _I.position, _I.state, _I.score, _I.points, _I.seconds_used, _I.deadline_at, _I.cutoff_at,
        _V.question_id, RUBRIC.label("rubric_version_id"), has_wordings(_V.question_id),
        _D.text, _D.revision, _D.saved_at,
    )
    .select_from(_ITEMS)
    .join(_VERSIONS, _V.id == _I.question_version_id)
    .outerjoin(_DRAFTS, DRAFT_JOIN)
    .where(_I.attempt_id == bindparam("attempt"))
    .order_by(_I.position)
)  # fmt: skip

FINISH = (
    sa.update(_ATTEMPTS)
    .where(_A.id == bindparam("attempt"), _A.state == "open")
    .values(
        state=bound("to_state", _A.state),
        finished_at=bound("to_finished", _A.finished_at),
        finish_reason=bound("to_reason", _A.finish_reason),
        score=bound("to_score", _A.score),
        shown_at=None,
        paused_at=None,
    )
)

SUBMITTED_TEXT = sa.select(_S.text, _S.submitted_at).where(
    _S.attempt_id == bindparam("attempt"), _S.position == bindparam("position")
)

OVERDUE = (
    sa.select(_A.id, _A.user_id)
    .where(_A.state == "open", _A.paused_at.is_(None), _A.cutoff_at < bound("now", _A.cutoff_at))
    .union(
        sa.select(_A.id, _A.user_id)
        .join(_ITEMS, sa.and_(_I.attempt_id == _A.id, _I.position == _A.position))
        .where(
            _A.state == "open",
            _A.paused_at.is_(None),
            _I.state == "open",
            _I.cutoff_at < bound("now", _I.cutoff_at),
        )
    )
    .limit(bindparam("most", type_=sa.Integer()))
)

"""Reads for the export: a person, their attempts by key, and all that hangs on some of them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.appeals import AnswerComment, Appeal
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem, Draft
from interview.store.bank import Question, QuestionVersion
from interview.store.grades import Grade, Submission
from interview.store.history import ENDED, NEWEST_FIRST
from interview.store.notices import Notification
from interview.store.releasing import ASSIGNED
from interview.store.users import User

_A, _I, _S, _D, _G = Attempt, AttemptItem, Submission, Draft, Grade
_P, _C, _N = Appeal, AnswerComment, Notification

# Named one by one: what is not named here, the password hash above all, is never read.
_PERSON: tuple[Any, ...] = (
    User.display_name, User.email, User.role, User.time_zone, User.is_guest, User.created_at,
)  # fmt: skip

PERSON: sa.Select[Any] = sa.select(*_PERSON).where(User.id == bindparam("user"))

_ATTEMPT: tuple[Any, ...] = (
    _A.id, _A.title, _A.topic, _A.preset, _A.feedback, _A.state, _A.started_at,
    _A.deadline_at, _A.finished_at, _A.finish_reason, _A.whole_limit_seconds,
    _A.question_limit_seconds, _A.score,
)  # fmt: skip

# What the review policy needs; it is not part of what is exported.
_POLICY: tuple[Any, ...] = (
    Assignment.all_closed_at.label("all_closed_at"),
    *(
        getattr(Assignment, f"{part}_{name}")
        for part in ("score", "answer", "points", "reference")
        for name in ("when", "from")
    ),
)
EXPORTED = tuple(column.key for column in _ATTEMPT)

_ATTEMPTS: sa.Select[Any] = sa.select(*_ATTEMPT, _A.assignment_id, *_POLICY).outerjoin(
    Assignment, ASSIGNED
)

OPEN: sa.Select[Any] = _ATTEMPTS.where(
    _A.user_id == bindparam("user"), _A.finished_at.is_(None)
).order_by(_A.id)

NEWEST: sa.Select[Any] = (
    _ATTEMPTS.where(ENDED).order_by(*NEWEST_FIRST).limit(bindparam("most", type_=sa.Integer()))
)

OLDER: sa.Select[Any] = NEWEST.where(
    sa.tuple_(_A.finished_at, _A.id)
    < sa.tuple_(
        bindparam("finished_at", type_=_A.finished_at.type), bindparam("id", type_=_A.id.type)
    )
)

_REFERENCES: sa.ColumnElement[Any] = QuestionVersion.rubric["references"]

ITEMS: sa.Select[Any] = (
    sa.select(
        _I.attempt_id, _I.position, _I.state, _I.flagged, _I.seconds_used, _I.score,
        QuestionVersion.question_id, QuestionVersion.prompt, _REFERENCES.label("references"),
        Question.slug, Question.topic, Question.difficulty, Question.target_seconds,
        _S.id.label("submission_id"), _S.text, _S.submitted_at, _S.source,
        _D.text.label("draft"), _D.saved_at,
    )
    .select_from(_I)
    .join(QuestionVersion, QuestionVersion.id == _I.question_version_id)
    .join(Question, Question.id == QuestionVersion.question_id)
    .outerjoin(_S, sa.and_(_S.attempt_id == _I.attempt_id, _S.position == _I.position))
    .outerjoin(_D, sa.and_(_D.attempt_id == _I.attempt_id, _D.position == _I.position))
    .where(_I.attempt_id.in_(bindparam("attempts", expanding=True)))
    .order_by(_I.attempt_id, _I.position)
)  # fmt: skip

GRADES: sa.Select[Any] = (
    sa.select(_G.submission_id, _G.created_at, _G.verdict, _G.own_points)
    .where(_G.submission_id.in_(bindparam("submissions", expanding=True)))
    .order_by(_G.submission_id, _G.id)
)

_APPEAL: tuple[Any, ...] = (
    _P.submission_id, _P.point_text, _P.quote, _P.why, _P.status, _P.reply, _P.created_at,
    _P.decided_at, User.display_name.label("decider"),
)  # fmt: skip

APPEALS: sa.Select[Any] = (
    sa.select(*_APPEAL)
    .outerjoin(User, User.id == _P.decided_by)
    .where(_P.submission_id.in_(bindparam("submissions", expanding=True)))
    .order_by(_P.submission_id, _P.id)
)
"""What was contested of some answers, what was withdrawn included."""

_REMARK: tuple[Any, ...] = (
    _C.submission_id, _C.text, _C.created_at, User.display_name.label("author"),
)  # fmt: skip

REMARKS: sa.Select[Any] = (
    sa.select(*_REMARK)
    .outerjoin(User, User.id == _C.author_id)
    .where(_C.submission_id.in_(bindparam("submissions", expanding=True)))
    .order_by(_C.submission_id, _C.id)
)

_TOLD: tuple[Any, ...] = (
    _N.id, _N.kind, _N.words, _N.detail, _N.target, _N.target_id, _N.position,
    _N.created_at, _N.read_at, _N.in_app,
)  # fmt: skip

NOTIFICATIONS: sa.Select[Any] = (
    sa.select(*_TOLD)
    .where(_N.user_id == bindparam("user"), _N.id > bindparam("after"))
    .order_by(_N.id)
    .limit(bindparam("most", type_=sa.Integer()))
)

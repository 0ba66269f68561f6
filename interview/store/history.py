"""Reads for looking back: a person's ended attempts by key, and what they add up to.

Every statement walks ``ix_attempts_history`` backwards from one person's newest ended
attempt and stops after a fixed number of rows.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import InstrumentedAttribute, aliased

from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionSet, QuestionTag, QuestionVersion
from interview.store.grades import Grade, Submission
from interview.store.releasing import ASSIGNED, shown

_A, _I = Attempt, AttemptItem

LEAST_CHANGE = 1e-9
"""Scores that are nearer to each other are the same."""

ENDED = sa.and_(_A.user_id == bindparam("user"), _A.finished_at.is_not(None))
NEWEST_FIRST = (_A.finished_at.desc(), _A.id.desc())

_ANSWERED = (
    sa.select(sa.func.count())
    .where(_I.attempt_id == _A.id, _I.state == "submitted")
    .correlate(_A)
    .scalar_subquery()
)
_SECONDS = (
    sa.select(sa.func.sum(_I.seconds_used))
    .where(_I.attempt_id == _A.id)
    .correlate(_A)
    .scalar_subquery()
)

_NEW, _OLD = aliased(Grade), aliased(Grade)


def _last_grade(*only: Any) -> sa.ScalarSelect[int]:
    grade = aliased(Grade)
    return (
        sa.select(sa.func.max(grade.id))
        .where(grade.submission_id == Submission.id, *(one(grade) for one in only))
        .correlate(Submission, _A)
        .scalar_subquery()
    )


# The answer's newest grade came after the end, and differs from the one that it ended with.
_REGRADED = (
    sa.select(Submission.id)
    .join(_NEW, _NEW.id == _last_grade())
    .join(_OLD, _OLD.id == _last_grade(lambda grade: grade.created_at <= _A.finished_at))
    .where(
        Submission.attempt_id == _A.id,
        _NEW.created_at > _A.finished_at,
        sa.func.abs(_NEW.score - _OLD.score) > LEAST_CHANGE,
    )
    .correlate(_A)
    .exists()
)

LINES: sa.Select[Any] = sa.select(
    _A.id, _A.title, _A.preset, _A.state, _A.finished_at, _A.item_count,
    sa.case((shown("score"), _A.score)).label("score"), shown("score").label("score_shown"),
    _ANSWERED.label("answered"), _SECONDS.label("seconds"),
    sa.and_(shown("score"), _A.score.is_not(None), _REGRADED).label("regraded"),
).outerjoin(Assignment, ASSIGNED).where(ENDED)  # fmt: skip

_LATEST = (
    sa.select(_A.set_id, _A.topic)
    .where(ENDED)
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most", type_=sa.Integer()))
    .subquery()
)

SAT = (
    sa.select(_LATEST.c.topic, _LATEST.c.set_id, QuestionSet.slug, QuestionSet.title)
    .distinct()
    .select_from(_LATEST)
    .outerjoin(QuestionSet, QuestionSet.id == _LATEST.c.set_id)
)

# The items of an open attempt matter only where the attempt stands: no other clock runs.
OVERDUE = (
    sa.select(_A.id)
    .join(_I, sa.and_(_I.attempt_id == _A.id, _I.position == _A.position))
    .where(
        _A.user_id == bindparam("user"),
        _A.state == "open",
        _A.paused_at.is_(None),
        sa.or_(
            _A.cutoff_at < bindparam("now", type_=_A.cutoff_at.type),
            sa.and_(_I.state == "open", _I.cutoff_at < bindparam("now", type_=_I.cutoff_at.type)),
        ),
    )
)

_RESULT: tuple[Any, ...] = (_A.id, _A.title, _A.preset, _A.finished_at, _A.score)

RECENT_RESULTS: sa.Select[Any] = (
    sa.select(*_RESULT)
    .outerjoin(Assignment, ASSIGNED)
    .where(ENDED, _A.state == "finished", shown("score"))
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most", type_=sa.Integer()))
)

_NEWEST = (
    sa.select(_A.id, _A.finished_at)
    .outerjoin(Assignment, ASSIGNED)
    .where(ENDED, shown("score"))
    .order_by(*NEWEST_FIRST)
    .limit(bindparam("most", type_=sa.Integer()))
    .cte("newest")
)

_RANKED = (
    sa.select(
        QuestionVersion.question_id,
        _I.score,
        sa.func.row_number()
        .over(
            partition_by=QuestionVersion.question_id,
            order_by=(_NEWEST.c.finished_at.desc(), _NEWEST.c.id.desc(), _I.position),
        )
        .label("age"),
    )
    .select_from(_NEWEST)
    .join(_I, _I.attempt_id == _NEWEST.c.id)
    .join(QuestionVersion, QuestionVersion.id == _I.question_version_id)
    .where(_I.state == "submitted")
    .cte("ranked")
)


def _mastery(
    kind: str, name: InstrumentedAttribute[str], question: InstrumentedAttribute[int]
) -> sa.Select[Any]:
    return (
        sa.select(
            sa.literal_column(f"'{kind}'").label("kind"),
            name.label("name"),
            sa.func.count().label("questions"),
            sa.func.avg(_RANKED.c.score).label("mean"),
        )
        .select_from(_RANKED)
        .join(name.class_, question == _RANKED.c.question_id)
        .where(_RANKED.c.age == 1)
        .group_by(name)
    )


MASTERY = sa.union_all(
    _mastery("topic", Question.topic, Question.id),
    _mastery("tag", QuestionTag.tag, QuestionTag.question_id),
)

"""Reads of reported problems."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.reports import QuestionReport
from interview.store.types import AnyRow as Row
from interview.store.users import User

Condition = sa.ColumnElement[bool]

_handler = aliased(User)

_REPORTS = (
    sa.select(
        *sa.inspect(QuestionReport).columns,
        QuestionVersion.prompt,
        (Question.current_version_id != QuestionReport.question_version_id).label("changed"),
        User.display_name.label("reporter"),
        _handler.display_name.label("handler"),
    )
    .join(Question, Question.id == QuestionReport.question_id)
    .join(QuestionVersion, QuestionVersion.id == QuestionReport.question_version_id)
    .outerjoin(User, User.id == QuestionReport.reporter_id)
    .outerjoin(_handler, _handler.id == QuestionReport.handled_by)
)

_ASKED = (
    sa.select(
        Attempt.user_id, AttemptItem.state, QuestionVersion.prompt, QuestionVersion.question_id,
        QuestionVersion.id.label("version_id"),
    )
    .join(AttemptItem, AttemptItem.attempt_id == Attempt.id)
    .join(QuestionVersion, QuestionVersion.id == AttemptItem.question_version_id)
    .where(
        Attempt.id == sa.bindparam("attempt"), AttemptItem.position == sa.bindparam("position")
    )
)  # fmt: skip


def asked(session: Session, attempt_id: int, position: int) -> Row | None:
    """What an attempt asks at a place, and whose attempt it is."""
    return session.execute(_ASKED, {"attempt": attempt_id, "position": position}).first()


def answerable_by(author_id: int) -> Condition:
    """Whether an author answers for a question: their own, and the installation's."""
    return sa.or_(Question.owner_id == author_id, Question.owner_id.is_(None))


def reports(session: Session, fits: Sequence[Condition], most: int) -> Sequence[Row]:
    """Some reports that fulfil all conditions, the newest first."""
    query = _REPORTS.where(*fits).order_by(QuestionReport.id.desc()).limit(most)
    return session.execute(query).all()


def waiting(session: Session, reporter_id: int, most: int) -> int:
    """How many reports of a person wait, counted no further than `most`."""
    some = (
        sa.select(QuestionReport.id)
        .where(QuestionReport.reporter_id == reporter_id, QuestionReport.status == "open")
        .limit(most)
    )
    return session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0

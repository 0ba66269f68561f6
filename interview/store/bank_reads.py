"""Reads for those who write questions: saved states, versions, and where they are used."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.attempts import AttemptItem
from interview.store.authoring import QuestionDraft
from interview.store.bank import QuestionSet, QuestionSetItem, QuestionTag, QuestionVersion
from interview.store.sets import AuthoredSet, SetSlot
from interview.store.types import AnyRow as Row
from interview.store.users import User

_DRAFT = sa.select(
    QuestionDraft.revision, QuestionDraft.content, QuestionDraft.saved_at,
    User.display_name.label("author"),
).outerjoin(User, User.id == QuestionDraft.author_id)  # fmt: skip
# Versions have no number of their own: they are counted in the order in which they were written.
_NUMBER = sa.func.row_number().over(order_by=QuestionVersion.id).label("number")
_VERSION = sa.select(
    QuestionVersion.id, QuestionVersion.prompt, QuestionVersion.rubric, QuestionVersion.reason,
    QuestionVersion.created_at, User.display_name.label("author"), _NUMBER,
).outerjoin(User, User.id == QuestionVersion.author_id)  # fmt: skip


def draft(session: Session, question_id: int, revision: int) -> Row | None:
    """One saved state of a question."""
    fits = (QuestionDraft.question_id == question_id, QuestionDraft.revision == revision)
    return session.execute(_DRAFT.where(*fits)).first()


def version(session: Session, question_id: int, version_id: int) -> Row | None:
    """One version of a question, with its ``number``."""
    numbered = _VERSION.where(QuestionVersion.question_id == question_id).subquery()
    return session.execute(sa.select(numbered).where(numbered.c.id == version_id)).first()


def drafts_before(
    session: Session, question_id: int, beyond: sa.ColumnElement[bool], most: int
) -> Sequence[Row]:
    """Some saved states of a question, the newest first."""
    query = _DRAFT.where(QuestionDraft.question_id == question_id, beyond)
    order = (QuestionDraft.saved_at.desc(), QuestionDraft.revision.desc())
    return session.execute(query.order_by(*order).limit(most)).all()


def versions_before(
    session: Session, question_id: int, beyond: sa.ColumnElement[bool], most: int
) -> Sequence[Row]:
    """Some versions of a question, the newest first."""
    numbered = _VERSION.where(QuestionVersion.question_id == question_id).subquery()
    fits = numbered.c.id.in_(
        sa.select(QuestionVersion.id).where(QuestionVersion.question_id == question_id, beyond)
    )
    order = (numbered.c.created_at.desc(), numbered.c.id.desc())
    return session.execute(sa.select(numbered).where(fits).order_by(*order).limit(most)).all()


def version_with(session: Session, question_id: int, content_hash: str) -> int | None:
    """The version of a question that has this content."""
    return session.scalar(
        sa.select(QuestionVersion.id).where(
            QuestionVersion.question_id == question_id,
            QuestionVersion.content_hash == content_hash,
        )
    )


def count_until(session: Session, question_id: int, version_id: int) -> int:
    """The number of a version: how many there are of the question up to it."""
    return session.scalar(
        sa.select(sa.func.count()).where(
            QuestionVersion.question_id == question_id, QuestionVersion.id <= version_id
        )
    ) or 0  # fmt: skip


def write_tags(session: Session, question_id: int, tags: Sequence[str]) -> None:
    """Make these the tags of a question."""
    session.execute(sa.delete(QuestionTag).where(QuestionTag.question_id == question_id))
    if tags:
        rows = [{"question_id": question_id, "tag": tag} for tag in tags]
        session.execute(sa.insert(QuestionTag), rows)


def study_sets(session: Session, question_id: int, most: int) -> Sequence[Row]:
    """Some sets to study that hold a question."""
    return session.execute(
        sa.select(QuestionSet.slug, QuestionSet.title)
        .join(QuestionSetItem, QuestionSetItem.set_id == QuestionSet.id)
        .where(QuestionSetItem.question_id == question_id)
        .order_by(QuestionSet.id)
        .limit(most)
    ).all()


def authored_sets(session: Session, question_id: int, most: int) -> Sequence[Row]:
    """Some question sets that ask a version of a question, each with its owner."""
    used = sa.select(SetSlot.set_id).where(SetSlot.question_version_id.in_(_versions(question_id)))
    return session.execute(
        sa.select(AuthoredSet.id, AuthoredSet.title, AuthoredSet.owner_id)
        .where(AuthoredSet.id.in_(used))
        .order_by(AuthoredSet.id)
        .limit(most)
    ).all()


def times_asked(session: Session, question_id: int, most: int) -> int:
    """In how many attempts a question stands, counted up to a limit."""
    asked = sa.select(AttemptItem.attempt_id).where(
        AttemptItem.question_version_id.in_(_versions(question_id))
    )
    return session.scalar(sa.select(sa.func.count()).select_from(asked.limit(most).subquery())) or 0


def _versions(question_id: int) -> sa.Select[int]:
    return sa.select(QuestionVersion.id).where(QuestionVersion.question_id == question_id)

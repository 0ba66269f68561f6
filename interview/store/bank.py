"""The question bank: questions, their immutable versions, and sets of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interview.store.db import Model


class Question(Model):
    """What a question is about, whatever its present wording."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    topic: Mapped[str]
    difficulty: Mapped[str]
    status: Mapped[str] = mapped_column(default="ready")
    target_seconds: Mapped[int]
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    valid_for: Mapped[dict[str, Any]]
    last_verified: Mapped[date]
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_versions.id", use_alter=True)
    )
    created_at: Mapped[datetime]

    tags: Mapped[list["QuestionTag"]] = relationship(
        cascade="all, delete-orphan", order_by="QuestionTag.tag"
    )

    __table_args__ = (
        CheckConstraint("difficulty IN ('easy', 'medium', 'hard')", name="difficulty"),
        CheckConstraint("status IN ('draft', 'ready', 'retired')", name="status"),
        Index("ix_questions_draw", "status", "topic", "difficulty", "id"),
    )


class QuestionTag(Model):
    """One tag of one question."""

    __tablename__ = "question_tags"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
    )
    tag: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (Index("ix_question_tags_tag", "tag", "question_id"),)


class QuestionVersion(Model):
    """A prompt with its rubric, never changed once written.

    Attributes
    ----------
    content_hash : str
        SHA-256 of prompt and rubric: the same content is the same version.
    rubric : dict
        ``references``, ``key_points`` and ``misconceptions`` as the bank file has them.
    """

    __tablename__ = "question_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    content_hash: Mapped[str]
    prompt: Mapped[str]
    rubric: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("question_id", "content_hash"),)


class QuestionSet(Model):
    """A named, ordered choice of questions."""

    __tablename__ = "question_sets"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str]
    study: Mapped[str] = mapped_column(default="open")
    updated: Mapped[date]

    __table_args__ = (
        CheckConstraint("study IN ('open', 'after_attempt', 'closed')", name="study"),
    )


class QuestionSetItem(Model):
    """The place of one question in a set; positions count from 1."""

    __tablename__ = "question_set_items"

    set_id: Mapped[int] = mapped_column(
        ForeignKey("question_sets.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))

    __table_args__ = (
        UniqueConstraint("set_id", "question_id"),
        Index("ix_question_set_items_question", "question_id"),
    )

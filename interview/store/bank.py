"""The question bank: questions, their immutable versions, and sets of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from interview.store.db import Model

APART = "assignment-"
"""How the names of versions begin that serve one assignment alone; see `QuestionVersion`."""


class Question(Model):
    """What a question is about, whatever its present wording.

    Attributes
    ----------
    owner_id : int or None
        Who wrote it; none for what belongs to the installation, such as the bank that ships.
    audience : str
        Who may find and ask it once it is ready: its ``owner``, all ``authors``, or
        ``everyone`` who practises.
    prompt : str
        As it was last saved, published or not: for lists, never for asking.
    samples : list of dict
        ``label`` and ``text`` of the answers that it was tried with when it was published.
    edit_revision, published_revision : int
        Of its drafts: the newest one, and the one that was published last.
    loaded_hash : str or None
        What a file said of it when it was last loaded: until the file says something else,
        loading it again leaves alone what was edited here.
    """

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    audience: Mapped[str] = mapped_column(default="owner", server_default="everyone")
    topic: Mapped[str]
    difficulty: Mapped[str]
    status: Mapped[str] = mapped_column(default="ready")
    prompt: Mapped[str] = mapped_column(default="", server_default="")
    target_seconds: Mapped[int]
    samples: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    sources: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    valid_for: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    last_verified: Mapped[date | None]
    current_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("question_versions.id", use_alter=True)
    )
    edit_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    published_revision: Mapped[int] = mapped_column(default=0, server_default="0")
    loaded_hash: Mapped[str | None]
    created_at: Mapped[datetime]

    tags: Mapped[list["QuestionTag"]] = relationship(
        cascade="all, delete-orphan", order_by="QuestionTag.tag"
    )

    __table_args__ = (
        CheckConstraint("difficulty IN ('easy', 'medium', 'hard')", name="difficulty"),
        CheckConstraint("status IN ('draft', 'ready', 'retired')", name="status"),
        CheckConstraint("audience IN ('owner', 'authors', 'everyone')", name="audience"),
        Index("ix_questions_draw", "status", "topic", "difficulty", "id"),
        Index(
            "ix_questions_practice",
            "status",
            "topic",
            "difficulty",
            "id",
            sqlite_where=text("audience = 'everyone'"),
            postgresql_where=text("audience = 'everyone'"),
        ),
        Index("ix_questions_owner", "owner_id", "id"),
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
        SHA-256 of prompt and rubric: the same content is the same version. A version that
        serves one assignment alone has `APART` and that assignment's number before it: it
        was never published, and nobody is asked it.
    rubric : dict
        ``references``, ``key_points`` and ``misconceptions`` as the bank file has them.
    author_id : int or None
        Who published it; none where a file brought it.
    reason : str
        Why it was published although its samples did not separate; empty where they did.
    """

    __tablename__ = "question_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    content_hash: Mapped[str]
    prompt: Mapped[str]
    rubric: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="", server_default="")
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

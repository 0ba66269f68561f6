"""What authors have typed about questions, and the words by which like ones are found."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class QuestionDraft(Model):
    """One saved state of a question that is being edited; never changed once written.

    Attributes
    ----------
    revision : int
        From 1 within its question; `Question.edit_revision` is that of the newest.
    content : dict
        A question as the native format has one, without slug and status, and with
        ``topic`` and ``audience``; fields may still be empty.
    """

    __tablename__ = "question_drafts"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
    )
    revision: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    saved_at: Mapped[datetime]


class QuestionTerm(Model):
    """A content word of a question's prompt, as the grader stems it."""

    __tablename__ = "question_terms"

    term: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index("ix_question_terms_question", "question_id"),)

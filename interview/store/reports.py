"""What readers say is wrong with a question."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class QuestionReport(Model):
    """A problem with a question, what came of it, and the reply to who reported it.

    Attributes
    ----------
    question_version_id : int
        The version that was seen.
    kind : str
        What sort of thing is said to be wrong.
    told : str
        What is said to be wrong, in the reporter's words.
    status : str
        ``open``, ``mended`` or ``declined``.
    reply : str
        To the reporter; empty until somebody has looked at it.
    """

    __tablename__ = "question_reports"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    question_version_id: Mapped[int] = mapped_column(
        ForeignKey("question_versions.id", ondelete="CASCADE")
    )
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    kind: Mapped[str]
    told: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    reply: Mapped[str] = mapped_column(default="")
    handled_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    handled_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "kind IN ('wrong', 'outdated', 'unclear', 'grading', 'other')", name="kind"
        ),
        CheckConstraint("status IN ('open', 'mended', 'declined')", name="status"),
        # One problem is told once, until somebody has answered it.
        Index(
            "uq_question_reports_open",
            "reporter_id",
            "question_id",
            unique=True,
            sqlite_where=text("status = 'open'"),
            postgresql_where=text("status = 'open'"),
        ),
        Index("ix_question_reports_status", "status", "id"),
        Index("ix_question_reports_question", "question_id", "id"),
        Index("ix_question_reports_reporter", "reporter_id", "id"),
    )

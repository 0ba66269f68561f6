"""What learners say against their grades, what came of it, and remarks beside an answer."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model

_STANDING = text("status <> 'withdrawn'")


class Appeal(Model):
    """One key point that a learner says to have named in an assigned answer.

    Attributes
    ----------
    point_id, point_text : str
        The key point, as the grade that is contested knows it.
    grade_id : int
        That grade.
    quote : str
        The words of the answer that are said to name it.
    why : str
        The learner's own sentence about it; may be empty.
    status : str
        ``open``, ``accepted`` (the wording was added to the rubric), ``adjusted`` (the grade
        was changed by hand), ``declined`` or ``withdrawn``.
    reply : str
        To the learner; empty until it is decided.
    wording : str
        What was added to the rubric, if anything was.
    made_version_id : int or None
        The version that has it.
    """

    __tablename__ = "appeals"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    grade_id: Mapped[int] = mapped_column(ForeignKey("grades.id", ondelete="CASCADE"))
    point_id: Mapped[str]
    point_text: Mapped[str]
    quote: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="open")
    reply: Mapped[str] = mapped_column(default="")
    wording: Mapped[str] = mapped_column(default="")
    made_version_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id"))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint(
            "status IN ('open', 'accepted', 'adjusted', 'declined', 'withdrawn')", name="status"
        ),
        # A key point of an answer is contested once; what was withdrawn may be said again.
        Index(
            "uq_appeals_standing",
            "submission_id",
            "point_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_appeals_assignment", "assignment_id", "status", "id"),
        Index("ix_appeals_user", "user_id", "id"),
        Index("ix_appeals_grade", "grade_id"),
        Index("ix_appeals_version", "made_version_id"),
    )


class PersonalWording(Model):
    """A wording that a learner counts as a key point in their own practice, and nowhere else.

    Attributes
    ----------
    point_id, point_text : str
        The key point, as the question's rubric knows it.
    submission_id : int or None
        The answer that it was taken from.
    """

    __tablename__ = "personal_wordings"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    point_id: Mapped[str]
    point_text: Mapped[str]
    wording: Mapped[str]
    submission_id: Mapped[int | None] = mapped_column(
        ForeignKey("submissions.id", ondelete="SET NULL")
    )
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("uq_personal_wordings", "user_id", "question_id", "point_id", "wording", unique=True),
        Index("ix_personal_wordings_question", "question_id"),
        Index("ix_personal_wordings_submission", "submission_id"),
    )


class AnswerComment(Model):
    """A remark of a person who grades, for the learner, beside one answer."""

    __tablename__ = "answer_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    text: Mapped[str]
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_answer_comments_submission", "submission_id", "id"),)

"""What was handed in, and the grades that it was given."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class Submission(Model):
    """The answer as it was handed in; written once."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    text: Mapped[str]
    submitted_at: Mapped[datetime]
    # Who handed it in: the learner, the clock, or the finish of the attempt.
    source: Mapped[str]

    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_items.attempt_id", "attempt_items.position"],
            ondelete="CASCADE",
        ),
        CheckConstraint("source IN ('learner', 'deadline', 'finish')", name="source"),
    )


class Grade(Model):
    """A verdict on a submission, with its evidence; appended, never edited.

    Attributes
    ----------
    question_version_id : int
        The version whose rubric it was graded by.
    verdict : dict
        The whole grade as the grader gave it, evidence spans included.
    graded_by : int or None
        The person who gave it; none for the grader.
    reason : str
        Why a person gave it, or why it was graded anew.
    regrade_run_id : int or None
        The regrade run that wrote it.
    own_points : list of str or None
        In own practice: the key points that only a personal wording found.
    """

    __tablename__ = "grades"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id", ondelete="CASCADE"))
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    grader_version: Mapped[str]
    score: Mapped[float]
    needs_review: Mapped[bool]
    verdict: Mapped[dict[str, Any]]
    graded_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    reason: Mapped[str] = mapped_column(default="")
    regrade_run_id: Mapped[int | None] = mapped_column(
        ForeignKey("regrade_runs.id", ondelete="SET NULL", use_alter=True)
    )
    own_points: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_grades_submission", "submission_id", "id"),
        Index("ix_grades_version", "question_version_id"),
        Index(
            "ix_grades_run",
            "regrade_run_id",
            sqlite_where=sa.text("regrade_run_id IS NOT NULL"),
            postgresql_where=sa.text("regrade_run_id IS NOT NULL"),
        ),
    )

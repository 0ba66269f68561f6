"""Assignments: a published set given to learners, on terms, and what became of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model

_MOMENTS = "('never', 'each', 'finish', 'close', 'date')"


class Assignment(Model):
    """A set version given to a class, a group or some people.

    Attributes
    ----------
    time_zone : str
        IANA name of the zone that its dates were stated in.
    opens_at, due_at, closes_at : datetime or None
        From when, until when in time, and until when at all, for everybody without an
        accommodation.
    all_closed_at : datetime or None
        When the last person with an accommodation can no longer sit it: only then is
        "after close" reached, so that nobody reads answers that others still need.
    counts : str
        Which of several attempts counts: ``best``, ``last``, ``first`` or ``mean``.
    delay_seconds : int
        How long after the end of one attempt the next may begin.
    late_percent : int
        Taken off for each day begun after the due date.
    score_when, answer_when, points_when, reference_when : str
        The review policy: from when a learner sees the score, their own answer, the verdicts
        on key points, and the reference: ``never``, ``each`` (after each answer),
        ``finish``, ``close`` or ``date``.
    score_from, … : datetime or None
        The moment that ``date`` stands for.
    appeals : bool
        Whether learners may contest key points, once they see them.
    appeals_from, appeals_until : datetime or None
        Not before, and not after; none for no such limit.
    """

    __tablename__ = "assignments"

    id: Mapped[int] = mapped_column(primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    set_version_id: Mapped[int] = mapped_column(ForeignKey("set_versions.id"))
    title: Mapped[str]
    instructions: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str]
    opens_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    all_closed_at: Mapped[datetime | None]
    whole_limit_seconds: Mapped[int | None]
    question_limit_seconds: Mapped[int | None]
    attempts_allowed: Mapped[int | None] = mapped_column(default=1)
    counts: Mapped[str] = mapped_column(default="best")
    delay_seconds: Mapped[int] = mapped_column(default=0)
    shuffle: Mapped[bool] = mapped_column(default=False)
    returnable: Mapped[bool] = mapped_column(default=True)
    late_percent: Mapped[int] = mapped_column(default=0)
    access_code: Mapped[str] = mapped_column(default="")
    score_when: Mapped[str] = mapped_column(default="finish")
    score_from: Mapped[datetime | None]
    answer_when: Mapped[str] = mapped_column(default="finish")
    answer_from: Mapped[datetime | None]
    points_when: Mapped[str] = mapped_column(default="finish")
    points_from: Mapped[datetime | None]
    reference_when: Mapped[str] = mapped_column(default="close")
    reference_from: Mapped[datetime | None]
    appeals: Mapped[bool] = mapped_column(default=True, server_default=sa.true())
    appeals_from: Mapped[datetime | None]
    appeals_until: Mapped[datetime | None]
    remind: Mapped[bool] = mapped_column(default=True)
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("counts IN ('best', 'last', 'first', 'mean')", name="counts"),
        CheckConstraint("late_percent BETWEEN 0 AND 100", name="late_percent"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint(f"score_when IN {_MOMENTS}", name="score_when"),
        CheckConstraint(f"answer_when IN {_MOMENTS}", name="answer_when"),
        CheckConstraint(f"points_when IN {_MOMENTS}", name="points_when"),
        CheckConstraint(f"reference_when IN {_MOMENTS}", name="reference_when"),
        Index("ix_assignments_class", "class_id", "opens_at", "id"),
        Index("ix_assignments_due", "due_at"),
        Index("ix_assignments_version", "set_version_id"),
    )


class AssignmentTarget(Model):
    """One group or one person that an assignment is for; without any it is for the class."""

    __tablename__ = "assignment_targets"

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id", ondelete="CASCADE"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("class_groups.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))

    __table_args__ = (
        CheckConstraint("(group_id IS NULL) <> (user_id IS NULL)", name="one_kind"),
        UniqueConstraint("assignment_id", "group_id"),
        UniqueConstraint("assignment_id", "user_id"),
    )


class Accommodation(Model):
    """One person's own terms for one assignment; what is empty is as for everybody.

    Attributes
    ----------
    time_factor : float or None
        In place of the factor that the learner has in the class.
    extra_attempts : int
        Added to the attempts that are allowed.
    reason : str
        Why; for those who teach the class alone.
    """

    __tablename__ = "accommodations"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    time_factor: Mapped[float | None]
    extra_attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str]
    updated_at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("time_factor IS NULL OR time_factor BETWEEN 1 AND 10", name="time_factor"),
        CheckConstraint("extra_attempts >= 0", name="extra_attempts"),
    )


class GradebookEntry(Model):
    """What one learner has made of one assignment: written with what it sums up.

    Attributes
    ----------
    attempts : int
        How many were started.
    is_open : bool
        Whether one of them is being sat.
    attempt_id : int or None
        The attempt that counts; the newest one where the mean counts.
    score : float or None
        What counts, 0 to 1, lateness taken off; none before an attempt is finished.
    late_days : int
        Days begun after the due date, of the attempt that counts.
    needs_review : int
        Answers of the learner's attempts whose newest grade asks for a person's eye.
    overridden : bool
        Whether an instructor gave a grade in the attempt that counts.
    """

    __tablename__ = "gradebook_entries"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    class_id: Mapped[int] = mapped_column(ForeignKey("classes.id", ondelete="CASCADE"))
    attempts: Mapped[int]
    is_open: Mapped[bool]
    attempt_id: Mapped[int | None]
    score: Mapped[float | None]
    late_days: Mapped[int] = mapped_column(default=0)
    needs_review: Mapped[int] = mapped_column(default=0)
    overridden: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_gradebook_entries_learner", "class_id", "user_id"),
        Index("ix_gradebook_entries_score", "assignment_id", "score", "user_id"),
        Index(
            "ix_gradebook_entries_review",
            "class_id",
            sqlite_where=sa.text("needs_review > 0"),
            postgresql_where=sa.text("needs_review > 0"),
        ),
    )


class Presence(Model):
    """When the page of an attempt was last heard from."""

    __tablename__ = "presences"

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True
    )
    seen_at: Mapped[datetime]

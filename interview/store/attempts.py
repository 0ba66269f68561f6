"""Attempts, their questions, and what is being typed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model

_OPEN = sa.text("state = 'open'")
_ASSIGNED = sa.text("assignment_id IS NOT NULL")


class Attempt(Model):
    """One sitting of a list of questions by one person.

    Attributes
    ----------
    scope : str
        What is being sat (``set:3``, ``topic:Django:easy``). One scope has at most one
        open attempt a person, which the database itself holds.
    assignment_id : int or None
        The assignment that it was sat for; none for own practice.
    number : int or None
        Which of the learner's attempts at that assignment it is, from 1.
    returnable : bool
        Whether a question that was left can be opened again.
    time_factor : float
        The learner's accommodation when it was last looked at; 1 in own practice.
    added_seconds : int
        Minutes that were added while it ran.
    reopened_at : datetime or None
        When it was opened again after its end; then the closing time is its own.
    closes_at : datetime or None
        The closing time of the assignment, before the factor and what was added stretch it.
    deadline_at : datetime or None
        When the whole attempt ends, pauses included; none where it is not limited.
    cutoff_at : datetime or None
        The deadline and its grace: nothing is accepted after it, and the server hands in.
    grace_seconds : float
        How long after a deadline a late request still counts.
    position : int
        The question being worked on, from 1.
    shown_at : datetime or None
        Since when that question has been on screen.
    score : float or None
        Mean score of the items, weighted by their points, 0 to 1, once finished.
    """

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    set_id: Mapped[int | None] = mapped_column(ForeignKey("question_sets.id"))
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"))
    number: Mapped[int | None]
    scope: Mapped[str]
    title: Mapped[str]
    topic: Mapped[str]
    preset: Mapped[str]
    feedback: Mapped[str]
    whole_limit_seconds: Mapped[int | None]
    question_limit_seconds: Mapped[int | None]
    pausable: Mapped[bool]
    returnable: Mapped[bool] = mapped_column(default=True)
    time_factor: Mapped[float] = mapped_column(default=1.0)
    added_seconds: Mapped[int] = mapped_column(default=0)
    closes_at: Mapped[datetime | None]
    reopened_at: Mapped[datetime | None]
    grace_seconds: Mapped[float]
    state: Mapped[str] = mapped_column(default="open")
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    cutoff_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=1)
    shown_at: Mapped[datetime | None]
    item_count: Mapped[int]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[str | None]
    score: Mapped[float | None]

    __table_args__ = (
        CheckConstraint("state IN ('open', 'finished', 'abandoned')", name="state"),
        CheckConstraint("feedback IN ('each', 'end')", name="feedback"),
        CheckConstraint("preset IN ('mock', 'practice', 'untimed', 'assigned')", name="preset"),
        Index(
            "uq_attempts_open",
            "user_id",
            "scope",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        # Read backwards for the history: newest first, keyed by moment and number.
        Index("ix_attempts_history", "user_id", "finished_at", "id"),
        Index("ix_attempts_due", "cutoff_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_attempts_set", "set_id"),
        Index(
            "ix_attempts_assigned",
            "user_id",
            sqlite_where=_ASSIGNED,
            postgresql_where=_ASSIGNED,
        ),
        # The number is given once: two starts at the same moment cannot both be the last allowed.
        Index("uq_attempts_number", "assignment_id", "user_id", "number", unique=True),
    )


class AttemptItem(Model):
    """One question of an attempt, pinned to the version that is shown.

    Attributes
    ----------
    rubric_version_id : int or None
        The version of the same prompt that an answer is graded by; none for the one shown.
    deadline_at, cutoff_at : datetime or None
        When this question's own clock runs out, and its grace with it; the clock starts at
        the first display.
    limit_seconds : int or None
        This question's own limit, in place of the attempt's limit per question.
    added_seconds : int
        Minutes that were added while it was on screen.
    points : float
        What it is worth in the attempt's score.
    seconds_used : float
        Time on screen over all visits so far, the present one not counted.
    score : float or None
        Score of the newest grade, 0 to 1; none until the item is closed.
    """

    __tablename__ = "attempt_items"

    attempt_id: Mapped[int] = mapped_column(
        ForeignKey("attempts.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    rubric_version_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id"))
    state: Mapped[str] = mapped_column(default="unseen")
    flagged: Mapped[bool] = mapped_column(default=False)
    first_shown_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    cutoff_at: Mapped[datetime | None]
    limit_seconds: Mapped[int | None]
    added_seconds: Mapped[int] = mapped_column(default=0)
    points: Mapped[float] = mapped_column(default=1.0)
    seconds_used: Mapped[float] = mapped_column(default=0.0)
    score: Mapped[float | None]

    __table_args__ = (
        CheckConstraint(
            "state IN ('unseen', 'open', 'submitted', 'revealed', 'unanswered')", name="state"
        ),
        Index("ix_attempt_items_due", "cutoff_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_attempt_items_version", "question_version_id"),
    )


class Draft(Model):
    """The latest text of an item that is still being worked on.

    Attributes
    ----------
    revision : int
        Rises by one with every save.
    writer : str
        The open page that saved it, so that a retry of the same page is no conflict.
    writer_sequence : int
        That page's own count of saves; an older one never overwrites a newer one.
    """

    __tablename__ = "drafts"

    attempt_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    revision: Mapped[int]
    writer: Mapped[str]
    writer_sequence: Mapped[int]
    saved_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["attempt_id", "position"],
            ["attempt_items.attempt_id", "attempt_items.position"],
            ondelete="CASCADE",
        ),
    )

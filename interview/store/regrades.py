"""Regrade runs: what would change, what was changed, and by which rubric answers are graded."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from interview.store.db import Model


class RegradeRun(Model):
    """One comparison of grades as they are with grades as they would be, and its application.

    Attributes
    ----------
    kind : str
        ``regrade``, or ``undo``: a run that restores the grades before another.
    scope : str
        ``assignment``; ``classes``: all assignments of the classes that the owner teaches; or
        ``everywhere``, own practice included, which is for administrators.
    question_id : int or None
        Only answers to this question; none for all of the scope.
    version_id : int or None
        The version to grade that question by; none for its current one. A version of another
        prompt never grades an answer.
    appeal_id : int or None
        The accepted appeal that it follows from.
    undoes_id : int or None
        Of an undo: the run whose grades are taken back.
    policy : str
        ``computed``, or ``never_lower``: grades that would fall are kept.
    state : str
        ``waiting`` for the worker, ``comparing``, ``compared`` (the dry run can be read),
        ``accepted`` (waiting to be applied), ``applying``, ``applied``, ``cancelled`` or
        ``failed``.
    cursor : int
        The last submission that the stage at hand is through with.
    grader_version : str
        Of the grader that compared.
    answers, changed, raised, lowered, by_people, applied, passed_over : int
        Counts: answers looked at; grades that would change, of which rise and fall; answers
        that a person graded, which are left alone; grades written; and changes not written,
        because the grade was no longer the one compared with or the policy kept it.
    rubrics_before : list
        ``[assignment, shown version, rubric version or null]`` of `AssignmentRubric` before it
        was applied, for an undo.
    """

    __tablename__ = "regrade_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default="regrade")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    scope: Mapped[str]
    assignment_id: Mapped[int | None] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE")
    )
    question_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("question_versions.id"))
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("appeals.id", ondelete="SET NULL"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("regrade_runs.id"))
    policy: Mapped[str] = mapped_column(default="computed")
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    cursor: Mapped[int] = mapped_column(default=0)
    grader_version: Mapped[str] = mapped_column(default="")
    answers: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    raised: Mapped[int] = mapped_column(default=0)
    lowered: Mapped[int] = mapped_column(default=0)
    by_people: Mapped[int] = mapped_column(default=0)
    applied: Mapped[int] = mapped_column(default=0)
    passed_over: Mapped[int] = mapped_column(default=0)
    rubrics_before: Mapped[list[Any]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime]
    compared_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("kind IN ('regrade', 'undo')", name="kind"),
        CheckConstraint("scope IN ('assignment', 'classes', 'everywhere')", name="scope"),
        CheckConstraint("(scope = 'assignment') = (assignment_id IS NOT NULL)", name="has_scope"),
        CheckConstraint("policy IN ('computed', 'never_lower')", name="policy"),
        CheckConstraint(
            "state IN ('waiting', 'comparing', 'compared', 'accepted', 'applying', 'applied',"
            " 'cancelled', 'failed')",
            name="state",
        ),
        Index("ix_regrade_runs_owner", "owner_id", "id"),
        Index("ix_regrade_runs_assignment", "assignment_id", "id"),
        Index("ix_regrade_runs_question", "question_id"),
        # A run is taken back once.
        Index("uq_regrade_runs_undoes", "undoes_id", unique=True),
        Index("ix_regrade_runs_appeal", "appeal_id"),
    )


class RegradeItem(Model):
    """One grade that a run would change, and what became of it.

    Attributes
    ----------
    base_grade_id : int
        The grade that it was compared with; a newer one is never overwritten.
    verdict : dict
        The whole grade as it would be.
    own_points : list of str or None
        See `Grade.own_points`.
    changes : list of dict
        By key point that has another verdict: ``id``, ``text``, ``before``, ``after``.
    is_equivalent : bool
        Whether it gains the key point of the appeal that the run follows from.
    outcome : str
        ``pending``, ``applied``, ``overtaken`` (another grade came first) or ``kept`` (the
        policy kept the higher grade).
    grade_id : int or None
        The grade that was written.
    """

    __tablename__ = "regrade_items"

    run_id: Mapped[int] = mapped_column(
        ForeignKey("regrade_runs.id", ondelete="CASCADE"), primary_key=True
    )
    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True
    )
    base_grade_id: Mapped[int] = mapped_column(ForeignKey("grades.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))
    old_score: Mapped[float]
    new_score: Mapped[float]
    verdict: Mapped[dict[str, Any]]
    own_points: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    changes: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    is_equivalent: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(default="pending")
    grade_id: Mapped[int | None] = mapped_column(ForeignKey("grades.id", ondelete="SET NULL"))

    __table_args__ = (
        CheckConstraint("outcome IN ('pending', 'applied', 'overtaken', 'kept')", name="outcome"),
        Index("ix_regrade_items_outcome", "run_id", "outcome", "submission_id"),
        Index(
            "ix_regrade_items_equivalent",
            "run_id",
            "submission_id",
            sqlite_where=sa.text("is_equivalent"),
            postgresql_where=sa.text("is_equivalent"),
        ),
        Index("ix_regrade_items_submission", "submission_id"),
        Index("ix_regrade_items_base", "base_grade_id"),
        Index("ix_regrade_items_grade", "grade_id"),
    )


class AssignmentRubric(Model):
    """By which version an assignment grades a question, where not by the one that it shows.

    Both have the same prompt. Attempts that start read it; items of attempts that run are
    changed with it, so that everybody's answers are graded alike.
    """

    __tablename__ = "assignment_rubrics"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True
    )
    shown_version_id: Mapped[int] = mapped_column(
        ForeignKey("question_versions.id"), primary_key=True
    )
    rubric_version_id: Mapped[int] = mapped_column(ForeignKey("question_versions.id"))

    __table_args__ = (
        Index("ix_assignment_rubrics_shown", "shown_version_id"),
        Index("ix_assignment_rubrics_rubric", "rubric_version_id"),
    )

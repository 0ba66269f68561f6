"""The published set that an assignment asks, and the rubrics that it grades by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.db import db
from interview.store.regrades import AssignmentRubric
from interview.store.sets import SetVersion


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a set, in short.

    Attributes
    ----------
    expected : timedelta
        What a prepared candidate needs for all of its questions.
    """

    id: int
    set_id: int
    title: str
    number: int
    question_count: int
    points: float
    expected: timedelta


def version_of(version_id: int) -> Version:
    """Read the version that an assignment names."""
    row = db.session.execute(
        sa.select(
            SetVersion.id, SetVersion.set_id, SetVersion.title, SetVersion.number,
            SetVersion.question_count, SetVersion.points, SetVersion.target_seconds,
        ).where(SetVersion.id == version_id)
    ).one()  # fmt: skip
    return Version(*row[:-1], expected=timedelta(seconds=row.target_seconds))


def rubrics_of(session: Session, assignment_id: int, shown: Sequence[int]) -> dict[int, int]:
    """Read by which versions an assignment grades questions that it shows in others.

    Parameters
    ----------
    shown : sequence of int
        Versions that are asked.

    Returns
    -------
    dict of int to int
        By the version that is shown; those that are graded by themselves are left out.
    """
    rows = session.execute(
        sa.select(AssignmentRubric.shown_version_id, AssignmentRubric.rubric_version_id).where(
            AssignmentRubric.assignment_id == assignment_id,
            AssignmentRubric.shown_version_id.in_(shown),
        )
    )
    return {row.shown_version_id: row.rubric_version_id for row in rows}

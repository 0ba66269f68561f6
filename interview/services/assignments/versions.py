"""The published set that an assignment asks."""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from interview.store.db import db
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

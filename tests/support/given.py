"""Assignments as instructors state them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.services.assignments.stating import Stated
from interview.services.principals import Principal
from interview.store.assignments import Assignment, AssignmentTarget
from interview.store.audit import AuditEntry
from interview.store.db import db
from tests.support.classes import (
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)


def wall(text: str) -> datetime:
    """A time on a wall clock, as ``2026-03-29 02:30``."""
    return datetime.fromisoformat(text)


OPENS = wall("2026-03-02 10:00")
"""The moment at which the test's clock begins, as Berlin's clocks show it."""


@dataclass
class Course:
    """A class in Berlin with its instructor, a published set and three learners."""

    iris: Principal
    class_id: int
    version: int
    learners: list[int]

    def stated(self, **terms: Any) -> Stated:
        usual: dict[str, Any] = {
            "version_id": self.version,
            "title": "First test",
            "zone": "Europe/Berlin",
            "opens": OPENS,
            "closes": OPENS + timedelta(days=7),
            "whole_minutes": 60,
        }
        return Stated(**{**usual, **terms})


def course() -> Course:
    iris = add_instructor()
    class_id = add_class(instructor=iris)
    learners = add_learners(class_id, "Ada", "Ben", "Cyd")
    return Course(principal(iris), class_id, add_set_version(iris), learners)


def row_of(assignment_id: int) -> Any:
    columns = sa.inspect(Assignment).columns
    return db.session.execute(sa.select(*columns).where(Assignment.id == assignment_id)).one()


def targets_of(assignment_id: int) -> list[tuple[int | None, int | None]]:
    rows = db.session.execute(
        sa.select(AssignmentTarget.group_id, AssignmentTarget.user_id)
        .where(AssignmentTarget.assignment_id == assignment_id)
        .order_by(AssignmentTarget.id)
    )
    return [(row.group_id, row.user_id) for row in rows]


def noted(class_id: int) -> list[tuple[str, Mapping[str, Any], str]]:
    """Kinds, details and reasons of what the audit log holds of a class."""
    rows = db.session.execute(
        sa.select(AuditEntry.kind, AuditEntry.details, AuditEntry.reason)
        .where(AuditEntry.class_id == class_id)
        .order_by(AuditEntry.id)
    )
    return [(row.kind, row.details, row.reason) for row in rows]

"""Somebody who sits an assignment, through the real services."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.services.assignments import starting
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.db import db
from tests.support.attempts import add_question
from tests.support.candidate import Candidate
from tests.support.classes import (
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.clock import FakeClock


@dataclass
class Classroom:
    """An assignment of fixed questions, given to a class of one learner."""

    teacher: int
    class_id: int
    learner: int
    assignment: int

    def start(self, clock: FakeClock) -> Candidate:
        """Let the learner start, as the button does."""
        attempt = starting.start(principal(self.learner), self.assignment, "", clock())
        return Candidate(self.learner, attempt, clock)

    def row(self) -> Any:
        """The assignment."""
        columns = sa.inspect(Assignment).columns
        return db.session.execute(sa.select(*columns).where(Assignment.id == self.assignment)).one()

    def entry(self) -> Any:
        """The learner's row in the gradebook."""
        columns = sa.inspect(GradebookEntry).columns
        return db.session.execute(
            sa.select(*columns).where(GradebookEntry.user_id == self.learner)
        ).one()


def classroom(
    *, questions: int = 3, factor: float = 1.0, seconds: int | None = None, **terms: Any
) -> Classroom:
    """Make a class with an assignment; `terms` are columns of the assignment."""
    teacher = add_instructor()
    class_id = add_class(instructor=teacher)
    (learner,) = add_learners(class_id, "Ada", time_factor=factor)
    versions = [add_question() for _ in range(questions)]
    version = add_set_version(teacher, versions, seconds=seconds)
    return Classroom(teacher, class_id, learner, add_assignment(class_id, version, **terms))

"""The gradebook's rows sum up the attempts, and the class's mean sums up the rows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.store.assignments import Assignment, GradebookEntry
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.types import AnyRow
from tests.support.attempts import Item
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
)
from tests.support.clock import START

CLOSE = START + timedelta(days=7)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def given(**values: Any) -> tuple[int, int]:
    teacher = add_instructor()
    class_id = add_class(instructor=teacher)
    (ada,) = add_learners(class_id, "Ada")
    return add_assignment(class_id, add_set_version(teacher), closes_at=CLOSE, **values), ada


def entry(assignment: int, user: int) -> AnyRow:
    table = GradebookEntry
    return db.session.execute(
        sa.select(*sa.inspect(table).columns).where(
            table.assignment_id == assignment, table.user_id == user
        )
    ).one()


@pytest.mark.parametrize(
    ("counts", "score", "which"), [("best", 0.9, 1), ("last", 0.4, 2), ("first", 0.2, 0)]
)
def test_one_of_several_attempts_counts(counts: str, score: float, which: int) -> None:
    assignment, ada = given(counts=counts, attempts_allowed=3)
    attempts = [
        add_assigned(assignment, ada, number, score=value)
        for number, value in enumerate((0.2, 0.9, 0.4), 1)
    ]
    found = entry(assignment, ada)
    assert (found.attempts, found.attempt_id) == (3, attempts[which])
    assert found.score == pytest.approx(score)


def test_the_mean_counts_all_of_them_and_leads_to_the_newest() -> None:
    assignment, ada = given(counts="mean", attempts_allowed=2)
    add_assigned(assignment, ada, 1, score=0.2)
    newest = add_assigned(assignment, ada, 2, score=0.6)
    found = entry(assignment, ada)
    assert (found.attempt_id, found.score) == (newest, pytest.approx(0.4))


def test_an_open_attempt_has_a_row_without_a_score() -> None:
    assignment, ada = given()
    add_assigned(assignment, ada, state="open", ended_at=None, score=None)
    found = entry(assignment, ada)
    assert (found.is_open, found.score, found.finished_at) == (True, None, None)


def test_each_day_begun_after_the_due_date_takes_its_share() -> None:
    assignment, ada = given(due_at=START, late_percent=10)
    add_assigned(assignment, ada, ended_at=START + DAY + timedelta(seconds=1), score=0.5)
    found = entry(assignment, ada)
    assert (found.late_days, found.score) == (2, pytest.approx(0.4))


def test_lateness_never_takes_more_than_there_is() -> None:
    assignment, ada = given(due_at=START, late_percent=60)
    add_assigned(assignment, ada, ended_at=START + 3 * DAY, score=0.5)
    assert entry(assignment, ada).score == 0


def test_the_better_of_two_is_the_better_after_lateness() -> None:
    assignment, ada = given(due_at=START, late_percent=50, attempts_allowed=2)
    in_time = add_assigned(assignment, ada, 1, ended_at=START, score=0.6)
    add_assigned(assignment, ada, 2, ended_at=START + DAY, score=0.9)
    assert entry(assignment, ada).attempt_id == in_time


def test_the_mean_of_the_class_is_of_what_has_a_score() -> None:
    assignment, ada = given()
    class_id = entry_class(assignment)
    other = add_assignment(class_id, add_set_version(add_instructor()), closes_at=CLOSE)
    add_assigned(assignment, ada, score=0.5)
    add_assigned(other, ada, score=1.0)
    third = add_assignment(class_id, add_set_version(add_instructor()), closes_at=CLOSE)
    add_assigned(third, ada, state="open", ended_at=None, score=None)
    member = db.session.execute(
        sa.select(ClassMember.mean_score, ClassMember.finished_count).where(
            ClassMember.user_id == ada
        )
    ).one()
    assert member.mean_score == pytest.approx(0.75)
    assert member.finished_count == 2


def entry_class(assignment: int) -> int:
    found = db.session.scalar(sa.select(Assignment.class_id).where(Assignment.id == assignment))
    assert found is not None
    return found


def test_answers_that_ask_for_a_person_are_counted() -> None:
    assignment, ada = given()
    add_assigned(assignment, ada, items=[Item(), Item()])
    assert entry(assignment, ada).needs_review == 0

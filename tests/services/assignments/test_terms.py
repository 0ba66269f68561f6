"""What holds for one person: dates, limits, factor, attempts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.assigning import Taken, Terms
from interview.services.assignments.standing import settled_standing
from interview.services.assignments.terms import terms_for
from interview.store.assignments import Assignment
from interview.store.db import db
from tests.support.classes import (
    accommodate,
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
)
from tests.support.clock import START

CLOSE = START + timedelta(days=7)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def given(factor: float = 1.0, **values: Any) -> tuple[int, int]:
    """An assignment and the learner whom it is given to."""
    teacher = add_instructor()
    class_id = add_class(instructor=teacher)
    (ada,) = add_learners(class_id, "Ada", time_factor=factor)
    return add_assignment(class_id, add_set_version(teacher), closes_at=CLOSE, **values), ada


def terms(assignment: int, user: int) -> Terms:
    row = db.session.execute(
        sa.select(*sa.inspect(Assignment).columns).where(Assignment.id == assignment)
    ).one()
    return terms_for(user, row)


def test_without_an_accommodation_the_terms_are_the_stated_ones() -> None:
    found = terms(*given())
    assert (found.own_limit, found.own_close, found.factor) == (HOUR, CLOSE, 1.0)


def test_the_factor_of_the_class_stretches_limit_and_closing() -> None:
    found = terms(*given(1.5, due_at=CLOSE - HOUR))
    assert found.own_limit == 1.5 * HOUR
    assert found.own_close == CLOSE + 0.5 * HOUR
    assert found.own_due == CLOSE - 0.5 * HOUR


def test_an_accommodation_comes_before_the_factor_of_the_class() -> None:
    assignment, ada = given(1.5)
    accommodate(assignment, ada, time_factor=2.0, extra_attempts=2)
    found = terms(assignment, ada)
    assert (found.own_limit, found.attempts_allowed) == (2 * HOUR, 3)


def test_dates_of_an_accommodation_replace_the_stated_ones() -> None:
    assignment, ada = given()
    later = CLOSE + timedelta(days=2)
    accommodate(assignment, ada, closes_at=later)
    found = terms(assignment, ada)
    assert (found.own_close, found.opens_at) == (later, START - HOUR)


def test_extra_attempts_add_nothing_to_as_many_as_one_likes() -> None:
    assignment, ada = given(attempts_allowed=None)
    accommodate(assignment, ada, extra_attempts=1)
    assert terms(assignment, ada).attempts_allowed is None


def taken(user: int, assignment: int) -> Taken:
    standing = settled_standing(user, assignment, START)
    return Taken(standing.attempts, standing.last_ended)


def test_what_was_taken_is_counted_with_its_last_end() -> None:
    assignment, ada = given(attempts_allowed=3)
    assert taken(ada, assignment) == Taken(0, None)
    add_assigned(assignment, ada, 1, ended_at=START)
    add_assigned(assignment, ada, 2, ended_at=START + HOUR)
    assert taken(ada, assignment) == Taken(2, START + HOUR)

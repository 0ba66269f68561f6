"""What an assignment shows of graded answers: one attempt at a time, and in lists."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.access import When, assigned_review
from interview.rules.attempt import AttemptState
from interview.services.assignments.policies import PARTS, policy_of
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.releasing import ASSIGNED, shown
from tests.support.attempts import add_attempt, add_person
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
DATE = START + timedelta(days=9)
NAMES = dict(zip(PARTS, ("score", "answer", "key_points", "reference"), strict=True))


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def assigned(**policy: object) -> int:
    teacher = add_instructor()
    class_id = add_class(instructor=teacher)
    (ada,) = add_learners(class_id, "Ada")
    assignment = add_assignment(class_id, add_set_version(teacher), closes_at=CLOSE, **policy)
    return add_assigned(assignment, ada)


def in_lists(attempt_id: int, part: str, now: datetime) -> bool:
    statement = sa.select(shown(part)).select_from(Attempt).outerjoin(Assignment, ASSIGNED)
    return bool(db.session.scalar(statement.where(Attempt.id == attempt_id), {"now": now}))


def on_page(attempt_id: int, part: str, now: datetime) -> bool:
    row = db.session.execute(
        sa.select(*sa.inspect(Assignment).columns)
        .join(Attempt, ASSIGNED)
        .where(Attempt.id == attempt_id)
    ).one()
    visible = assigned_review(policy_of(row), AttemptState.FINISHED, item_closed=True, now=now)
    return bool(getattr(visible, NAMES[part]))


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("part", PARTS)
def test_lists_and_pages_show_a_part_from_the_same_moment(part: str, when: When) -> None:
    attempt = assigned(**{f"{part}_when": when, f"{part}_from": DATE})
    moments = [START, CLOSE, CLOSE + timedelta(seconds=1), DATE, DATE + timedelta(days=1)]
    expected = {
        When.NEVER: [False] * 5,
        When.EACH: [True] * 5,
        When.FINISH: [True] * 5,
        When.CLOSE: [False, False, True, True, True],
        When.DATE: [False, False, False, True, True],
    }[when]
    assert [on_page(attempt, part, moment) for moment in moments] == expected
    assert [in_lists(attempt, part, moment) for moment in moments] == expected


def test_after_close_never_comes_where_nothing_closes() -> None:
    attempt = assigned(score_when="close", all_closed_at=None)
    assert not on_page(attempt, "score", CLOSE + timedelta(days=999))
    assert not in_lists(attempt, "score", CLOSE + timedelta(days=999))


@pytest.mark.parametrize("part", PARTS)
def test_own_practice_shows_everything_in_lists(part: str) -> None:
    assert in_lists(add_attempt(add_person()), part, START)

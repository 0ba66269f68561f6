"""Lists of assignments: for learners with their own dates, for staff with counts."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import listing
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.unit import write
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.classes import Class
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person
from tests.support.classes import (
    accommodate,
    add_assignment,
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    give_to,
    principal,
)
from tests.support.clock import START, FakeClock
from tests.support.statements import Statements

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def assigned(user: int) -> tuple[listing.Assigned, ...]:
    return listing.assigned_to(principal(user), START)


def titles(user: int) -> list[str]:
    return [one.title for one in assigned(user)]


def add_entry(room: Classroom, user: int, **values: Any) -> None:
    row = {
        "assignment_id": room.assignment, "user_id": user, "class_id": room.class_id,
        "attempts": 1, "is_open": False, "started_at": START, **values,
    }  # fmt: skip
    with write() as session:
        session.execute(sa.insert(GradebookEntry).values(**row))


def test_dates_are_the_learners_own() -> None:
    room = classroom(
        factor=1.5, whole_limit_seconds=3600, due_at=START + HOUR, closes_at=START + DAY
    )
    (one,) = assigned(room.learner)
    assert (one.due_at, one.closes_at) == (START + 1.5 * HOUR, START + DAY + 0.5 * HOUR)
    assert (one.limit, one.attempts_allowed) == (1.5 * HOUR, 1)
    accommodate(room.assignment, room.learner, closes_at=START + 3 * DAY, extra_attempts=1)
    (one,) = assigned(room.learner)
    assert one.closes_at == START + 3 * DAY + 0.5 * HOUR
    assert one.attempts_allowed == 2


def test_an_attempt_changes_the_state(clock: FakeClock) -> None:
    room = classroom(attempts_allowed=2)
    (before,) = assigned(room.learner)
    assert (before.state, before.can_start, before.running) == ("not started", True, None)
    candidate = room.start(clock)
    (during,) = assigned(room.learner)
    assert (during.state, during.can_start) == ("open", False)
    assert during.running == candidate.attempt_id
    candidate.finish()
    (after,) = assigned(room.learner)
    assert (after.state, after.can_start, after.attempts) == ("finished", True, 1)


@pytest.mark.parametrize(
    ("terms", "shown"),
    [
        ({"score_when": "finish"}, 0.5),
        ({"score_when": "close"}, None),
        ({"score_when": "close", "closes_at": START - HOUR}, 0.5),
        ({"score_when": "date", "score_from": START + HOUR}, None),
        ({"score_when": "never"}, None),
    ],
)
def test_a_score_is_shown_when_the_policy_says(terms: dict[str, Any], shown: float | None) -> None:
    room = classroom(**{"opens_at": START - DAY, **terms})
    add_entry(room, room.learner, score=0.5, finished_at=START)
    (one,) = assigned(room.learner)
    assert one.score == shown


def test_what_asks_most_comes_first() -> None:
    room = classroom(title="This week")
    version = room.row().set_version_id
    others: dict[str, dict[str, Any]] = {
        "Over": {"opens_at": START - 9 * DAY, "closes_at": START - DAY},
        "Over long ago": {"opens_at": START - 19 * DAY, "closes_at": START - 11 * DAY},
        "Next month": {"opens_at": START + 30 * DAY, "closes_at": START + 31 * DAY},
        "Tomorrow": {"opens_at": START + DAY, "closes_at": START + 9 * DAY},
        "Tonight": {"due_at": START + 9 * HOUR},
        "Whenever": {"closes_at": None},
    }
    for title, terms in others.items():
        add_assignment(room.class_id, version, title=title, **terms)
    assert titles(room.learner) == [
        "Tonight", "This week", "Whenever", "Tomorrow", "Next month", "Over", "Over long ago",
    ]  # fmt: skip


def test_only_what_is_for_the_learner_is_listed() -> None:
    room = classroom(title="For all")
    version = room.row().set_version_id
    monday, tuesday = add_group(room.class_id, "Monday"), add_group(room.class_id, "Tuesday")
    ben, cyd = add_learners(room.class_id, "Ben", "Cyd", group_id=monday)
    give_to(add_assignment(room.class_id, version, title="For Monday"), group=monday)
    give_to(add_assignment(room.class_id, version, title="For Tuesday"), group=tuesday)
    give_to(add_assignment(room.class_id, version, title="For Ben"), person=ben)
    assert sorted(titles(ben)) == ["For Ben", "For Monday", "For all"]
    assert sorted(titles(cyd)) == ["For Monday", "For all"]
    assert titles(room.learner) == ["For all"], "who is in no group is in no group"
    assert titles(add_person("Zoe")) == []


def test_what_is_withdrawn_or_archived_is_not_listed() -> None:
    room = classroom(archived_at=START)
    assert titles(room.learner) == []
    with write() as session:
        session.execute(sa.update(Assignment).values(archived_at=None))
        session.execute(sa.update(Class).values(archived_at=START))
    assert titles(room.learner) == []
    own = listing.for_learner(principal(room.learner), room.class_id, START)
    assert len(own) == 1, "an archived class can be read"


def test_a_class_lists_its_own_assignments_to_its_learners() -> None:
    room = classroom(title="Here")
    other = add_class("Elsewhere", instructor=room.teacher)
    add_member(other, room.learner)
    add_assignment(other, room.row().set_version_id, title="There")
    own = listing.for_learner(principal(room.learner), other, START)
    assert [one.title for one in own] == ["There"]
    assert sorted(titles(room.learner)) == ["Here", "There"]
    assert listing.for_learner(principal(room.teacher), other, START) == ()
    with pytest.raises(NotFound):
        listing.for_learner(principal(add_person("Zoe")), other, START)


def test_staff_see_how_far_their_learners_are() -> None:
    room = classroom()
    ben, cyd, _dee = add_learners(room.class_id, "Ben", "Cyd", "Dee")
    add_entry(room, room.learner, finished_at=START, needs_review=2)
    add_entry(room, ben, is_open=True)
    add_entry(room, cyd, finished_at=START, needs_review=1)
    (line,) = listing.for_staff(principal(room.teacher), room.class_id, START)
    assert (line.learners, line.started, line.finished) == (4, 3, 2)
    assert (line.running, line.needs_review) == (1, 3)


def test_staff_see_for_how_many_it_is() -> None:
    room = classroom()
    group = add_group(room.class_id)
    ben, *_ = add_learners(room.class_id, "Ben", "Cyd", group_id=group)
    add_learners(room.class_id, "Dee")
    give_to(room.assignment, group=group)
    give_to(room.assignment, person=ben)
    (line,) = listing.for_staff(principal(room.teacher), room.class_id, START)
    assert line.learners == 2


def test_a_narrowed_assignment_does_not_change_the_numbers_of_another() -> None:
    room = classroom()
    ben, *_ = add_learners(room.class_id, "Ben", "Cyd")
    other = add_assignment(room.class_id, add_set_version(room.teacher), title="For Ben")
    give_to(other, person=ben)
    lines = listing.for_staff(principal(room.teacher), room.class_id, START)
    assert {line.title: line.learners for line in lines} == {"First test": 3, "For Ben": 1}


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({}, "open"),
        ({"opens_at": START + HOUR}, "upcoming"),
        ({"opens_at": START - DAY, "closes_at": START - HOUR}, "closed"),
        ({"archived_at": START}, "withdrawn"),
    ],
)
def test_staff_see_how_things_stand(terms: dict[str, Any], status: str) -> None:
    room = classroom(**terms)
    (line,) = listing.for_staff(principal(room.teacher), room.class_id, START)
    assert line.status == status


def test_learners_do_not_see_the_counts() -> None:
    room = classroom()
    with pytest.raises(Forbidden):
        listing.for_staff(principal(room.learner), room.class_id, START)
    with pytest.raises(NotFound):
        listing.for_staff(principal(add_instructor("Olga")), room.class_id, START)


def test_lists_cost_the_same_whatever_their_length(
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    room = classroom()
    learner, teacher = principal(room.learner), principal(room.teacher)
    costs = []
    for _ in range(2):
        with statements() as seen:
            listing.assigned_to(learner, START)
            listing.for_learner(learner, room.class_id, START)
            listing.for_staff(teacher, room.class_id, START)
        costs.append(len(seen))
        version = add_set_version(room.teacher)
        for _ in range(10):
            add_assignment(room.class_id, version)
    assert costs == [5, 5]

"""Withdrawing an assignment, giving it again, and who may change it at all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import editing, starting
from interview.services.assignments.starting import Refused
from interview.services.assignments.stating import Stated
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.classes.changing import Archived
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.classes import Class
from interview.store.db import db
from tests.support.assigned import Classroom, classroom
from tests.support.classes import (
    add_instructor,
    add_learners,
    add_member,
    principal,
)
from tests.support.clock import START, FakeClock
from tests.support.given import noted

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def room() -> Classroom:
    return classroom(attempts_allowed=3, whole_limit_seconds=3600)


def stated(room: Classroom) -> Stated:
    return editing.look(principal(room.teacher), room.assignment).stated


def attempt_of(room: Classroom) -> Any:
    columns = sa.inspect(Attempt).columns
    return db.session.execute(sa.select(*columns).where(Attempt.user_id == room.learner)).one()


def test_a_withdrawn_assignment_runs_out_and_can_be_given_again(
    room: Classroom, clock: FakeClock
) -> None:
    room.start(clock)
    teacher = principal(room.teacher)
    (ben,) = add_learners(room.class_id, "Ben")
    assert editing.withdraw(teacher, room.assignment, START)
    assert attempt_of(room).state == "open"
    with pytest.raises(Refused, match="withdrawn"):
        starting.start(principal(ben), room.assignment, "", START)
    assert editing.give_again(teacher, room.assignment, START)
    assert starting.start(principal(ben), room.assignment, "", START)
    assert [kind for kind, _, _ in noted(room.class_id)] == ["assignment.archived"] * 2


def test_withdrawing_twice_is_noted_once(room: Classroom) -> None:
    teacher = principal(room.teacher)
    assert editing.withdraw(teacher, room.assignment, START)
    assert not editing.withdraw(teacher, room.assignment, START + HOUR)
    assert room.row().archived_at == START
    assert len(noted(room.class_id)) == 1


def test_others_cannot_change_anything(room: Classroom) -> None:
    helper = add_member(room.class_id, add_instructor("Tom"), "assistant")
    for person, refusal in ((helper, Forbidden), (room.learner, Forbidden),
                            (add_instructor("Olga"), NotFound)):  # fmt: skip
        who = principal(person)
        for act in (
            lambda who=who: editing.look(who, room.assignment),
            lambda who=who: editing.withdraw(who, room.assignment, START),
            lambda who=who: editing.give_again(who, room.assignment, START),
            lambda who=who: editing.change(who, room.assignment, stated(room), "", START),
        ):
            with pytest.raises(refusal):
                act()


def test_nothing_changes_in_an_archived_class(room: Classroom) -> None:
    teacher, wanted = principal(room.teacher), stated(room)
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    with pytest.raises(Archived):
        editing.change(teacher, room.assignment, wanted, "", START)
    with pytest.raises(Archived):
        editing.withdraw(teacher, room.assignment, START)

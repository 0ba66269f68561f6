"""Changing an assignment: freely before somebody starts, with care afterwards."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import editing
from interview.services.assignments.stating import Audience, Impossible, Stated
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.sets import AuthoredSet, SetVersion
from tests.support.assigned import Classroom, classroom
from tests.support.classes import (
    add_group,
    add_instructor,
    add_member,
    add_set_version,
    principal,
)
from tests.support.clock import START, FakeClock
from tests.support.given import noted, targets_of

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


def change(room: Classroom, reason: str = "", **terms: Any) -> Any:
    wanted = replace(stated(room), **terms)
    editing.change(principal(room.teacher), room.assignment, wanted, reason, START)
    return room.row()


def refused(room: Classroom, reason: str = "", **terms: Any) -> dict[str, str]:
    before = room.row()
    with pytest.raises(Impossible) as refusal:
        change(room, reason, **terms)
    assert room.row() == before
    return refusal.value.problems


def attempt_of(room: Classroom) -> Any:
    columns = sa.inspect(Attempt).columns
    return db.session.execute(sa.select(*columns).where(Attempt.user_id == room.learner)).one()


def test_a_form_that_is_sent_back_as_it_was_changes_nothing(room: Classroom) -> None:
    before = room.row()
    assert change(room) == before
    assert noted(room.class_id) == []


def test_before_anybody_starts_everything_may_change(room: Classroom) -> None:
    group = add_group(room.class_id)
    version = add_set_version(room.teacher)
    changed = change(
        room,
        version_id=version,
        title="Second try",
        shuffle=True,
        whole_minutes=30,
        audience=Audience("groups", groups=(group,)),
        closes=None,
    )
    assert (changed.set_version_id, changed.title, changed.shuffle) == (version, "Second try", True)
    assert (changed.closes_at, changed.all_closed_at) == (None, None)
    assert changed.reference_when == "finish", "nobody would be waited for"
    assert targets_of(room.assignment) == [(group, None)]


def test_a_change_is_noted_before_and_after(room: Classroom) -> None:
    change(room, "A longer test", whole_minutes=90, access_code="a")
    change(room, access_code="b")
    (first, second) = noted(room.class_id)
    kind, details, reason = first
    assert (kind, reason) == ("assignment.changed", "A longer test")
    assert details == {"whole_limit_seconds": [3600, 5400], "access_code": ["", "set"]}
    assert second[1] == {"access_code": ["set", "set"]}


def test_once_somebody_has_started_the_questions_stay(room: Classroom, clock: FakeClock) -> None:
    room.start(clock)
    problems = refused(room, "Why not", version_id=add_set_version(room.teacher), shuffle=True)
    assert problems == {
        "version_id": "Somebody has started: the questions stay as they are.",
        "shuffle": "Somebody has started: the order stays as it is.",
    }


@pytest.mark.parametrize(
    "terms", [{"whole_minutes": 30}, {"closes": None}, {"counts": "last"}, {"attempts": 1}]
)
def test_once_somebody_has_started_terms_need_a_reason(
    room: Classroom, clock: FakeClock, terms: dict[str, Any]
) -> None:
    room.start(clock)
    assert list(refused(room, **terms)) == ["reason"]
    change(room, "It was too long", **terms)
    assert noted(room.class_id)[-1][2] == "It was too long"


def test_a_title_needs_no_reason(room: Classroom, clock: FakeClock) -> None:
    room.start(clock)
    assert change(room, title="Renamed").title == "Renamed"


def test_running_attempts_follow_a_changed_limit(room: Classroom, clock: FakeClock) -> None:
    room.start(clock)
    change(room, "Too long", whole_minutes=20)
    running = attempt_of(room)
    assert running.deadline_at == START + timedelta(minutes=20)
    assert running.whole_limit_seconds == 1200


def test_running_attempts_follow_a_changed_closing_time(room: Classroom, clock: FakeClock) -> None:
    room.start(clock)
    closes = stated(room).opens + timedelta(minutes=75)
    changed = change(room, "The room is needed", closes=closes)
    assert attempt_of(room).deadline_at == START + timedelta(minutes=15)
    assert changed.all_closed_at == changed.closes_at


def test_running_attempts_follow_a_changed_review(room: Classroom, clock: FakeClock) -> None:
    room.start(clock)
    assert attempt_of(room).feedback == "end"
    change(room, review="each")
    assert attempt_of(room).feedback == "each"


def test_scores_that_are_counted_follow_the_due_date(room: Classroom, clock: FakeClock) -> None:
    candidate = room.start(clock)
    candidate.show(1)
    candidate.submit(1, "It makes the point.")
    candidate.finish()
    assert room.entry().late_days == 0
    change(room, "Agreed in class", due=stated(room).opens + timedelta(minutes=30))
    assert room.entry().late_days == 1


def test_how_many_have_begun_is_told(room: Classroom, clock: FakeClock) -> None:
    look = editing.look(principal(room.teacher), room.assignment)
    assert (look.started, look.running) == (0, 0)
    room.start(clock)
    look = editing.look(principal(room.teacher), room.assignment)
    assert (look.started, look.running) == (1, 1)


def add_newer(version: int) -> int:
    """Publish a set once more."""
    columns = sa.inspect(SetVersion).columns
    old = db.session.execute(sa.select(*columns).where(SetVersion.id == version)).one()._asdict()
    del old["id"]
    with write() as session:
        return session.execute(
            sa.insert(SetVersion)
            .values({**old, "number": 2, "content_hash": "newer"})
            .returning(SetVersion.id)
        ).scalar_one()


def test_a_newer_version_is_offered_until_somebody_starts(
    room: Classroom, clock: FakeClock
) -> None:
    assert editing.look(principal(room.teacher), room.assignment).newer is None
    newer = add_newer(room.row().set_version_id)
    offered = editing.look(principal(room.teacher), room.assignment).newer
    assert offered is not None
    assert (offered.version_id, offered.number) == (newer, 2)
    room.start(clock)
    assert editing.look(principal(room.teacher), room.assignment).newer is None


def test_a_colleague_can_keep_the_set_that_is_not_theirs(room: Classroom) -> None:
    tom = principal(add_member(room.class_id, add_instructor("Tom"), "instructor"))
    look = editing.look(tom, room.assignment)
    assert look.sets == ()
    editing.change(tom, room.assignment, replace(look.stated, title="By Tom"), "", START)
    assert room.row().title == "By Tom"
    wanted = replace(look.stated, version_id=add_set_version(room.teacher))
    with pytest.raises(Impossible, match="your published sets"):
        editing.change(tom, room.assignment, wanted, "", START)


def test_a_set_that_was_archived_since_can_be_kept(room: Classroom) -> None:
    with write() as session:
        session.execute(sa.update(AuthoredSet).values(archived_at=START))
    assert change(room, title="Still given").title == "Still given"

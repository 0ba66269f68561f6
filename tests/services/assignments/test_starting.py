"""Starting an assigned attempt: within the terms, once, and with few statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.assigning import Refusal
from interview.services.assignments import entries, starting
from interview.services.assignments.starting import Refused, start
from interview.services.attempts.records import NotFound
from interview.services.attempts.starting import AlreadyOpen
from interview.services.classes.access import Forbidden
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.classes import Class
from interview.store.db import db
from interview.store.sets import SetVersion
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person, add_question
from tests.support.classes import accommodate, add_set_version, principal
from tests.support.clock import START, FakeClock
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Any:
    with app.app_context():
        yield


def begin(room: Classroom, code: str = "", now: Any = START) -> int:
    return start(principal(room.learner), room.assignment, code, now)


def attempt_row(attempt_id: int) -> Any:
    columns = sa.inspect(Attempt).columns
    return db.session.execute(sa.select(*columns).where(Attempt.id == attempt_id)).one()


def items_of(attempt_id: int) -> list[Any]:
    columns = sa.inspect(AttemptItem).columns
    return list(
        db.session.execute(
            sa.select(*columns)
            .where(AttemptItem.attempt_id == attempt_id)
            .order_by(AttemptItem.position)
        )
    )


def change(model: Any, **values: Any) -> None:
    with write() as session:
        session.execute(sa.update(model).values(**values))


def test_an_attempt_has_the_terms_of_its_assignment() -> None:
    room = classroom(whole_limit_seconds=3600, title="Midterm")
    attempt = attempt_row(begin(room))
    assert (attempt.preset, attempt.number, attempt.scope) == (
        "assigned", 1, f"assignment:{room.assignment}",
    )  # fmt: skip
    assert (attempt.title, attempt.topic, attempt.feedback) == ("Midterm", "Django", "end")
    assert (attempt.pausable, attempt.returnable) == (False, True)
    assert attempt.deadline_at == START + HOUR
    assert attempt.cutoff_at == START + HOUR + timedelta(seconds=5)
    assert attempt.closes_at == room.row().closes_at
    assert [item.points for item in items_of(attempt.id)] == [1.0] * 3


def test_a_factor_stretches_the_deadline_and_the_grace_and_not_what_is_stated() -> None:
    room = classroom(factor=1.5, whole_limit_seconds=3600, question_limit_seconds=60)
    attempt = attempt_row(begin(room))
    assert (attempt.whole_limit_seconds, attempt.question_limit_seconds) == (3600, 60)
    assert (attempt.time_factor, attempt.grace_seconds) == (1.5, 7.5)
    assert attempt.deadline_at == START + 1.5 * HOUR
    assert attempt.cutoff_at == START + 1.5 * HOUR + timedelta(seconds=7.5)
    assert not attempt.returnable


def test_an_accommodation_goes_before_the_class() -> None:
    room = classroom(factor=1.5, closes_at=START + HOUR)
    accommodate(room.assignment, room.learner, time_factor=2.0, closes_at=START + 3 * HOUR)
    attempt = attempt_row(begin(room))
    assert (attempt.time_factor, attempt.closes_at) == (2.0, START + 3 * HOUR)
    assert attempt.deadline_at == START + 2 * HOUR


def test_who_starts_late_has_what_is_left() -> None:
    room = classroom(closes_at=START + timedelta(minutes=23))
    assert attempt_row(begin(room)).deadline_at == START + timedelta(minutes=23)


@pytest.mark.parametrize(("limit", "kept"), [(60, 45), (None, None)])
def test_a_questions_own_time_counts_where_questions_are_limited(
    limit: int | None, kept: int | None
) -> None:
    room = classroom(seconds=45, question_limit_seconds=limit)
    assert {item.limit_seconds for item in items_of(begin(room))} == {kept}


def test_questions_of_several_topics_are_mixed() -> None:
    room = classroom()
    mixed = [add_question(), add_question(topic="SQL")]
    change(Assignment, set_version_id=add_set_version(room.teacher, mixed))
    assert attempt_row(begin(room)).topic == "Mixed"


def test_questions_come_in_the_sets_order_or_shuffled(monkeypatch: pytest.MonkeyPatch) -> None:
    room = classroom(questions=6, attempts_allowed=2)
    first = begin(room)
    in_order = [item.question_version_id for item in items_of(first)]
    assert in_order == sorted(in_order)
    change(Attempt, state="finished", finished_at=START)
    change(Assignment, shuffle=True)
    monkeypatch.setattr(starting, "_SHUFFLE", Random(3).shuffle)  # noqa: S311 - the test wants to know the order
    shuffled = [item.question_version_id for item in items_of(begin(room))]
    assert shuffled != in_order
    assert sorted(shuffled) == in_order


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"opens_at": START + HOUR}, Refusal.NOT_OPEN),
        ({"closes_at": START}, Refusal.CLOSED),
        ({"archived_at": START}, Refusal.WITHDRAWN),
        ({"access_code": "sesame"}, Refusal.WRONG_CODE),
    ],
)
def test_what_cannot_be_started_says_why(terms: dict[str, Any], why: Refusal) -> None:
    room = classroom(**terms)
    with pytest.raises(Refused) as refused:
        begin(room, "simsim")
    assert refused.value.why is why
    assert db.session.scalar(sa.select(sa.func.count(Attempt.id))) == 0


def test_nothing_is_started_in_an_archived_class() -> None:
    room = classroom()
    change(Class, archived_at=START)
    with pytest.raises(Refused, match="withdrawn"):
        begin(room)


@pytest.mark.parametrize("typed", ["Open Sesame", "open sesame", " OPENSESAME ", "open\tsesame"])
def test_case_and_blanks_of_an_access_code_do_not_matter(typed: str) -> None:
    assert begin(classroom(access_code="Open Sesame"), typed)


@pytest.mark.parametrize("typed", ["", "open", "open sesam", "öpen sesame", "\ud800"])
def test_any_other_access_code_is_wrong(typed: str) -> None:
    with pytest.raises(Refused, match="wrong code"):
        begin(classroom(access_code="Open Sesame"), typed)


def test_the_last_attempt_is_the_last(clock: FakeClock) -> None:
    room = classroom(attempts_allowed=2)
    for number in (1, 2):
        candidate = room.start(clock)
        assert attempt_row(candidate.attempt_id).number == number
        candidate.finish()
    with pytest.raises(Refused, match="none left"):
        begin(room)
    accommodate(room.assignment, room.learner, extra_attempts=1)
    assert attempt_row(begin(room)).number == 3


def test_attempts_have_a_pause_between_them(clock: FakeClock) -> None:
    room = classroom(attempts_allowed=None, delay_seconds=600)
    room.start(clock).finish()
    with pytest.raises(Refused, match="too soon"):
        begin(room, now=clock.advance(minutes=9))
    assert begin(room, now=clock.advance(minutes=1))


def test_an_open_attempt_is_gone_on_with() -> None:
    room = classroom(attempts_allowed=3)
    attempt = begin(room)
    with pytest.raises(AlreadyOpen) as standing:
        begin(room)
    assert standing.value.attempt_id == attempt


def test_an_attempt_whose_time_is_up_is_handed_in_before_the_next(clock: FakeClock) -> None:
    room = classroom(attempts_allowed=2)
    first = begin(room)
    second = begin(room, now=clock.advance(minutes=61))
    assert attempt_row(first).finish_reason == "time"
    assert attempt_row(second).number == 2


def test_nobody_starts_what_is_not_for_them() -> None:
    room = classroom()
    with pytest.raises(NotFound):
        start(principal(add_person("Zoe")), room.assignment, "", START)
    with pytest.raises(Forbidden):
        start(principal(room.teacher), room.assignment, "", START)


def test_what_is_noted_at_a_start_is_what_the_gradebook_would_write(clock: FakeClock) -> None:
    room = classroom(attempts_allowed=None)
    for _ in range(3):
        candidate = room.start(clock)
        noted = room.entry()
        with write() as session:
            entries.refresh(session, room.assignment, room.learner)
        assert room.entry() == noted
        clock.advance(minutes=1)
        candidate.finish()


@pytest.mark.parametrize("before", [0, 1])
def test_a_start_is_few_statements_and_one_commit(
    statements: Count, clock: FakeClock, before: int
) -> None:
    room = classroom(questions=10, attempts_allowed=3, access_code="x")
    for _ in range(before):
        start(principal(room.learner), room.assignment, "x", clock())
        change(Attempt, state="finished", finished_at=START)
    person = principal(room.learner)
    with statements() as seen:
        start(person, room.assignment, "x", clock())
    assert (len(seen), seen.commits) == (11, 1), f"{len(seen)} statements:\n{seen}"


def test_nothing_is_started_where_no_question_is_left_to_draw() -> None:
    room = classroom()
    slot = {"kind": "random", "topic": "Nothing", "tag": "", "difficulty": "", "count": 3}
    content = {"slots": [{**slot, "points": 1.0, "seconds": None}], "bound": 10**6}
    change(SetVersion, content=content)
    with pytest.raises(Refused) as refused:
        begin(room)
    assert refused.value.why is Refusal.NO_QUESTIONS
    assert db.session.scalar(sa.select(sa.func.count(Attempt.id))) == 0

"""Hearing from the page of an attempt: what is noted of whom, and what the page is told."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import presence
from interview.services.attempts.records import NotFound
from interview.store.assignments import Presence
from interview.store.db import db
from tests.support import candidate
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person
from tests.support.clock import FakeClock
from tests.support.statements import Statements


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def room() -> Classroom:
    return classroom()


def seen(attempt_id: int) -> object:
    found = db.session.scalar(sa.select(Presence.seen_at).where(Presence.attempt_id == attempt_id))
    db.session.rollback()
    return found


def test_a_report_is_noted_with_its_moment_and_the_next_one_moves_it(
    room: Classroom, clock: FakeClock
) -> None:
    ada = room.start(clock)
    for _ in range(2):
        now = clock.advance(seconds=10)
        presence.report(ada.user_id, ada.attempt_id, 1, now)
        assert seen(ada.attempt_id) == now


def test_a_report_that_was_overtaken_does_not_turn_the_time_back(
    room: Classroom, clock: FakeClock
) -> None:
    ada = room.start(clock)
    later = clock() + timedelta(seconds=10)
    presence.report(ada.user_id, ada.attempt_id, 1, later)
    presence.report(ada.user_id, ada.attempt_id, 1, clock())
    assert seen(ada.attempt_id) == later


def test_the_page_is_told_the_clocks_of_its_own_question(clock: FakeClock) -> None:
    ada = classroom(question_limit_seconds=120).start(clock)
    page = ada.question(1)
    heard = presence.report(ada.user_id, ada.attempt_id, 1, clock())
    assert (heard.state, heard.clocks) == ("open", page.clocks)
    ada.submit(1)
    assert [face.name for face in _report(ada, 1, clock).clocks] == ["attempt"]
    assert [face.name for face in _report(ada, None, clock).clocks] == ["question", "attempt"]


def _report(ada: candidate.Candidate, position: int | None, clock: FakeClock) -> presence.Heard:
    return presence.report(ada.user_id, ada.attempt_id, position, clock())


def test_an_attempt_that_has_ended_is_told_and_not_noted(room: Classroom, clock: FakeClock) -> None:
    ada = room.start(clock)
    ada.finish()
    heard = _report(ada, 1, clock)
    assert (heard.state, heard.clocks) == ("finished", ())
    assert seen(ada.attempt_id) is None


def test_own_practice_is_answered_and_not_noted(clock: FakeClock) -> None:
    ada = candidate.start(clock)
    assert _report(ada, 1, clock).state == "open"
    assert seen(ada.attempt_id) is None


def test_nobody_reports_for_somebody_else(room: Classroom, clock: FakeClock) -> None:
    ada = room.start(clock)
    for stranger in (room.teacher, add_person()):
        with pytest.raises(NotFound):
            presence.report(stranger, ada.attempt_id, 1, clock())
    assert seen(ada.attempt_id) is None


@pytest.mark.parametrize("position", [-1, 4, 2**40])
def test_there_is_no_such_question(room: Classroom, clock: FakeClock, position: int) -> None:
    ada = room.start(clock)
    with pytest.raises(NotFound):
        _report(ada, position, clock)


def test_a_report_is_three_statements_and_one_commit(
    room: Classroom,
    clock: FakeClock,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    ada = room.start(clock)
    for _ in range(2):
        with statements() as told:
            _report(ada, 1, clock)
        assert (len(told), told.commits) == (3, 1), str(told)

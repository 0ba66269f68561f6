"""Time that is added while somebody hands in, and the other way round."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from flask import Flask

from interview.services import grading, sweeping
from interview.services.assignments import (
    accommodating,
    clocks,
    extending,
    presence,
)
from interview.services.assignments.accommodations import Own
from interview.services.assignments.extensions import Extended
from interview.services.attempts import settling
from tests.faults.test_racing import beside
from tests.support.candidate import GOOD, Candidate
from tests.support.classes import principal
from tests.support.clock import FakeClock
from tests.support.running import Running, log_of, running
from tests.support.threads import Halt, at_once, meanwhile, meet_at

MINUTE = timedelta(minutes=1)
T = TypeVar("T")


@pytest.fixture
def test(app: Flask, clock: FakeClock) -> Running:
    with app.app_context():
        return running(clock, "Ben")


@pytest.fixture
def ada(app: Flask, test: Running) -> Candidate:
    """Ada at her first question."""
    with app.app_context():
        found = test.start("Ada")
        found.question(1)
        return found


def look(app: Flask, job: Callable[[], T]) -> T:
    return beside(app, job)()


def test_two_extensions_at_once_both_count(
    app: Flask, test: Running, ada: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = look(app, ada.attempt).deadline_at
    meet_at(monkeypatch, extending, "write")
    done = at_once(
        beside(app, test.extend, 5, attempt_id=ada.attempt_id), beside(app, test.extend, 7)
    )
    assert [one.given for one in done] == [["Ada"], ["Ada"]]
    attempt = look(app, ada.attempt)
    assert attempt.added_seconds == 12 * 60
    assert attempt.deadline_at == before + 12 * MINUTE
    with app.app_context():
        noted = [entry.details["added_seconds"] for entry in log_of("attempt.extended")]
    assert noted[0][1] == noted[1][0]


@pytest.mark.parametrize("everybody", [False, True])
def test_one_form_sent_twice_at_once_counts_once(
    app: Flask,
    test: Running,
    ada: Candidate,
    monkeypatch: pytest.MonkeyPatch,
    everybody: bool,
) -> None:
    form = look(app, test.form)
    whom = {} if everybody else {"attempt_id": ada.attempt_id}
    meet_at(monkeypatch, extending, "write")
    done = at_once(*[beside(app, test.extend, 5, form=form, **whom)] * 2)
    assert sorted(one.before for one in done) == [0, 1]
    assert look(app, ada.attempt).added_seconds == 300


def test_an_extension_waits_for_the_last_answer_and_names_who_has_ended(
    app: Flask, test: Running, ada: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        for position in (1, 2):
            ada.question(position)
            ada.submit(position)
    halt = Halt(monkeypatch, grading, "grade_row")
    with meanwhile(beside(app, ada.submit, 3, GOOD)):
        halt.wait()
        with meanwhile(beside(app, test.extend, 5, attempt_id=ada.attempt_id)) as extended:
            time.sleep(0.3)
            halt.let_go()
    assert extended.result() == Extended(ended=["Ada"])
    attempt = look(app, ada.attempt)
    assert (attempt.state, attempt.added_seconds) == ("finished", 0)


def test_an_answer_waits_for_an_extension_and_both_count(
    app: Flask, test: Running, ada: Candidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    halt = Halt(monkeypatch, clocks, "_retime")
    with meanwhile(beside(app, test.extend, 5)) as extended:
        halt.wait()
        with meanwhile(beside(app, ada.submit, 1, GOOD)):
            time.sleep(0.3)
            halt.let_go()
    assert extended.result().given == ["Ada"]
    attempt = look(app, ada.attempt)
    assert (attempt.added_seconds, attempt.position) == (300, 2)
    assert look(app, ada.states) == ["submitted", "open", "unseen"]


def test_the_next_question_does_not_end_by_the_time_before_an_extension(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        test = running(clock, question_limit_seconds=3000)
        ada = test.start("Ada")
        ada.question(1)
    clock.advance(minutes=29)
    halt = Halt(monkeypatch, clocks, "_retime")
    with meanwhile(beside(app, test.extend, 60)):
        halt.wait()
        with meanwhile(beside(app, ada.submit, 1, GOOD)):
            time.sleep(0.3)
            halt.let_go()
    clock.advance(minutes=5)
    page = look(app, lambda: ada.question(2))
    assert page.clocks[0].deadline == clock() + 45 * MINUTE


def test_the_sweeper_leaves_alone_what_was_extended_within_the_grace(
    app: Flask, test: Running, ada: Candidate, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(minutes=60, seconds=4)
    later = clock() + timedelta(seconds=3)
    halt = Halt(monkeypatch, clocks, "_retime")
    with meanwhile(beside(app, test.extend, 5)) as extended:
        halt.wait()
        with meanwhile(beside(app, sweeping.sweep, later)):
            time.sleep(0.3)
            halt.let_go()
    assert extended.result().given == ["Ada"]
    assert look(app, ada.attempt).state == "open"


def test_an_extension_that_comes_while_the_server_hands_in_changes_nothing(
    app: Flask, test: Running, ada: Candidate, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.advance(minutes=60, seconds=5)
    form = look(app, test.form)
    halt = Halt(monkeypatch, settling, "close_item")
    with meanwhile(beside(app, sweeping.sweep, clock() + timedelta(seconds=1))):
        halt.wait()
        extending_now = beside(app, test.extend, 5, form=form, attempt_id=ada.attempt_id)
        with meanwhile(extending_now) as extended:
            time.sleep(0.3)
            halt.let_go()
    assert extended.result() == Extended(ended=["Ada"])
    attempt = look(app, ada.attempt)
    assert (attempt.finish_reason, attempt.added_seconds) == ("time", 0)


def test_writers_of_one_assignment_take_turns_and_none_gives_up(
    app: Flask, test: Running, ada: Candidate, clock: FakeClock
) -> None:
    with app.app_context():
        ben = test.start("Ben")
        ben.question(1)
        teacher = principal(test.room.teacher)
    room = test.room
    own = Own(extra_attempts=1, reason="A power cut")

    def many(job: Callable[[], object]) -> Callable[[], object]:
        return lambda: [job() for _ in range(5)]

    at_once(
        many(beside(app, test.extend, 1)),
        many(beside(app, test.extend, 1, attempt_id=ada.attempt_id)),
        many(beside(app, accommodating.put, teacher, room.assignment, room.learner, own, clock())),
        many(beside(app, presence.report, ada.user_id, ada.attempt_id, 1, clock())),
        beside(app, ada.submit, 1, GOOD),
        beside(app, ben.finish),
    )
    assert look(app, ada.attempt).added_seconds == 10 * 60

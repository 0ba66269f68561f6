"""Attempts that are opened again, and terms that change, while somebody starts."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from flask import Flask

from interview.services.assignments import accommodating, reopening, starting
from interview.services.assignments.accommodations import Own
from interview.services.assignments.endings import CannotReopen, Obstacle
from interview.services.attempts.starting import AlreadyOpen
from tests.faults.test_racing import beside
from tests.support.candidate import Candidate
from tests.support.classes import principal
from tests.support.clock import FakeClock
from tests.support.running import Running, log_of, running
from tests.support.threads import PATIENCE_SECONDS, Halt, at_once, meanwhile, meet_at

MINUTE = timedelta(minutes=1)
T = TypeVar("T")


@pytest.fixture
def ended(app: Flask, clock: FakeClock) -> tuple[Running, Candidate]:
    """Ada has ended her first attempt, with a second one before her."""
    with app.app_context():
        test = running(clock, attempts_allowed=2)
        ada = test.start("Ada")
        ada.question(1)
        ada.finish()
        return test, ada


def after(barrier: threading.Barrier, function: Callable[[], T]) -> Callable[[], T]:
    """A function that waits, at its first call in a thread, for the other thread."""
    thread = threading.local()

    def waiting() -> T:
        if not getattr(thread, "has_met", False):
            thread.has_met = True
            barrier.wait()
        return function()

    return waiting


def reopen(test: Running, ada: Candidate) -> object:
    teacher = principal(test.room.teacher)
    try:
        return reopening.reopen(teacher, ada.attempt_id, 10, "A power cut", test.clock())
    except CannotReopen as error:
        return error.obstacle


def start(test: Running) -> object:
    try:
        return test.start("Ada")
    except AlreadyOpen as error:
        return error.attempt_id


def test_of_reopening_and_starting_at_once_one_wins_and_the_other_is_told(
    app: Flask,
    clock: FakeClock,
    ended: tuple[Running, Candidate],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    test, ada = ended
    both = threading.Barrier(2, timeout=PATIENCE_SECONDS)
    for place in (reopening, starting):
        monkeypatch.setattr(place, "write", after(both, place.write))
    reopened, started = at_once(beside(app, reopen, test, ada), beside(app, start, test))
    if reopened is Obstacle.OTHER_OPEN:
        assert isinstance(started, Candidate)
        assert beside(app, ada.attempt)().state == "finished"
    else:
        assert reopened == clock() + 10 * MINUTE
        assert started == ada.attempt_id
        assert beside(app, ada.attempt)().state == "open"


def test_a_start_that_is_being_written_is_waited_for(
    app: Flask, ended: tuple[Running, Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    test, ada = ended
    halt = Halt(monkeypatch, starting, "insert_attempt")
    with meanwhile(beside(app, start, test)) as started:
        halt.wait()
        with meanwhile(beside(app, reopen, test, ada)) as reopened:
            time.sleep(0.3)
            halt.let_go()
    assert isinstance(started.result(), Candidate)
    assert reopened.result() is Obstacle.OTHER_OPEN
    assert beside(app, ada.attempt)().finish_reason == "learner"


def test_reopening_twice_at_once_opens_once(
    app: Flask, ended: tuple[Running, Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    test, ada = ended
    meet_at(monkeypatch, reopening, "write")
    done = at_once(*[beside(app, reopen, test, ada)] * 2)
    assert Obstacle.OPEN in done
    with app.app_context():
        assert len(log_of("attempt.reopened")) == 1


def test_a_start_waits_for_an_accommodation_and_goes_by_it(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        test = running(clock)
        room = test.room
        teacher = principal(room.teacher)
    own = Own(factor=2.0, reason="A doctor's note")
    accommodate = beside(
        app, accommodating.put, teacher, room.assignment, room.learner, own, clock()
    )
    halt = Halt(monkeypatch, accommodating, "_write")
    with meanwhile(accommodate):
        halt.wait()
        with meanwhile(beside(app, test.start, "Ada")) as started:
            time.sleep(0.3)
            halt.let_go()
    attempt = beside(app, started.result().attempt)()
    assert attempt.deadline_at == clock() + 120 * MINUTE

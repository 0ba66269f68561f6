"""People who write while a chunk of a regrade is written: nobody's newer grade is lost."""

import time

import pytest
from flask import Flask

from interview.services.jobs.running import run_due
from interview.services.marking.overriding import Decision, Overtaken, override
from interview.services.regrading import applying, deciding, reading, records, rubrics
from tests.faults.test_racing import beside
from tests.support.attempts import Item
from tests.support.candidate import Candidate
from tests.support.classes import add_assigned, add_learners
from tests.support.clock import START, FakeClock
from tests.support.marking import grades, scores
from tests.support.regraded import SAID, Regraded, regraded
from tests.support.threads import Halt, at_once, meanwhile


def compared(world: Regraded, clock: FakeClock) -> int:
    run = world.ask()
    run_due(clock)
    return run


def test_an_override_that_comes_while_a_chunk_is_written_is_told_of_it(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        world = regraded()
        run = compared(world, clock)
        deciding.accept(world.iris, run, "computed", clock())
        attempt = world.attempts["Ada"]
        base = grades(attempt)[-1].id
    halt = Halt(monkeypatch, applying, "_write")
    decision = Decision(base, {}, 0.1, "Why")
    with meanwhile(beside(app, run_due, clock)):
        halt.wait()
        giving = beside(app, override, world.iris, attempt, 1, decision, START)
        with meanwhile(giving) as given:
            time.sleep(0.3)
            halt.let_go()
    assert isinstance(given.result(), Overtaken)
    with app.app_context():
        assert grades(attempt)[-1].regrade_run_id == run
        assert scores(attempt)[0] == grades(attempt)[-1].score


def test_what_is_handed_in_while_a_run_is_accepted_is_graded_as_the_rest(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        world = regraded()
        run = compared(world, clock)
        (dan,) = add_learners(world.class_id, "Dan")
        item = Item(world.old, state="open", text=None, score=None, draft=SAID)
        running = add_assigned(
            world.assignment, dan, items=[item], state="open", ended_at=None, score=None
        )
    halt = Halt(monkeypatch, rubrics, "_write")
    candidate = Candidate(dan, running, clock)
    with meanwhile(beside(app, deciding.accept, world.iris, run, "computed", clock())):
        halt.wait()
        with meanwhile(beside(app, candidate.finish)):
            time.sleep(0.3)
            halt.let_go()
    with app.app_context():
        run_due(clock)
        assert reading.run_for(world.iris, run).state == "applied"
        assert grades(running)[-1].question_version_id == world.new


def test_a_run_that_two_accept_is_accepted_once(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        world = regraded()
        run = compared(world, clock)

    def accept() -> bool:
        try:
            deciding.accept(world.iris, run, "computed", clock())
        except records.Overtaken:
            return False
        return True

    assert sorted(at_once(*[beside(app, accept)] * 2)) == [False, True]
    with app.app_context():
        assert run_due(clock) == 1
        assert reading.run_for(world.iris, run).counts.applied == 2

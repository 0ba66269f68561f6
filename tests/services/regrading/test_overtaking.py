"""What happens between a dry run, its acceptance and its end."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.jobs import operating
from interview.services.jobs.operating import NotNow
from interview.services.jobs.running import run_due
from interview.services.regrading import applying, deciding, making, reading
from interview.services.regrading.records import Refused
from interview.services.unit import write
from interview.store.bank import Question
from interview.store.db import db
from interview.store.jobs import Job
from interview.store.regrades import RegradeItem
from tests.support.attempts import Item, add_person
from tests.support.authored import revise
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    principal,
)
from tests.support.clock import FakeClock
from tests.support.marking import grades
from tests.support.regrade_runs import applied, compared, counts, in_force, put_jobs
from tests.support.regraded import SAID, grade_by, regraded
from tests.support.threads import Halt, meanwhile

WAITS = sa.text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
CLASSES: dict[str, Any] = {"scope": "classes", "assignment_id": None}


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_what_another_worker_has_written_meanwhile_stays_noted_as_written(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = regraded()
    run = compared(world, clock)
    deciding.accept(world.iris, run, "computed", clock())
    monkeypatch.setattr(applying, "CHUNK", 1)
    # The job of the dry run, which its worker could not end, is due again beside the new one.
    put_jobs("done", state="waiting")
    turns = iter(range(4))

    def by_turns() -> Any:
        match next(turns, None):
            case 0:
                with app.app_context():
                    run_due(clock)
            case 2:
                raise RuntimeError
        return write()

    monkeypatch.setattr(applying, "write", by_turns)
    run_due(clock)
    clock.advance(minutes=60)
    run_due(clock)
    found = counts(world, run)
    assert (found.changed, found.applied, found.passed_over) == (2, 2, 0)
    outcomes = db.session.scalars(sa.select(RegradeItem.outcome)).all()
    assert outcomes == ["applied", "applied"]


def test_an_accepted_run_has_one_job(clock: FakeClock) -> None:
    world = regraded()
    run = compared(world, clock)
    put_jobs("done", state="waiting")
    deciding.accept(world.iris, run, "computed", clock())
    assert db.session.scalars(sa.select(Job.state).order_by(Job.id)).all() == [
        "cancelled",
        "waiting",
    ]


def test_stopping_a_job_waits_for_the_chunk_that_is_being_written(
    app: Flask, backend: str, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = regraded()
    run, root = compared(world, clock), principal(add_person("Root", role="admin"))
    deciding.accept(world.iris, run, "computed", clock())
    job = db.session.scalar(sa.select(sa.func.max(sa.inspect(Job).columns["id"]))) or 0
    db.session.rollback()
    halt = Halt(monkeypatch, applying, "_sort")

    def work() -> None:
        with app.app_context():
            run_due(clock)

    def stop() -> None:
        with app.app_context(), suppress(NotNow):
            operating.stop(root, job, clock())

    with meanwhile(work):
        halt.wait()
        with meanwhile(stop):
            while backend == "postgresql" and not db.session.scalar(WAITS):
                db.session.rollback()
            halt.let_go()
    assert reading.run_for(world.iris, run).counts.applied == 2


def test_an_older_run_does_not_replace_the_rubric_of_a_newer_one(clock: FakeClock) -> None:
    world = regraded()
    older = compared(world, clock)
    newest = revise(world.question)
    applied(world, clock, compared(world, clock))
    assert in_force() == [(world.old, newest)]
    with pytest.raises(Refused, match="Another regrade"):
        deciding.accept(world.iris, older, "computed", clock())
    assert in_force() == [(world.old, newest)]


def test_a_dry_run_that_another_run_has_outdated_is_made_anew(clock: FakeClock) -> None:
    world = regraded()
    older = compared(world, clock)
    newest = revise(world.question)
    newer = compared(world, clock)
    deciding.accept(world.iris, older, "computed", clock())
    for _ in ("while the older one is written", "once it is"):
        with pytest.raises(Refused, match="Another regrade"):
            deciding.accept(world.iris, newer, "computed", clock())
        run_due(clock)
    assert in_force() == [(world.old, world.new)]
    again = compared(world, clock)
    deciding.accept(world.iris, again, "computed", clock())
    assert in_force() == [(world.old, newest)]


def test_a_question_that_went_back_to_an_earlier_version_is_another(clock: FakeClock) -> None:
    world = regraded()
    run = compared(world, clock, question_id=None)
    with write() as session:
        session.execute(sa.update(Question).values(current_version_id=world.old))
    with pytest.raises(Refused, match="changed since"):
        deciding.accept(world.iris, run, "computed", clock())


def test_a_class_that_joined_the_scope_since_the_dry_run_is_not_changed_unseen(
    clock: FakeClock,
) -> None:
    world = regraded()
    theirs = add_instructor("Olaf")
    other = add_class(instructor=theirs)
    assignment = add_assignment(other, add_set_version(theirs, [world.old]))
    (zoe,) = add_learners(other, "Zoe")
    attempt = add_assigned(assignment, zoe, items=[Item(world.old, text=SAID)])
    grade_by(world.old, attempt)
    clock.advance(days=1)
    run = making.make(world.iris, world.wish(**CLASSES), clock())
    run_due(clock)
    add_member(other, world.iris.id, "instructor")
    with pytest.raises(Refused, match="more classes"):
        deciding.accept(world.iris, run, "computed", clock())
    assert (len(grades(attempt)), in_force()) == (1, [])

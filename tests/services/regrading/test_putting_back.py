"""What is put back, by whom, and who is told of what stays half done."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.jobs.running import run_due
from interview.services.principals import Principal
from interview.services.regrading import applying, deciding, making, reading
from interview.services.unit import write
from interview.store.attempts import AttemptItem
from interview.store.classes import ClassMember
from interview.store.db import db
from tests.support.attempts import Item, add_attempt, add_person
from tests.support.authored import revise
from tests.support.classes import (
    add_assigned,
    add_learners,
    principal,
)
from tests.support.clock import FakeClock
from tests.support.marking import grades
from tests.support.regrade_runs import applied, compared, counts, in_force, messages, put_jobs
from tests.support.regraded import Regraded, regraded

UNSEEN: dict[str, Any] = {"state": "open", "ended_at": None, "score": None}
CLASSES: dict[str, Any] = {"scope": "classes", "assignment_id": None}


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def rubric_of(attempt: int) -> int | None:
    found = db.session.scalar(
        sa.select(AttemptItem.rubric_version_id).where(AttemptItem.attempt_id == attempt)
    )
    db.session.rollback()
    return found


def unseen(world: Regraded) -> list[Item]:
    return [Item(world.old, state="unseen", text=None, score=None)]


def put_role(world: Regraded, role: str) -> None:
    with write() as session:
        own = ClassMember.user_id == world.iris.id
        session.execute(sa.update(ClassMember).where(own).values(role=role))


def run_by(person: Principal, world: Regraded, clock: FakeClock, **changes: Any) -> int:
    """Have somebody else than the class's teacher make a run and apply it."""
    run = making.make(person, world.wish(**changes), clock())
    run_due(clock)
    deciding.accept(person, run, "computed", clock())
    run_due(clock)
    return run


def test_whoever_no_longer_teaches_takes_nothing_back(clock: FakeClock) -> None:
    world = regraded()
    run = applied(world, clock, compared(world, clock, **CLASSES))
    put_role(world, "assistant")
    undo = deciding.undo(world.iris, run, "It was wrong.", clock())
    run_due(clock)
    assert counts(world, undo).changed == 0
    assert len(grades(world.attempts["Ada"])) == 2
    assert in_force() == [(world.old, world.new)]


def test_an_administrator_takes_back_what_an_instructor_has_changed(clock: FakeClock) -> None:
    world = regraded()
    run = applied(world, clock, compared(world, clock, **CLASSES))
    put_role(world, "assistant")
    root = principal(add_person("Root", role="admin"))
    undo = deciding.undo(root, run, "It was wrong.", clock())
    run_due(clock)
    assert reading.run_for(root, undo).counts.applied == 2
    assert in_force() == []


def test_a_run_that_is_cancelled_before_it_wrote_anything_leaves_all_as_it_was(
    clock: FakeClock,
) -> None:
    world = regraded()
    (dan,) = add_learners(world.class_id, "Dan")
    attempt = add_assigned(world.assignment, dan, items=unseen(world), **UNSEEN)
    run = compared(world, clock)
    deciding.accept(world.iris, run, "computed", clock())
    assert rubric_of(attempt) == world.new
    deciding.cancel(world.iris, run, clock())
    assert (rubric_of(attempt), in_force()) == (None, [])
    assert not reading.run_for(world.iris, run).can_undo


def test_taking_back_an_older_run_leaves_practice_as_the_newer_one_has_it(
    clock: FakeClock,
) -> None:
    world = regraded()
    (pia,) = add_learners(world.class_id, "Pia")
    attempt = add_attempt(pia, items=unseen(world), **UNSEEN)
    root, everywhere = (
        principal(add_person("Root", role="admin")),
        {"scope": "everywhere", "assignment_id": None},
    )
    older = run_by(root, world, clock, **everywhere)
    newest = revise(world.question)
    run_by(root, world, clock, **everywhere)
    assert rubric_of(attempt) == newest
    deciding.undo(root, older, "It was wrong.", clock())
    assert rubric_of(attempt) == newest


def test_a_run_that_fails_half_way_tells_each_learner_once(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = regraded()
    run = compared(world, clock)
    deciding.accept(world.iris, run, "computed", clock())
    monkeypatch.setattr(applying, "CHUNK", 1)
    sort, turns = applying._sort, iter(range(9))

    def broken(*arguments: Any) -> Any:
        if next(turns):
            raise RuntimeError
        return sort(*arguments)

    monkeypatch.setattr(applying, "_sort", broken)
    for _ in range(6):
        run_due(clock)
        clock.advance(minutes=60)
    assert reading.run_for(world.iris, run).state == "failed"
    assert len(messages("regraded")) == 1
    monkeypatch.setattr(applying, "_sort", sort)
    put_jobs("failed", state="waiting", tries=0)
    run_due(clock)
    assert counts(world, run).applied == 2
    told = [one.target_id for one in messages("regraded")]
    assert sorted(told) == [world.attempts["Ada"], world.attempts["Ben"]]

"""The dry run: what would change and why, and what is left alone."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.grading.overriding import PERSON
from interview.services.jobs.running import run_due
from interview.services.marking.overriding import Decision, override
from interview.services.regrading import reading
from interview.services.regrading.records import ItemLine, RunScreen
from interview.services.unit import write
from interview.store.appeals import PersonalWording
from interview.store.db import db
from interview.store.grades import Grade
from interview.store.regrades import RegradeRun
from tests.support.attempts import Item, add_person
from tests.support.authored import revise
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.clock import START, FakeClock
from tests.support.marking import grades
from tests.support.regraded import (
    OTHER,
    SAID,
    WORDING,
    Regraded,
    grade_by,
    practise,
    put_score,
    regraded,
)


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def compared(world: Regraded, run: int, clock: FakeClock) -> RunScreen:
    assert run_due(clock) == 1
    screen = reading.run_for(world.iris, run)
    assert screen.state == "compared"
    return screen


def lines(world: Regraded, run: int, only: str = "all") -> list[ItemLine]:
    return list(reading.items(world.iris, run, only, None).lines)


def test_answers_that_say_what_was_accepted_would_rise_and_others_stay(clock: FakeClock) -> None:
    world = regraded()
    run = world.ask(appeal_id=world.appeal("Ada"))
    counts = compared(world, run, clock).counts
    assert (counts.answers, counts.changed, counts.raised, counts.lowered) == (3, 2, 2, 0)
    assert (counts.equivalent, counts.learners, counts.by_people) == (2, 2, 0)
    found = lines(world, run, "equivalent")
    assert [line.learner for line in found] == ["Ada", "Ben"]
    (change,) = found[0].points
    assert (change.id, change.before, change.after) == ("forged", "not found", "found")
    assert found[0].new_score > found[0].old_score
    assert not any(line.other_grader for line in found)


def test_a_dry_run_writes_no_grade(clock: FakeClock) -> None:
    world = regraded()
    before = [grades(attempt) for attempt in world.attempts.values()]
    compared(world, world.ask(), clock)
    assert [grades(attempt) for attempt in world.attempts.values()] == before


def test_a_version_of_another_prompt_grades_nobody(clock: FakeClock) -> None:
    world = regraded()
    other = revise(world.question, prompt="What is a CSRF token made of?")
    counts = compared(world, world.ask(version_id=other), clock).counts
    assert (counts.answers, counts.changed) == (3, 0)


def test_a_persons_grade_is_left_alone_even_when_the_person_has_left(clock: FakeClock) -> None:
    world = regraded()
    attempt = world.attempts["Ben"]
    override(world.iris, attempt, 1, Decision(grades(attempt)[-1].id, {}, 0.1, "Why"), START)
    with write() as session:
        session.execute(
            sa.update(Grade).where(Grade.grader_version == PERSON).values(graded_by=None)
        )
    counts = compared(world, world.ask(), clock).counts
    assert (counts.answers, counts.by_people, counts.changed) == (2, 1, 1)


def test_another_score_alone_is_a_change_and_rounding_is_not(clock: FakeClock) -> None:
    world = regraded(Ada=OTHER, Ben=OTHER)
    kept = grades(world.attempts["Ada"])[-1].score
    put_score(world.attempts["Ada"], kept + 1e-12)
    put_score(world.attempts["Ben"], kept + 0.2)
    run = world.ask()
    assert compared(world, run, clock).counts.lowered == 1
    (line,) = lines(world, run, "lowered")
    assert (line.learner, line.points) == ("Ben", ())


def test_only_the_scope_is_looked_at(clock: FakeClock) -> None:
    world = regraded()
    other = add_assignment(world.class_id, add_set_version(world.iris.id, [world.old]))
    (dan,) = add_learners(world.class_id, "Dan")
    grade_by(world.old, add_assigned(other, dan, items=[Item(world.old, text=SAID)]))
    practise(world, dan)
    assert compared(world, world.ask(), clock).counts.answers == 3
    wide = world.ask(scope="classes", assignment_id=None)
    assert compared(world, wide, clock).counts.answers == 4
    root = principal(add_person("Root", role="admin"))
    everything = world.ask(root, scope="everywhere", assignment_id=None)
    run_due(clock)
    assert reading.run_for(root, everything).counts.answers == 5
    (own,) = [one for one in reading.items(root, everything, "all", None).lines if one.is_practice]
    assert (own.learner, own.text, own.attempt_id) == ("", "", 0)


def test_own_practice_is_compared_with_its_own_wordings(clock: FakeClock) -> None:
    world = regraded()
    (dan,) = add_learners(world.class_id, "Dan")
    attempt = practise(world, dan, f"{OTHER} I would call it the seal of the letter.")
    with write() as session:
        wording = {
            "user_id": dan, "question_id": world.question, "point_id": "secret",
            "point_text": "", "wording": "the seal of the letter", "created_at": START,
        }  # fmt: skip
        session.execute(sa.insert(PersonalWording).values(wording))
    root = principal(add_person("Root", role="admin"))
    run = world.ask(root, scope="everywhere", assignment_id=None)
    run_due(clock)
    (own,) = [one for one in reading.items(root, run, "all", None).lines if one.is_practice]
    assert [(point.id, point.after) for point in own.points] == [("secret", "found")]
    assert attempt


def test_the_version_is_settled_when_the_run_is_asked_for(clock: FakeClock) -> None:
    world = regraded()
    run = world.ask()
    revise(world.question, prompt="What is a CSRF token made of?")
    assert compared(world, run, clock).counts.changed == 2
    kept = db.session.scalar(sa.select(RegradeRun.version_id).where(RegradeRun.id == run))
    assert kept == world.new
    assert WORDING in SAID.casefold()

"""Deciding about a run: what holds from then on, taking it back, and what is refused."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.jobs.records import MOST_TRIES
from interview.services.jobs.running import run_due
from interview.services.marking.overriding import Decision, override
from interview.services.regrading import deciding, reading
from interview.services.regrading.records import Overtaken, Refused
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionVersion
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.jobs import Job
from interview.store.regrades import AssignmentRubric
from tests.support.attempts import Item
from tests.support.authored import RUBRIC, revise
from tests.support.candidate import Candidate
from tests.support.classes import add_assigned, add_learners
from tests.support.clock import FakeClock
from tests.support.marking import grades, scores
from tests.support.regrade_runs import applied, compared, counts, messages
from tests.support.regraded import SAID, regraded


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_answers_to_come_are_graded_by_the_new_version_until_it_is_taken_back(
    clock: FakeClock,
) -> None:
    world = regraded()
    running, later = (
        add_assigned(
            world.assignment,
            learner,
            items=[Item(world.old, state="unseen", text=None, score=None)],
            state="open",
            ended_at=None,
            score=None,
        )
        for learner in add_learners(world.class_id, "Dan", "Eva")
    )
    run = applied(world, clock)
    version = sa.select(AttemptItem.rubric_version_id).where(AttemptItem.attempt_id == running)
    assert db.session.scalar(version) == world.new
    rubrics = sa.select(AssignmentRubric.shown_version_id, AssignmentRubric.rubric_version_id)
    assert [tuple(row) for row in db.session.execute(rubrics)] == [(world.old, world.new)]
    dan = db.session.scalar(sa.select(Attempt.user_id).where(Attempt.id == running))
    assert dan is not None
    candidate = Candidate(dan, running, clock)
    candidate.question(1)
    candidate.submit(1, SAID)
    assert grades(running)[-1].question_version_id == world.new
    deciding.undo(world.iris, run, "It was wrong", clock())
    assert not db.session.execute(rubrics).all()
    assert db.session.scalar(version) == world.new
    other = sa.select(AttemptItem.rubric_version_id).where(AttemptItem.attempt_id == later)
    assert db.session.scalar(other) is None


def test_undoing_restores_every_grade_but_those_that_came_later(clock: FakeClock) -> None:
    world = regraded()
    run = applied(world, clock)
    after = grades(world.attempts["Ben"])[-1]
    decision = Decision(after.id, {}, 0.9, "Why")
    override(world.iris, world.attempts["Ben"], 1, decision, clock())
    first = grades(world.attempts["Ada"])[0]
    undo = deciding.undo(world.iris, run, "The wording says too little.", clock())
    run_due(clock)
    found = counts(world, undo)
    assert (found.changed, found.applied, found.overtaken, found.lowered) == (2, 1, 1, 2)
    last = grades(world.attempts["Ada"])[-1]
    assert (last.regrade_run_id, last.reason) == (undo, "The wording says too little.")
    same = ("verdict", "score", "needs_review", "question_version_id", "grader_version")
    assert [getattr(last, name) for name in same] == [getattr(first, name) for name in same]
    assert scores(world.attempts["Ada"]) == (first.score, [first.score])
    assert scores(world.attempts["Ben"]) == (0.9, [0.9])
    assert messages("regraded")[-1].words == (
        "One of your answers in “First test” has its earlier grade again."
    )
    assert reading.run_for(world.iris, run).undone_by == undo
    with pytest.raises(Overtaken):
        deciding.undo(world.iris, run, "Once more", clock())
    with pytest.raises(Refused):
        deciding.undo(world.iris, undo, "Back again", clock())


def test_a_cancelled_dry_run_is_neither_made_nor_applied(clock: FakeClock) -> None:
    world = regraded()
    run = world.ask()
    deciding.cancel(world.iris, run, clock())
    assert run_due(clock) == 0
    assert reading.run_for(world.iris, run).state == "cancelled"
    with pytest.raises(Overtaken):
        deciding.accept(world.iris, run, "computed", clock())
    with pytest.raises(Refused):
        deciding.undo(world.iris, run, "Why not", clock())


def test_a_run_of_all_questions_is_refused_once_one_of_them_has_changed(clock: FakeClock) -> None:
    world = regraded()
    run = compared(world, clock, question_id=None)
    made = revise(world.question, rubric=RUBRIC)
    with write() as session:
        session.execute(
            sa.update(QuestionVersion)
            .where(QuestionVersion.id == made)
            .values(created_at=clock.advance(days=1))
        )
    with pytest.raises(Refused, match="changed since"):
        deciding.accept(world.iris, run, "computed", clock())
    assert reading.run_for(world.iris, run).state == "compared"


def test_an_instructor_who_left_a_class_since_the_dry_run_changes_nothing_in_it(
    clock: FakeClock,
) -> None:
    world = regraded()
    run = compared(world, clock, scope="classes", assignment_id=None)
    with write() as session:
        session.execute(
            sa.update(ClassMember)
            .where(ClassMember.user_id == world.iris.id)
            .values(role="assistant")
        )
    found = counts(world, applied(world, clock, run))
    assert (found.applied, found.passed_over) == (0, 2)
    assert not db.session.execute(sa.select(AssignmentRubric.rubric_version_id)).all()


def test_a_run_that_failed_goes_on_where_it_stopped(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = regraded()
    run = compared(world, clock)
    deciding.accept(world.iris, run, "computed", clock())
    with write() as session:
        session.execute(sa.update(Job).where(Job.state == "waiting").values(tries=MOST_TRIES))
    run_due(clock)
    assert reading.run_for(world.iris, run).state == "failed"
    assert messages("run_ready")[-1].words.startswith("It could not be finished.")
    with write() as session:
        again = {"state": "waiting", "tries": 0}
        session.execute(sa.update(Job).where(Job.state == "failed").values(again))
    run_due(clock)
    assert counts(world, run).applied == 2

"""Writing what was accepted: exactly that, everywhere that it is summed up, and reversibly."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.totals import weighted_score
from interview.services.assignments import entries
from interview.services.jobs.running import run_due
from interview.services.marking.overriding import Decision, override
from interview.services.principals import Principal
from interview.services.regrading import deciding, making, reading
from interview.services.regrading.records import Wish
from interview.services.unit import write
from interview.store.assignments import GradebookEntry
from interview.store.attempts import Attempt, AttemptItem
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.grades import Grade, Submission
from interview.store.marking import NEWEST_GRADE
from tests.support.attempts import Item, add_person
from tests.support.classes import add_assigned, add_learners, principal
from tests.support.clock import FakeClock
from tests.support.marking import grades, scores
from tests.support.regrade_field import Field, fill
from tests.support.regrade_runs import applied, compared, counts, messages, noted
from tests.support.regraded import SAID, grade_by, learner_of, practise, put_score, regraded


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_a_wording_that_was_accepted_reaches_everybody(clock: FakeClock) -> None:
    world = regraded()
    appeal = world.appeal("Ada")
    run = applied(world, clock, compared(world, clock, appeal_id=appeal))
    assert counts(world, run).applied == 2
    for name in ("Ada", "Ben"):
        before, after = grades(world.attempts[name])
        assert (after.question_version_id, after.regrade_run_id) == (world.new, run)
        assert (after.graded_by, after.reason) == (None, "A wording was accepted.")
        assert after.verdict["points"][0]["verdict"] == "found"
        assert after.score == after.verdict["score"] > before.score
        assert scores(world.attempts[name]) == (after.score, [after.score])
    assert len(grades(world.attempts["Cyd"])) == 1
    told = messages("regraded")
    words = "One of your answers in “First test” was graded anew: a wording was accepted."
    assert [(one.words, one.detail, one.target, one.position) for one in told] == [
        (words, "", "answer", 1)
    ] * 2
    assert {one.target_id for one in told} == {world.attempts["Ada"], world.attempts["Ben"]}
    assert [one.target_id for one in messages("run_ready")] == [run]


def test_who_practised_too_is_told_of_both_by_name(clock: FakeClock) -> None:
    world = regraded()
    ada = learner_of(world.attempts["Ada"])
    practise(world, ada)
    world = replace(world, iris=principal(add_person("Root", role="admin")))
    applied(world, clock, compared(world, clock, scope="everywhere", assignment_id=None))
    (told,) = (one.words for one in messages("regraded") if one.user_id == ada)
    assert told.startswith("2 of your answers in your own practice and 1 more were graded anew")


def test_each_grade_is_noted_in_the_log_of_the_class(clock: FakeClock) -> None:
    world = regraded()
    run = applied(world, clock)
    found = noted("grade.regraded")
    assert [one.subject for one in found] == [
        f"{name}: First test, attempt 1, question 1" for name in ("Ada", "Ben")
    ]
    assert {(one.class_id, one.actor_id) for one in found} == {(world.class_id, world.iris.id)}
    assert found[0].details["run"] == run
    assert found[0].details["key point 1"] == ["not found", "found"]
    (whole,) = noted("regrade.applied")
    assert whole.class_id == world.class_id
    assert (whole.details["changed"], whole.details["raised"]) == (2, 2)


def test_never_lower_keeps_what_would_fall_and_raises_the_rest(clock: FakeClock) -> None:
    world = regraded()
    put_score(world.attempts["Cyd"], 0.99)
    run = applied(world, clock, policy="never_lower")
    found = counts(world, run)
    assert (found.applied, found.kept, found.overtaken, found.passed_over) == (2, 1, 0, 1)
    assert len(grades(world.attempts["Cyd"])) == 1


def test_a_grade_that_came_first_is_not_overwritten(clock: FakeClock) -> None:
    world = regraded()
    run = compared(world, clock)
    base = grades(world.attempts["Ben"])[-1].id
    override(world.iris, world.attempts["Ben"], 1, Decision(base, {}, 0.9, "Why"), clock())
    found = counts(world, applied(world, clock, run))
    assert (found.applied, found.overtaken) == (1, 1)
    assert grades(world.attempts["Ben"])[-1].graded_by == world.iris.id
    assert scores(world.attempts["Ben"]) == (0.9, [0.9])


def test_of_two_runs_over_the_same_answers_the_second_finds_them_changed(
    clock: FakeClock,
) -> None:
    world = regraded()
    first, second = compared(world, clock), compared(world, clock)
    applied(world, clock, first)
    found = counts(world, applied(world, clock, second))
    assert (found.applied, found.overtaken) == (0, 2)
    assert len(grades(world.attempts["Ada"])) == 2


def test_what_is_handed_in_before_the_acceptance_is_mended_too(clock: FakeClock) -> None:
    world = regraded()
    run = compared(world, clock)
    (dan,) = add_learners(world.class_id, "Dan")
    late = add_assigned(world.assignment, dan, items=[Item(world.old, text=SAID)])
    grade_by(world.old, late)
    found = counts(world, applied(world, clock, run))
    assert (found.answers, found.changed, found.applied) == (4, 3, 3)
    assert grades(late)[-1].regrade_run_id == run


def test_an_answer_whose_place_was_passed_before_it_was_committed_is_found(
    clock: FakeClock,
) -> None:
    world = regraded()
    put_into(None, world.attempts["Ada"])
    run = compared(world, clock)
    put_into(world.assignment, world.attempts["Ada"])
    found = counts(world, applied(world, clock, run))
    assert (found.answers, found.changed, found.applied) == (3, 2, 2)


def put_into(assignment: int | None, attempt: int) -> None:
    """Hide an attempt from an assignment, or show it again, as an open transaction does."""
    with write() as session:
        session.execute(
            sa.update(Attempt).where(Attempt.id == attempt).values(assignment_id=assignment)
        )


def whole(seeded: Field) -> tuple[Principal, Wish]:
    wish = Wish("assignment", seeded.assignment, None, None, None, "computed", "Better")
    return principal(seeded.teacher), wish


def test_all_sums_are_what_they_would_be_if_they_were_added_up_anew(clock: FakeClock) -> None:
    seeded = fill(160, 3)
    iris, wish = whole(seeded)
    run = making.make(iris, wish, clock())
    run_due(clock)
    deciding.accept(iris, run, "computed", clock())
    run_due(clock)
    items = db.session.execute(
        sa.select(AttemptItem.attempt_id, AttemptItem.score, AttemptItem.points, Grade.score)
        .outerjoin(
            Submission,
            sa.and_(
                Submission.attempt_id == AttemptItem.attempt_id,
                Submission.position == AttemptItem.position,
            ),
        )
        .outerjoin(Grade, Grade.id == NEWEST_GRADE)
        .order_by(AttemptItem.attempt_id, AttemptItem.position)
    ).all()
    assert all(row[1] == row[3] for row in items)
    by_attempt: dict[int, list[tuple[float, float]]] = {}
    for row in items:
        by_attempt.setdefault(row[0], []).append((row[1] or 0.0, row[2]))
    ended = sa.select(Attempt.id, Attempt.score).where(Attempt.state == "finished")
    assert all(row.score == weighted_score(by_attempt[row.id]) for row in db.session.execute(ended))
    kept = sums()
    learners = [row[1] for row in kept[0]]
    with write() as session:
        for learner in learners:
            entries.refresh(session, seeded.assignment, learner)
    assert sums() == kept
    assert reading.run_for(iris, run).counts.applied > 20


def sums() -> tuple[list[Any], list[Any]]:
    entry = sa.select(*sa.inspect(GradebookEntry).columns).order_by(GradebookEntry.user_id)
    mean = sa.select(ClassMember.user_id, ClassMember.mean_score, ClassMember.finished_count)
    found = (
        [tuple(row) for row in db.session.execute(entry)],
        [tuple(row) for row in db.session.execute(mean.order_by(ClassMember.user_id))],
    )
    db.session.rollback()
    return found

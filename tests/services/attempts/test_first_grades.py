"""By which version an answer is graded when it is handed in, and that starts know it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import first_grades, submitting
from interview.services.unit import write
from interview.store.attempts import AttemptItem
from interview.store.bank import QuestionVersion
from interview.store.db import db
from interview.store.grades import Grade, Submission
from interview.store.regrades import AssignmentRubric
from tests.support.assigned import classroom
from tests.support.candidate import GOOD, Candidate, start
from tests.support.clock import FakeClock

pytestmark = pytest.mark.usefixtures("database")


def widened(version_id: int, **content: Any) -> int:
    """A version with the same prompt and another rubric."""
    row = db.session.execute(
        sa.select(QuestionVersion.question_id, QuestionVersion.prompt, QuestionVersion.rubric)
        .where(QuestionVersion.id == version_id)
    ).one()  # fmt: skip
    values = {
        "question_id": row.question_id,
        "prompt": row.prompt,
        "rubric": {**row.rubric, **content},
        "content_hash": f"wider-{version_id}",
        "created_at": sa.func.current_timestamp(),
    }
    with write() as session:
        made: int = session.execute(
            sa.insert(QuestionVersion).values(**values).returning(QuestionVersion.id)
        ).scalar_one()
    return made


def grade_by(candidate: Candidate, position: int, version_id: int) -> None:
    with write() as session:
        session.execute(
            sa.update(AttemptItem)
            .where(AttemptItem.attempt_id == candidate.attempt_id, AttemptItem.position == position)
            .values(rubric_version_id=version_id)
        )


def graded_by(candidate: Candidate) -> dict[int, int]:
    rows = db.session.execute(
        sa.select(Submission.position, Grade.question_version_id)
        .join(Submission, Submission.id == Grade.submission_id)
        .where(Submission.attempt_id == candidate.attempt_id)
    )
    return {row.position: row.question_version_id for row in rows}


@dataclass(frozen=True)
class Way:
    """How the first question's answer comes to be handed in."""

    name: str
    take: Callable[[Candidate, FakeClock], object]


def time_out(candidate: Candidate, clock: FakeClock) -> None:
    clock.advance(days=1)
    candidate.show(1)


WAYS = (
    Way("submit", lambda candidate, _: candidate.submit(1)),
    Way("finish", lambda candidate, _: candidate.finish()),
    Way("deadline", time_out),
)


@pytest.mark.parametrize("way", WAYS, ids=[way.name for way in WAYS])
def test_an_answer_is_graded_by_the_version_that_its_item_names(way: Way, clock: FakeClock) -> None:
    candidate = start(clock, Plan(Preset.MOCK, Feedback.END, timedelta(hours=1), None))
    candidate.question(1)
    shown = candidate.item(1).question_version_id
    other = widened(shown, key_points=[])
    grade_by(candidate, 1, other)
    candidate.save(1, GOOD)
    candidate.question(1)
    way.take(candidate, clock)
    assert graded_by(candidate) == {1: other}
    assert candidate.item(1).question_version_id == shown


def test_without_one_it_is_graded_by_the_version_that_was_shown(clock: FakeClock) -> None:
    candidate = start(clock)
    candidate.question(1)
    candidate.submit(1)
    assert graded_by(candidate) == {1: candidate.item(1).question_version_id}


def test_a_rubric_that_comes_while_an_answer_is_graded_grades_it(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = start(clock)
    candidate.question(1)
    other = widened(candidate.item(1).question_version_id, key_points=[])
    before = first_grades.first_grade

    def then_the_rubric(*asked: Any) -> Any:
        graded = before(*asked)
        if graded.version_id != other:
            grade_by(candidate, 1, other)
        return graded

    monkeypatch.setattr(submitting, "first_grade", then_the_rubric)
    candidate.submit(1)
    assert graded_by(candidate) == {1: other}
    assert candidate.grades() == 1


def test_an_assigned_attempt_starts_with_the_rubrics_of_its_assignment(
    app: Flask, clock: FakeClock
) -> None:
    room = classroom(attempts_allowed=2)
    first = room.start(clock)
    shown = first.item(2).question_version_id
    assert first.item(2).rubric_version_id is None
    other = widened(shown)
    row = {"assignment_id": room.assignment, "shown_version_id": shown}
    with write() as session:
        session.execute(sa.insert(AssignmentRubric).values(**row, rubric_version_id=other))
    first.finish()
    second = room.start(clock)
    found = [second.item(position) for position in (1, 2, 3)]
    assert {one.question_version_id: one.rubric_version_id for one in found} == {
        one.question_version_id: other if one.question_version_id == shown else None
        for one in found
    }

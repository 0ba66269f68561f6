"""Personal wordings: what a learner counts in own practice, and takes back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.grading import Grade
from interview.rules.attempt import Feedback, Plan, Preset
from interview.services import grading
from interview.services.attempts import counting, own_grades
from interview.services.attempts.counting import MOST_WORDINGS, NotCounted
from interview.services.attempts.records import NotFound
from interview.services.attempts.story import COUNTED
from interview.services.unit import write
from interview.store.appeals import PersonalWording
from interview.store.bank import QuestionVersion
from interview.store.db import db
from tests.support.assigned import classroom
from tests.support.attempts import add_person
from tests.support.classes import principal
from tests.support.clock import FakeClock
from tests.support.marking import grades, scores
from tests.support.personal import (
    ANSWER,
    OWN,
    OWN_WORDS,
    RUBRIC,
    Practice,
    add_wordings,
    practise,
    remove,
    wordings,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
MOCK = Plan(Preset.MOCK, Feedback.END, None, None)


@pytest.fixture
def practice(app: Flask, clock: FakeClock) -> Any:
    with app.app_context():
        yield practise(clock)


def test_what_is_counted_is_found_and_scored_at_once(practice: Practice) -> None:
    assert practice.verdicts() == ["found", "not found"]
    practice.count()
    first, counted = grades(practice.attempt)
    assert practice.verdicts() == ["found", "found"]
    assert (counted.reason, counted.own_points, counted.graded_by) == (COUNTED, ["thrown"], None)
    assert counted.score > first.score
    assert scores(practice.attempt) == (None, [counted.score, None, None])
    evidence = practice.screen().evidence
    assert evidence is not None
    assert [(point.own, point.quote) for point in evidence.points][1] == (True, OWN_WORDS[:-1])


def test_it_moves_the_score_of_an_attempt_that_has_ended(practice: Practice) -> None:
    practice.candidate.finish()
    practice.count()
    score = grades(practice.attempt)[-1].score
    whole, items = scores(practice.attempt)
    assert whole == pytest.approx(score / 3)
    assert items == [score, 0.0, 0.0]


def test_counting_twice_changes_nothing(practice: Practice) -> None:
    practice.count()
    practice.count()
    assert (len(wordings()), len(grades(practice.attempt))) == (1, 2)


def test_a_second_click_that_overtakes_the_first_changes_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep, calls = counting._keep, []

    def after_the_other(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 1:
            practice.count()
        keep(*args)

    monkeypatch.setattr(counting, "_keep", after_the_other)
    practice.count()
    assert (len(wordings()), len(grades(practice.attempt))) == (1, 2)


def test_later_practice_counts_it_and_other_questions_cost_nothing_more(
    practice: Practice, clock: FakeClock, statements: Count
) -> None:
    practice.count()
    again = practice.again(clock)
    (grade,) = grades(again.attempt)
    assert (grade.own_points, grade.reason) == (["thrown"], "")
    assert again.verdicts() == ["found", "found"]
    again.candidate.show(2)
    with statements() as other:
        again.candidate.submit(2, ANSWER)
    assert not [sql for sql in other.sql if sql.startswith("SELECT personal_wordings")]


def test_drafts_that_are_handed_in_at_the_finish_count_it_too(
    practice: Practice, clock: FakeClock
) -> None:
    practice.count()
    again = practice.again(clock, answer="")
    again.candidate.show(1)
    again.candidate.save(1, ANSWER)
    again.candidate.finish()
    (grade,) = grades(again.attempt)
    assert grade.own_points == ["thrown"]


def test_nobody_else_is_graded_by_it(practice: Practice, clock: FakeClock) -> None:
    practice.count()
    other = Practice(practice.candidate, principal(add_person("Ben"))).again(clock)
    assert other.verdicts() == ["found", "not found"]
    assert grades(other.attempt)[0].own_points is None


def test_assigned_answers_are_graded_without_it(practice: Practice, clock: FakeClock) -> None:
    practice.count()
    room = classroom(questions=1)
    assigned = room.start(clock)
    version = assigned.item(1).question_version_id
    question = db.session.scalar(
        sa.select(QuestionVersion.question_id).where(QuestionVersion.id == version)
    )
    with write() as session:
        session.execute(sa.update(QuestionVersion).values(rubric=RUBRIC))
        session.execute(
            sa.update(PersonalWording).values(user_id=room.learner, question_id=question)
        )
    assigned.show(1)
    assigned.submit(1, ANSWER)
    (grade,) = grades(assigned.attempt_id)
    assert grade.own_points is None
    learner = Practice(assigned, principal(room.learner))
    with pytest.raises(NotFound):
        learner.count()


@pytest.mark.parametrize(("choice", "why"), [(99, "choice"), (-1, "choice"), (OWN, "unfound")])
def test_what_cannot_be_counted_is_not_kept(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, choice: int, why: str
) -> None:
    def without(version: int, text: str, _wordings: object) -> tuple[Grade, None]:
        return grading.grade_answer(version, text), None

    monkeypatch.setattr(own_grades, "grade_personally", without)
    with pytest.raises(NotCounted) as refused:
        practice.count(choice=choice)
    assert refused.value.why == why
    assert (wordings(), len(grades(practice.attempt))) == ([], 1)


def test_what_is_found_by_now_counts_without_a_wording(practice: Practice) -> None:
    _, thrown = RUBRIC["key_points"]
    points = [RUBRIC["key_points"][0], {**thrown, "phrasings": [OWN_WORDS]}]
    with write() as session:
        session.execute(sa.update(QuestionVersion).values(rubric={**RUBRIC, "key_points": points}))
    grading.forget_compiled()
    practice.count()
    assert (wordings(), practice.verdicts()) == ([], ["found", "found"])


def test_points_worked_out_from_the_reference_cannot_be_counted(
    app: Flask, clock: FakeClock
) -> None:
    with app.app_context():
        practice = practise(clock, key_points=[], answer="Something else.")
        with pytest.raises(NotCounted) as refused:
            practice.count(1, 0)
        assert refused.value.why == "derived"


def test_there_is_a_limit_of_wordings_a_question(practice: Practice) -> None:
    practice.count()
    (kept,) = wordings()
    remove(practice)
    add_wordings(kept, MOST_WORDINGS)
    with pytest.raises(NotCounted) as refused:
        practice.count()
    assert refused.value.why == "many"


@pytest.mark.parametrize(("number", "position"), [(0, 1), (3, 1), (2**40, 1), (1, 2), (1, 9)])
def test_there_is_nothing_to_count_where_there_is_no_such_point(
    practice: Practice, number: int, position: int
) -> None:
    with pytest.raises(NotFound):
        practice.count(number, 0, position)


def test_strangers_find_no_answer_to_count(practice: Practice) -> None:
    stranger = Practice(practice.candidate, principal(add_person("Eve")))
    with pytest.raises(NotFound):
        stranger.count()


def test_an_open_mock_interview_has_nothing_to_count_yet(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        practice = practise(clock, plan=MOCK)
        with pytest.raises(NotFound):
            practice.count()

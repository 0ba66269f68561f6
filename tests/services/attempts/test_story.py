"""The story of a grade: what its reader is told of how an answer came to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import own_wordings
from interview.services.attempts import reviewing
from interview.services.attempts.reviewing import AnswerScreen
from interview.services.attempts.story import NOBODY, Moment
from interview.services.marking import overriding
from interview.services.marking.overriding import Decision
from interview.services.unit import write
from interview.store.appeals import AnswerComment, Appeal
from interview.store.db import db
from interview.store.grades import Grade
from interview.store.grades import Submission as SubmissionRow
from interview.store.regrades import RegradeRun
from tests.support.clock import START, FakeClock
from tests.support.marking import Marked, grades, marked
from tests.support.personal import practise, wordings
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
NOW = START + timedelta(days=30)
HIDDEN = {"score_when": "never", "answer_when": "finish", "points_when": "never"}


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def submission(found: Marked, position: int = 1) -> int:
    number = db.session.scalar(
        sa.select(SubmissionRow.id).where(
            SubmissionRow.attempt_id == found.attempt, SubmissionRow.position == position
        )
    )
    assert number is not None
    return number


def regraded(found: Marked, score: float, hours: int, kind: str = "regrade") -> int:
    """Append the grade of a run to the first answer."""
    run = {
        "kind": kind, "scope": "assignment", "assignment_id": found.assignment,
        "reason": "A wording was added", "created_at": at(hours),
    }  # fmt: skip
    last = {**grades(found.attempt)[-1]._mapping}
    del last["id"]
    new = {"score": score, "created_at": at(hours), "graded_by": None, "reason": run["reason"]}
    new |= {"verdict": {**last["verdict"], "score": score}, "grader_version": "1+test"}
    with write() as session:
        run_id = session.execute(
            sa.insert(RegradeRun).values(**run).returning(RegradeRun.id)
        ).scalar_one()
        session.execute(sa.insert(Grade).values(**{**last, **new, "regrade_run_id": run_id}))
    return run_id


def contested(found: Marked, status: str, hours: int, **values: Any) -> None:
    row = {
        "submission_id": submission(found), "assignment_id": found.assignment,
        "user_id": found.ada, "grade_id": grades(found.attempt)[0].id, "point_id": "meant",
        "point_text": "It is meant.", "quote": "It makes the point.", "why": "I meant it.",
        "status": status, "created_at": at(hours), "reply": "Well said.",
        "decided_by": found.iris.id, "decided_at": at(hours + 1), **values,
    }  # fmt: skip
    with write() as session:
        session.execute(sa.insert(Appeal).values(row))


def remarked(found: Marked, hours: int, author: int | None) -> None:
    row = {"submission_id": submission(found), "author_id": author, "text": "Mind the units."}
    with write() as session:
        session.execute(sa.insert(AnswerComment).values(**row, created_at=at(hours)))


def read(found: Marked, *, everything: bool = False) -> tuple[AnswerScreen, ...]:
    screen = reviewing.results(found.ada, found.attempt, NOW, everything=everything)
    assert screen is not None
    return screen.answers


def told(found: Marked, *, everything: bool = False) -> tuple[Moment, ...]:
    return read(found, everything=everything)[0].story


def a_long_story(**terms: Any) -> Marked:
    """Contested, accepted, regraded, undone, graded by Iris, taken back, remarked."""
    found = marked(**terms)
    contested(found, "accepted", 1)
    regraded(found, 0.8, 3)
    regraded(found, 0.4, 4, "undo")
    decision = Decision(grades(found.attempt)[-1].id, {}, 0.7, "Half of it is there")
    assert not isinstance(
        overriding.override(found.iris, found.attempt, 1, decision, at(5)), overriding.Overtaken
    )
    base = grades(found.attempt)[-1].id
    overriding.take_back(found.iris, found.attempt, 1, base, "The grader was right", at(6))
    remarked(found, 7, found.iris.id)
    return found


def test_an_answer_that_was_graded_once_has_no_story(statements: Count) -> None:
    found = marked()
    with statements() as plain:
        assert [answer.story for answer in read(found)] == [(), (), ()]
    remarked(found, 1, found.iris.id)
    with statements() as storied:
        assert [len(answer.story) for answer in read(found)] == [2, 0, 0]
    assert len(storied) <= len(plain) + 4, str(storied)


def test_everything_that_happened_is_told_in_its_order() -> None:
    story = told(a_long_story())
    assert [(one.kind, one.who, one.before, one.score) for one in story] == [
        ("graded", "", None, 0.4),
        ("contested", "", None, None),
        ("accepted", "Iris", None, None),
        ("regraded", "", 0.4, 0.8),
        ("undone", "", 0.8, 0.4),
        ("by person", "Iris", 0.4, 0.7),
        ("grader again", "Iris", 0.7, 0.4),
        ("remark", "Iris", None, None),
    ]
    assert [one.words for one in story] == [
        "", "I meant it.", "Well said.", "A wording was added", "A wording was added",
        "Half of it is there", "The grader was right", "Mind the units.",
    ]  # fmt: skip
    assert (story[1].numbers, story[1].quote) == ((2,), "It makes the point.")


def test_a_learner_is_told_no_more_than_the_review_policy_shows() -> None:
    found = a_long_story(**HIDDEN)
    story = told(found)
    assert [one.kind for one in story] == [one.kind for one in told(found, everything=True)]
    assert {(one.before, one.score) for one in story} == {(None, None)}
    assert not any(one.numbers or one.point for one in story)
    assert [one.words for one in story if one.words] == ["I meant it.", "Mind the units."]


def test_what_is_said_beside_an_answer_comes_with_the_answer() -> None:
    story = told(a_long_story(answer_when="never"))
    assert not any(one.quote for one in story)
    assert "remark" not in [one.kind for one in story]
    assert story[3].score == 0.8


def test_nothing_is_told_before_anything_of_the_answer_is_shown() -> None:
    never = dict.fromkeys(("score_when", "answer_when", "points_when", "reference_when"), "never")
    found = a_long_story(**never)
    assert told(found) == ()
    assert len(told(found, everything=True)) == 8


@pytest.mark.parametrize("status", ["open", "adjusted", "declined", "withdrawn"])
def test_an_appeal_is_told_with_what_came_of_it(status: str) -> None:
    found = marked()
    contested(found, status, 1)
    kinds = [one.kind for one in told(found)]
    assert kinds == ["graded", "contested", *([status] if status != "open" else [])]


def test_a_contested_point_that_is_gone_is_told_in_its_words() -> None:
    found = marked()
    contested(found, "open", 1, point_id="gone", point_text="What once was asked.")
    assert [(one.numbers, one.point) for one in told(found)][1] == ((), "What once was asked.")


def test_people_without_an_account_are_still_known_to_have_been_people() -> None:
    found = a_long_story()
    with write() as session:
        session.execute(sa.update(Grade).values(graded_by=None))
        session.execute(sa.update(Appeal).values(decided_by=None))
        session.execute(sa.update(AnswerComment).values(author_id=None))
    names = {one.kind: one.who for one in told(found)}
    assert (names["accepted"], names["by person"], names["remark"]) == (NOBODY,) * 3


def test_counting_and_taking_back_are_told_with_their_points(clock: FakeClock) -> None:
    practice = practise(clock)
    clock.advance(minutes=1)
    practice.count()
    clock.advance(minutes=1)
    own_wordings.remove(practice.person, wordings()[0].id, clock())
    story = practice.screen().story
    assert [(one.kind, one.numbers) for one in story] == [
        ("graded", ()), ("counted", (2,)), ("taken back", (2,)),
    ]  # fmt: skip
    assert story[2].score == story[0].score
    assert story[1].before == story[0].score

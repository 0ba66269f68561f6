"""Choosing what to sit, and starting it once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import overview, starting, topics
from interview.services.attempts.records import NotFound
from interview.services.attempts.starting import AlreadyOpen, Choice
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from tests.support.attempts import add_person, add_question
from tests.support.candidate import MOCK, Candidate, add_bank, start
from tests.support.clock import FakeClock

TEN = timedelta(minutes=10)
TIMED = Plan(Preset.MOCK, Feedback.END, TEN, None)
DJANGO = Choice(topic="Django", count=2)


@pytest.fixture
def user(database: Flask) -> int:
    add_bank()
    return add_person()


def change_question(slug: str, **values: object) -> None:
    with write() as session:
        session.execute(sa.update(Question).where(Question.slug == slug).values(**values))


def open_attempts(user: int) -> int:
    count = sa.select(sa.func.count(Attempt.id)).where(
        Attempt.user_id == user, Attempt.state == "open"
    )
    return db.session.scalar(count) or 0


def test_a_set_is_offered_whole_with_the_time_it_takes(user: int) -> None:
    offered = starting.offer(user, Choice(set_slug="three"))
    assert (offered.title, offered.topic, offered.available) == ("Three questions", "Django", 3)
    assert offered.expected == timedelta(seconds=3 * 90)
    assert offered.open_attempt is None


def test_drawn_questions_are_as_many_as_there_are(user: int) -> None:
    assert starting.offer(user, DJANGO).available == 2
    assert starting.offer(user, Choice(topic="Django", count=50)).available == 3
    assert starting.offer(user, Choice(topic="Django", count=1)).expected == timedelta(seconds=90)


def test_difficulty_narrows_the_draw(user: int) -> None:
    change_question("three-1", difficulty="hard")
    hard = starting.offer(user, Choice(topic="Django", difficulty="hard", count=5))
    assert (hard.title, hard.available) == ("Django, hard", 1)


@pytest.mark.parametrize(
    "choice",
    [
        Choice(),
        Choice(set_slug="missing"),
        Choice(topic="Missing", count=5),
        Choice(topic="Django", difficulty="medium", count=5),
        Choice(topic="Django", difficulty="no such", count=5),
    ],
)
def test_what_there_is_not_cannot_be_sat(user: int, choice: Choice, clock: FakeClock) -> None:
    with pytest.raises(NotFound):
        starting.offer(user, choice)
    with pytest.raises(NotFound):
        starting.start(user, choice, MOCK, clock())


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_ready_questions_are_asked(user: int, status: str, clock: FakeClock) -> None:
    change_question("three-2", status=status)
    assert starting.offer(user, Choice(set_slug="three")).available == 2
    attempt = starting.start(user, Choice(set_slug="three"), MOCK, clock())
    candidate = Candidate(user, attempt, clock)
    assert candidate.question(2).prompt == "What is three-3?"


def test_topics_are_listed_with_their_difficulties_in_order(user: int) -> None:
    change_question("three-1", difficulty="hard")
    add_question(topic="SQL")
    assert topics.topics() == (
        topics.Topic("Django", ("easy", "hard")),
        topics.Topic("SQL", ("easy",)),
    )


def test_the_clock_starts_at_the_start(user: int, clock: FakeClock) -> None:
    attempt = Candidate(user, starting.start(user, DJANGO, TIMED, clock()), clock).attempt()
    assert (attempt.started_at, attempt.deadline_at) == (clock(), clock() + TEN)
    assert attempt.cutoff_at - attempt.deadline_at == timedelta(seconds=5)


def test_drawn_questions_are_different_ones(user: int, clock: FakeClock) -> None:
    attempt = starting.start(user, Choice(topic="Django", count=3), MOCK, clock())
    candidate = Candidate(user, attempt, clock)
    versions = {candidate.item(position).question_version_id for position in (1, 2, 3)}
    assert len(versions) == 3


def test_an_attempt_keeps_the_wording_that_it_started_with(user: int, clock: FakeClock) -> None:
    candidate = start(clock, slug="three")
    with write() as session:
        old = session.execute(sa.select(Question).where(Question.slug == "three-1")).scalar_one()
        newer = QuestionVersion(
            question_id=old.id, content_hash="newer", prompt="Reworded?", rubric={}
        )
        newer.created_at = clock()
        session.add(newer)
        session.flush()
        old.current_version_id = newer.id
    assert candidate.question(1).prompt == "What is three-1?"


def test_the_same_set_has_one_open_attempt(user: int, clock: FakeClock) -> None:
    first = starting.start(user, Choice(set_slug="three"), MOCK, clock())
    with pytest.raises(AlreadyOpen) as refused:
        starting.start(user, Choice(set_slug="three"), MOCK, clock())
    assert refused.value.attempt_id == first
    assert starting.offer(user, Choice(set_slug="three")).open_attempt == first
    assert open_attempts(user) == 1


def test_different_things_can_be_open_side_by_side(user: int, clock: FakeClock) -> None:
    starting.start(user, Choice(set_slug="three"), MOCK, clock())
    starting.start(user, DJANGO, MOCK, clock())
    starting.start(user, Choice(topic="Django", difficulty="easy", count=2), MOCK, clock())
    assert open_attempts(user) == 3


def test_somebody_elses_open_attempt_is_no_hindrance(user: int, clock: FakeClock) -> None:
    start(clock, slug="three")
    starting.start(user, Choice(set_slug="three"), MOCK, clock())
    assert starting.offer(None, Choice(set_slug="three")).open_attempt is None


def test_after_the_end_the_same_set_can_be_sat_again(user: int, clock: FakeClock) -> None:
    for _ in range(2):
        attempt = starting.start(user, Choice(set_slug="three"), MOCK, clock())
        overview.abandon(user, attempt, clock())
    assert open_attempts(user) == 0


def test_an_open_attempt_whose_time_is_up_is_handed_in_first(user: int, clock: FakeClock) -> None:
    choice = Choice(set_slug="three")
    old = Candidate(user, starting.start(user, choice, TIMED, clock()), clock)
    old.show(1)
    old.save(1, "typed before")
    clock.advance(minutes=11)
    starting.start(user, choice, TIMED, clock())
    assert [s.text for s in old.submissions()] == ["typed before"]
    assert old.attempt().state == "finished"
    assert open_attempts(user) == 1

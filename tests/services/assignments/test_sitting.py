"""Sitting an assigned attempt: its own terms, and what it leaves in the gradebook."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import deleting
from interview.services.assignments import clocks
from interview.services.attempts import overview
from interview.services.attempts.records import (
    AlreadyClosed,
    Ended,
    NotFound,
    Showing,
    TimeUp,
    ToOverview,
)
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.attempts import AttemptItem
from interview.store.classes import ClassMember
from tests.support.assigned import classroom
from tests.support.candidate import GOOD
from tests.support.clock import FakeClock

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def database(app: Flask) -> object:
    with app.app_context():
        yield app


def test_the_factor_stretches_limit_and_grace(clock: FakeClock) -> None:
    attempt = classroom(factor=1.5).start(clock).attempt()
    assert attempt.deadline_at == clock() + 1.5 * HOUR
    assert attempt.cutoff_at == attempt.deadline_at + timedelta(seconds=7.5)


def test_the_clock_of_a_question_is_stretched_too(clock: FakeClock) -> None:
    ada = classroom(factor=2.0, question_limit_seconds=120).start(clock)
    (face, _whole) = ada.question(1).clocks
    assert (face.deadline, face.length) == (clock() + 4 * MINUTE, 4 * MINUTE)


def test_a_question_that_states_its_own_time_gets_that(clock: FakeClock) -> None:
    ada = classroom(question_limit_seconds=120, seconds=300).start(clock)
    assert ada.question(1).clocks[0].length == 5 * MINUTE


def test_times_of_the_set_mean_nothing_where_questions_are_not_limited(clock: FakeClock) -> None:
    ada = classroom(seconds=300).start(clock)
    assert [face.name for face in ada.question(1).clocks] == ["attempt"]


def test_without_a_limit_the_closing_time_ends_it(clock: FakeClock) -> None:
    room = classroom(whole_limit_seconds=None)
    ada = room.start(clock)
    ada.question(1)
    ada.save(1, GOOD)
    clock.now = room.row().closes_at + timedelta(seconds=6)
    assert isinstance(ada.show(1), Ended)
    assert ada.states() == ["submitted", "unanswered", "unanswered"]


def test_where_return_is_not_allowed_what_was_skipped_stays_left(clock: FakeClock) -> None:
    ada = classroom(returnable=False).start(clock)
    ada.question(1)
    assert isinstance(ada.act("skip", 1, "Half an answer"), Showing)
    assert isinstance(ada.submit(1), AlreadyClosed)
    back = ada.show(1)
    assert isinstance(back, Showing)
    assert back.screen.position == 2


def test_without_return_the_last_answer_ends_it(clock: FakeClock) -> None:
    ada = classroom(returnable=False, questions=2).start(clock)
    ada.question(1)
    ada.act("skip", 1, GOOD)
    assert isinstance(ada.submit(2), Ended)
    assert ada.states() == ["submitted", "submitted"]


def test_the_score_weighs_questions_by_their_points(clock: FakeClock) -> None:
    room = classroom(questions=2)
    ada = room.start(clock)
    with write() as session:
        worth = sa.update(AttemptItem).where(AttemptItem.position == 1).values(points=3.0)
        session.execute(worth)
    ada.question(1)
    ada.submit(1)
    ada.finish()
    full = ada.item(1).score
    assert ada.attempt().score == pytest.approx(0.75 * full)
    assert room.entry().score == pytest.approx(0.75 * full)


def test_start_and_finish_are_noted_in_the_gradebook(clock: FakeClock) -> None:
    room = classroom()
    ada = room.start(clock)
    assert (room.entry().is_open, room.entry().score) == (True, None)
    ada.question(1)
    ada.submit(1)
    ada.finish()
    entry = room.entry()
    assert (entry.is_open, entry.attempts, entry.attempt_id) == (False, 1, ada.attempt_id)
    assert entry.finished_at == clock()


def test_the_clock_notes_its_ending_in_the_gradebook_too(clock: FakeClock) -> None:
    room = classroom()
    ada = room.start(clock)
    deadline = ada.attempt().deadline_at
    clock.advance(minutes=61)
    assert isinstance(ada.show(1), Ended)
    assert room.entry().finished_at == deadline


def test_an_assigned_attempt_cannot_be_given_up_or_deleted(clock: FakeClock) -> None:
    ada = classroom().start(clock)
    with pytest.raises(NotFound):
        overview.abandon(ada.user_id, ada.attempt_id, clock())
    assert ada.attempt().state == "open"
    ada.finish()
    assert deleting.delete(ada.user_id, ada.attempt_id, clock()).is_assigned
    assert ada.attempt().state == "finished"


def test_a_new_factor_moves_a_running_clock(clock: FakeClock) -> None:
    room = classroom(question_limit_seconds=120)
    ada = room.start(clock)
    ada.question(1)
    start = clock()
    clock.advance(minutes=1)
    with write() as session:
        session.execute(sa.update(ClassMember).values(time_factor=2.0))
        clocks.reclock(session, room.assignment, room.learner)
    assert ada.attempt().deadline_at == start + 2 * HOUR
    assert ada.item(1).deadline_at == start + 4 * MINUTE
    assert room.row().all_closed_at == room.row().closes_at + HOUR


def test_added_minutes_move_both_clocks_and_the_last_closing(clock: FakeClock) -> None:
    room = classroom(question_limit_seconds=120, closes_at=clock() + 30 * MINUTE)
    ada = room.start(clock)
    ada.question(1)
    start = clock()
    with write() as session:
        assert clocks.add_time(session, ada.attempt_id, 300)
    assert ada.attempt().deadline_at == start + 35 * MINUTE
    assert ada.item(1).deadline_at == start + 7 * MINUTE
    assert room.row().all_closed_at == start + 35 * MINUTE


def test_added_minutes_are_for_the_question_on_screen_alone(clock: FakeClock) -> None:
    room = classroom(question_limit_seconds=120)
    ada = room.start(clock)
    ada.question(1)
    with write() as session:
        clocks.add_time(session, ada.attempt_id, 300)
    ada.submit(1)
    assert ada.question(2).clocks[0].length == 2 * MINUTE


def test_an_ended_attempt_gets_no_minutes(clock: FakeClock) -> None:
    room = classroom()
    ada = room.start(clock)
    ada.finish()
    with write() as session:
        assert not clocks.add_time(session, ada.attempt_id, 300)


def test_a_new_closing_time_moves_a_running_clock(clock: FakeClock) -> None:
    room = classroom()
    ada = room.start(clock)
    soon = clock() + 10 * MINUTE
    with write() as session:
        session.execute(sa.update(Assignment).values(closes_at=soon))
        clocks.reclock(session, room.assignment)
    assert (ada.attempt().deadline_at, room.row().all_closed_at) == (soon, soon)


def test_the_time_of_one_question_ends_only_that(clock: FakeClock) -> None:
    ada = classroom(question_limit_seconds=120, factor=2.0).start(clock)
    ada.question(1)
    clock.advance(minutes=3)
    ada.save(1, GOOD)
    clock.advance(minutes=1, seconds=11)
    outcome = ada.show(1)
    assert isinstance(outcome, TimeUp | ToOverview | Showing)
    assert ada.states()[0] == "submitted"


def test_whoever_has_left_the_class_goes_on_by_the_terms_they_began_with(
    clock: FakeClock,
) -> None:
    room = classroom(factor=2.0)
    ada = room.start(clock)
    deadline = ada.attempt().deadline_at
    with write() as session:
        session.execute(sa.delete(ClassMember).where(ClassMember.user_id == room.learner))
        session.execute(sa.update(Assignment).values(whole_limit_seconds=60))
        clocks.reclock(session, room.assignment)
    assert ada.attempt().deadline_at == deadline

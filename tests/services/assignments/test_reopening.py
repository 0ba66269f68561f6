"""Opening an ended attempt again: what stays, what is open, until when, and what forbids it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import endings, reopening
from interview.services.assignments.clocks import reclock
from interview.services.assignments.endings import CannotReopen, Obstacle
from interview.services.attempts.records import Ended, NotFound, Showing
from interview.services.classes.access import Forbidden
from interview.services.sweeping import sweep
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.classes import ClassMember
from tests.support.assigned import Classroom, classroom
from tests.support.candidate import GOOD, Candidate
from tests.support.classes import principal
from tests.support.clock import FakeClock
from tests.support.running import Running, log_of

MINUTE = timedelta(minutes=1)
ROOMS: dict[str, dict[str, Any]] = {
    "whole": {},
    "question": {"whole_limit_seconds": None, "question_limit_seconds": 120},
    "both": {"question_limit_seconds": 120},
    "untimed": {"whole_limit_seconds": None, "closes_at": None},
    "factor": {"factor": 2.0, "question_limit_seconds": 120},
}


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture(params=ROOMS)
def room(request: pytest.FixtureRequest) -> Classroom:
    return classroom(**ROOMS[request.param])


def ended(room: Classroom, clock: FakeClock, answered: int = 1) -> Candidate:
    """Ada, who has answered the first questions and handed in."""
    ada = room.start(clock)
    for position in range(1, answered + 1):
        ada.question(position)
        ada.submit(position)
    if ada.attempt().state == "open":
        ada.finish()
    return ada


def reopen(room: Classroom, ada: Candidate, minutes: int = 10) -> datetime:
    teacher = principal(room.teacher)
    return reopening.reopen(teacher, ada.attempt_id, minutes, "The network was down", ada.now())


@pytest.mark.parametrize("later", [timedelta(minutes=5), timedelta(days=30)])
def test_what_was_not_answered_is_open_again_for_the_stated_time(
    room: Classroom, clock: FakeClock, later: timedelta
) -> None:
    ada = ended(room, clock)
    clock.now += later
    assert reopen(room, ada) == clock() + 10 * MINUTE
    attempt = ada.attempt()
    assert (attempt.state, attempt.position, attempt.score) == ("open", 2, None)
    # Whole seconds are added, so a fraction of one is rounded up.
    assert timedelta(0) <= attempt.deadline_at - (clock() + 10 * MINUTE) < timedelta(seconds=1)
    assert attempt.cutoff_at - attempt.deadline_at == timedelta(seconds=attempt.grace_seconds)
    assert ada.states() == ["submitted", "unseen", "unseen"]
    assert isinstance(ada.show(2), Showing)


def test_what_was_handed_in_stays_and_the_score_is_of_all(
    room: Classroom, clock: FakeClock
) -> None:
    ada = ended(room, clock)
    first = ada.submissions()
    reopen(room, ada)
    ada.question(2)
    ada.submit(2)
    ada.finish()
    assert list(ada.submissions())[:1] == list(first)
    assert len(ada.submissions()) == 2
    scores = [ada.item(position).score for position in (1, 2, 3)]
    assert ada.attempt().score == pytest.approx(sum(scores) / 3)


def test_it_ends_by_itself_when_the_time_is_over(room: Classroom, clock: FakeClock) -> None:
    ada = ended(room, clock)
    clock.advance(days=9)
    reopen(room, ada)
    ada.question(2)
    clock.advance(minutes=10, seconds=-1)
    sweep(clock())
    assert ada.attempt().state == "open"
    clock.advance(seconds=13)
    sweep(clock())
    sweep(clock())
    assert ada.attempt().finish_reason == "time"
    assert isinstance(ada.show(2), Ended)


def test_the_clock_on_the_page_measures_the_time_since(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock)
    clock.advance(days=2)
    reopen(room, ada)
    assert [face.length for face in ada.question(2).clocks] == [10 * MINUTE]


def test_time_can_be_added_to_a_reopened_attempt(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock)
    clock.advance(days=9)
    reopen(room, ada)
    before = ada.attempt().deadline_at
    test = Running(room, clock)
    assert test.extend(5).given == ["Ada"]
    assert ada.attempt().deadline_at == before + 5 * MINUTE


def test_terms_that_were_changed_since_do_not_change_the_stated_time(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock)
    with write() as session:
        session.execute(sa.update(Assignment).values(whole_limit_seconds=600))
        session.execute(sa.update(ClassMember).values(time_factor=3.0))
    reopen(room, ada)
    assert ada.attempt().deadline_at == clock() + 10 * MINUTE


@pytest.mark.parametrize(("before", "after"), [(3600, None), (None, 300), (3600, 300)])
def test_another_limit_leaves_it_the_stated_time(
    clock: FakeClock, before: int | None, after: int | None
) -> None:
    room = classroom(whole_limit_seconds=before, question_limit_seconds=120)
    ada = ended(room, clock)
    clock.advance(minutes=120)
    until = reopen(room, ada)
    with write() as session:
        session.execute(sa.update(Assignment).values(whole_limit_seconds=after))
        reclock(session, room.assignment)
    assert ada.attempt().deadline_at == until
    assert Running(room, clock).extend(5).given == ["Ada"]
    assert ada.attempt().deadline_at == until + 5 * MINUTE


def test_the_gradebook_and_the_closing_wait_for_it(clock: FakeClock) -> None:
    room = classroom(closes_at=clock() + 60 * MINUTE)
    ada = ended(room, clock)
    assert room.entry().score is not None
    clock.advance(days=2)
    until = reopen(room, ada)
    assert (room.entry().is_open, room.entry().score) == (True, None)
    assert room.row().all_closed_at == until


def test_it_is_noted_with_the_reason(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock)
    reopen(room, ada)
    (entry,) = log_of("attempt.reopened")
    assert entry.subject == "First test, attempt 1 of Ada"
    assert (entry.reason, entry.details["questions"]) == ("The network was down", 2)
    assert (entry.learner_id, entry.actor_id) == (ada.user_id, room.teacher)


def test_a_draft_of_an_open_question_is_there_again(clock: FakeClock) -> None:
    room = classroom()
    ada = room.start(clock)
    page = ada.question(1)
    ada.save(1, "   ", writer=page.writer)
    ada.finish()
    reopen(room, ada)
    assert ada.question(1).text == "   "


def obstacle(room: Classroom, ada: Candidate) -> object:
    with pytest.raises(CannotReopen) as refused:
        reopen(room, ada)
    assert endings.look(principal(room.teacher), ada.attempt_id).obstacle == refused.value.obstacle
    return refused.value.obstacle


def test_where_all_was_answered_there_is_nothing_to_open(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock, answered=3)
    assert obstacle(room, ada) is Obstacle.ALL_ANSWERED
    assert ada.attempt().state == "finished"


def test_an_open_attempt_is_not_opened(clock: FakeClock) -> None:
    room = classroom()
    ada = room.start(clock)
    assert obstacle(room, ada) is Obstacle.OPEN
    assert ada.attempt().reopened_at is None


def test_another_open_attempt_comes_first(clock: FakeClock) -> None:
    room = classroom(attempts_allowed=2)
    ada = ended(room, clock)
    room.start(clock)
    assert obstacle(room, ada) is Obstacle.OTHER_OPEN
    assert ada.attempt().state == "finished"


def test_a_withdrawn_assignment_is_left_alone(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock)
    with write() as session:
        session.execute(sa.update(Assignment).values(archived_at=clock()))
    assert obstacle(room, ada) is Obstacle.ARCHIVED


def test_the_page_says_how_many_of_each_there_are(clock: FakeClock) -> None:
    room = classroom(questions=5)
    ada = ended(room, clock, answered=2)
    told = endings.look(principal(room.teacher), ada.attempt_id)
    assert (told.answered, told.unanswered, told.obstacle) == (2, 3, None)
    assert (told.name, told.end_reason) == ("Ada", "learner")


def test_learners_open_nothing(clock: FakeClock) -> None:
    room = classroom()
    ada = ended(room, clock)
    with pytest.raises((NotFound, Forbidden)):
        reopening.reopen(principal(ada.user_id), ada.attempt_id, 10, "Please", clock())
    assert ada.attempt().state == "finished"


def test_an_answer_is_taken_after_reopening(clock: FakeClock) -> None:
    room = classroom(question_limit_seconds=120)
    ada = ended(room, clock)
    reopen(room, ada)
    page = ada.question(2)
    assert page.clocks[0].deadline == clock() + 2 * MINUTE
    ada.submit(2, GOOD)
    assert ada.states() == ["submitted", "submitted", "open"]

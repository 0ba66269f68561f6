"""Adding time while an attempt runs: to whom, how much, once, and what is noted."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments.extensions import Extended, Form
from interview.services.attempts.records import Ended, NotFound, Showing
from interview.services.classes.access import Forbidden
from interview.services.classes.changing import Archived
from interview.services.sweeping import sweep
from interview.services.unit import write
from interview.store.classes import Class
from tests.support.classes import add_group
from tests.support.clock import FakeClock
from tests.support.running import WHY, Running, log_of, running

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def test(clock: FakeClock) -> Running:
    return running(clock, "Ben", "Cleo")


def test_one_learner_gets_the_time_and_the_others_do_not(test: Running) -> None:
    ada, ben = test.start("Ada"), test.start("Ben")
    before = ada.attempt()
    done = test.extend(5, attempt_id=ada.attempt_id)
    after = ada.attempt()
    assert done.given == ["Ada"]
    assert after.deadline_at - before.deadline_at == 5 * MINUTE
    assert after.cutoff_at - before.cutoff_at == 5 * MINUTE
    assert ben.attempt().deadline_at == before.deadline_at


def test_everybody_who_is_working_gets_it_and_nobody_else(test: Running) -> None:
    ada, ben = test.start("Ada"), test.start("Ben")
    ben.finish()
    test.clock.advance(minutes=1)
    cleo = test.start("Cleo")
    deadlines = [one.attempt().deadline_at for one in (ada, cleo)]
    assert test.extend(7).given == ["Ada", "Cleo"]
    after = [one.attempt().deadline_at for one in (ada, cleo)]
    assert after == [deadline + 7 * MINUTE for deadline in deadlines]
    assert ben.attempt().added_seconds == 0


def test_everybody_may_mean_a_group(test: Running) -> None:
    group = add_group(test.room.class_id)
    test.put_into(group, "Ben")
    test.start("Ada")
    test.start("Ben")
    assert test.extend(group_id=group).given == ["Ben"]


def test_the_question_on_screen_gets_the_time_too(clock: FakeClock) -> None:
    test = running(clock, question_limit_seconds=120)
    ada = test.start("Ada")
    page = ada.question(1)
    test.extend(5, attempt_id=ada.attempt_id)
    assert ada.item(1).deadline_at == page.clocks[0].deadline + 5 * MINUTE
    clock.advance(minutes=6)
    assert isinstance(ada.submit(1), Showing)


def test_what_was_added_counts_beyond_the_closing(clock: FakeClock) -> None:
    closes = clock() + 10 * MINUTE
    test = running(clock, closes_at=closes)
    ada = test.start("Ada")
    assert ada.attempt().deadline_at == closes
    test.extend(15)
    assert ada.attempt().deadline_at == closes + 15 * MINUTE
    assert test.room.row().all_closed_at == closes + 15 * MINUTE


def test_sending_the_same_form_again_adds_nothing(test: Running) -> None:
    ada, ben = test.start("Ada"), test.start("Ben")
    form = test.form()
    assert test.extend(5, form=form).given == ["Ada", "Ben"]
    again = test.extend(5, form=form)
    assert (again.before, again.given) == (2, [])
    assert [one.attempt().added_seconds for one in (ada, ben)] == [300, 300]
    assert len(log_of("attempt.extended")) == 2


def test_another_form_adds_again(test: Running) -> None:
    ada = test.start("Ada")
    for _ in range(2):
        test.extend(5, attempt_id=ada.attempt_id)
    assert ada.attempt().added_seconds == 600


def test_an_attempt_that_has_just_ended_is_named(test: Running, clock: FakeClock) -> None:
    ada, ben = test.start("Ada"), test.start("Ben")
    form = test.form()
    clock.advance(seconds=3)
    ben.finish()
    assert test.extend(attempt_id=ben.attempt_id, form=form).ended == ["Ben"]
    done = test.extend(form=form)
    assert (done.given, done.ended) == (["Ada"], ["Ben"])
    clock.advance(minutes=1)
    assert test.extend().ended == []
    assert ada.attempt().added_seconds == 600
    assert ben.attempt().added_seconds == 0


def test_an_attempt_whose_time_is_over_is_not_taken_up_again(
    test: Running, clock: FakeClock
) -> None:
    ada = test.start("Ada")
    clock.advance(minutes=60, seconds=6)
    assert test.extend().ended == ["Ada"]
    assert isinstance(ada.show(1), Ended)


def test_within_the_grace_time_can_still_be_added(test: Running, clock: FakeClock) -> None:
    ada = test.start("Ada")
    clock.advance(minutes=60, seconds=4)
    assert test.extend().given == ["Ada"]
    clock.advance(minutes=1)
    sweep(clock())
    assert ada.attempt().state == "open"


def test_at_most_a_day_is_added_all_together(test: Running) -> None:
    ada = test.start("Ada")
    for _ in range(24):
        assert test.extend(60).given == ["Ada"]
    assert test.extend(1).full == ["Ada"]
    assert ada.attempt().added_seconds == 24 * 3600


def test_where_no_clock_runs_nothing_is_added(clock: FakeClock) -> None:
    test = running(clock, whole_limit_seconds=None, closes_at=None)
    ada = test.start("Ada")
    assert test.extend().untimed == ["Ada"]
    assert ada.attempt().added_seconds == 0


def test_it_is_noted_for_each_learner_with_the_reason(test: Running) -> None:
    ada = test.start("Ada")
    test.start("Ben")
    test.extend(5)
    first, second = log_of("attempt.extended")
    assert (first.learner_id, second.learner_id) == (ada.user_id, test.people["Ben"])
    assert first.subject == "First test, attempt 1 of Ada"
    assert (first.reason, first.actor_id) == (WHY, test.room.teacher)
    assert first.details["added_seconds"] == [0, 300]


def test_nobody_working_is_no_error(test: Running) -> None:
    assert test.extend() == Extended()


def test_an_attempt_of_another_assignment_is_not_found(test: Running, clock: FakeClock) -> None:
    other = running(clock).start("Ada")
    for number in (other.attempt_id, 2**40):
        with pytest.raises(NotFound):
            test.extend(attempt_id=number)
    assert other.attempt().added_seconds == 0


def test_learners_give_themselves_no_time(test: Running) -> None:
    ada = test.start("Ada")
    test.room.teacher = ada.user_id
    with pytest.raises(Forbidden):
        test.extend(attempt_id=ada.attempt_id)


def test_in_an_archived_class_nothing_is_added(test: Running, clock: FakeClock) -> None:
    test.start("Ada")
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=clock()))
    with pytest.raises(Archived):
        test.extend()


@pytest.mark.parametrize(
    "text", ["", "1", "x-1-0123456789abcdef", "1-1-XYZ", "1-1-0123456789abcde"]
)
def test_what_was_never_a_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a form"):
        Form.parse(text)

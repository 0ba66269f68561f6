"""The live view: who is where, in which order, how many, and what it costs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from interview.services.assignments import presence, watching
from interview.services.assignments.boards import Board, Line, Standing
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.cursors import Cursor
from tests.support.attempts import add_person
from tests.support.classes import add_group, add_learners, add_member, give_to, principal
from tests.support.clock import FakeClock
from tests.support.running import Running, running
from tests.support.statements import Statements

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def test(clock: FakeClock) -> Running:
    return running(clock, "Ben", "Cleo", "Dora")


def board(test: Running, *, group: int | None = None, after: Cursor | None = None) -> Board:
    teacher = principal(test.room.teacher)
    return watching.board(teacher, test.room.assignment, group, after, test.clock())


def line_of(test: Running, name: str) -> Line:
    (found,) = [line for line in board(test).lines if line.name == name]
    return found


def names(found: Board) -> list[str]:
    return [line.name for line in found.lines]


def test_those_who_are_working_come_first_and_then_everybody_by_name(test: Running) -> None:
    test.start("Cleo")
    test.start("Ben").finish()
    found = board(test)
    assert [(line.name, line.standing) for line in found.lines] == [
        ("Cleo", Standing.WORKING),
        ("Ada", Standing.NOT_STARTED),
        ("Ben", Standing.HANDED_IN),
        ("Dora", Standing.NOT_STARTED),
    ]
    assert (found.not_started, found.running, found.ended) == (2, 1, 1)


def test_a_line_says_where_somebody_is_and_how_much_time_is_left(
    test: Running, clock: FakeClock
) -> None:
    ada = test.start("Ada")
    ada.question(1)
    ada.submit(1)
    clock.advance(minutes=10)
    ada.save(2, "Half an answer", writer=ada.pages[2].writer)
    saved = clock()
    presence.report(ada.user_id, ada.attempt_id, 2, clock())
    clock.advance(seconds=12)
    line = line_of(test, "Ada")
    assert (line.position, line.count, line.handed_in) == (2, 3, 1)
    assert line.left == 50 * MINUTE - timedelta(seconds=12)
    assert (line.saved_at, line.silence) == (saved, timedelta(seconds=12))
    assert not line.is_gone


def test_a_page_counts_as_gone_after_thirty_seconds_without_a_sign(
    test: Running, clock: FakeClock
) -> None:
    ada = test.start("Ada")
    assert line_of(test, "Ada").silence is None
    presence.report(ada.user_id, ada.attempt_id, 1, clock())
    clock.advance(seconds=30)
    assert not line_of(test, "Ada").is_gone
    clock.advance(seconds=1)
    assert line_of(test, "Ada").is_gone


def test_an_end_by_the_clock_is_told_apart_from_handing_in(test: Running, clock: FakeClock) -> None:
    test.start("Ben").finish()
    ada = test.start("Ada")
    clock.advance(minutes=61)
    ada.show(1)
    found = {line.name: (line.standing, line.end_reason) for line in board(test).lines}
    assert found["Ada"] == (Standing.ENDED, "time")
    assert found["Ben"] == (Standing.HANDED_IN, "learner")
    assert board(test).ended == 2


def test_time_that_is_up_is_told_before_the_server_has_handed_in(
    test: Running, clock: FakeClock
) -> None:
    test.start("Ada")
    clock.advance(minutes=60, seconds=5)
    assert line_of(test, "Ada").left == timedelta(0)
    assert not line_of(test, "Ada").time_is_up
    clock.advance(seconds=1)
    assert line_of(test, "Ada").time_is_up
    assert line_of(test, "Ada").standing == Standing.WORKING


def test_the_clock_of_the_question_on_screen_is_shown_beside_the_whole(clock: FakeClock) -> None:
    test = running(clock, question_limit_seconds=120)
    ada = test.start("Ada")
    assert line_of(test, "Ada").question_left is None
    ada.question(1)
    clock.advance(seconds=30)
    assert line_of(test, "Ada").question_left == timedelta(seconds=90)


def test_without_limits_there_is_no_time_left_to_tell(clock: FakeClock) -> None:
    test = running(clock, whole_limit_seconds=None, closes_at=None)
    test.start("Ada")
    assert line_of(test, "Ada").left is None


def test_the_open_attempt_stands_for_a_learner_who_has_ended_others(clock: FakeClock) -> None:
    test = running(clock, attempts_allowed=3)
    test.start("Ada").finish()
    second = test.start("Ada")
    assert line_of(test, "Ada").attempt_id == second.attempt_id
    second.finish()
    assert line_of(test, "Ada").attempt_id == second.attempt_id


def test_only_those_whom_it_is_for_are_listed(test: Running) -> None:
    group = add_group(test.room.class_id, "Monday")
    test.put_into(group, "Ben")
    give_to(test.room.assignment, group=group)
    give_to(test.room.assignment, person=test.people["Dora"])
    assert names(board(test)) == ["Ben", "Dora"]
    assert board(test).not_started == 2


def test_the_list_and_the_numbers_can_be_those_of_one_group(test: Running) -> None:
    group = add_group(test.room.class_id, "Monday")
    test.put_into(group, "Ben")
    test.start("Ada")
    found = board(test, group=group)
    assert names(found) == ["Ben"]
    assert (found.group, found.running, found.not_started) == ((group, "Monday"), 0, 1)
    assert names(board(test, group=group + 99)) == ["Ada", "Ben", "Cleo", "Dora"]


def test_pages_go_on_where_the_last_one_ended(
    test: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAGE", 3)
    test.start("Dora")
    first = board(test)
    assert names(first) == ["Dora", "Ada", "Ben"]
    second = board(test, after=Cursor.parse(first.following))
    assert (names(second), second.following) == (["Cleo"], "")
    assert second.running == 1


@pytest.mark.parametrize(
    "text", ["", "x", "2.1.ada", "0.x.ada", "0.1", "0.1.a\x00", "0.9999999999.a"]
)
def test_what_was_never_a_place_in_the_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        Cursor.parse(text)


def test_assistants_look_on_and_learners_do_not(test: Running, clock: FakeClock) -> None:
    tom = add_member(test.room.class_id, add_person("Tom"), "assistant")
    assert not watching.board(principal(tom), test.room.assignment, None, None, clock()).may_teach
    with pytest.raises(Forbidden):
        watching.board(principal(test.room.learner), test.room.assignment, None, None, clock())
    with pytest.raises(NotFound):
        watching.board(principal(add_person()), test.room.assignment, None, None, clock())


@pytest.mark.parametrize("many", [2, 60])
def test_it_costs_the_same_in_a_large_class(
    test: Running, many: int, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    add_learners(test.room.class_id, *(f"Learner {number}" for number in range(many)))
    test.start("Ada")
    test.start("Ben").finish()
    teacher = principal(test.room.teacher)
    with statements() as told:
        watching.board(teacher, test.room.assignment, None, None, test.clock())
    # The assignment and the class, its groups, the numbers, the lines.
    assert len(told) == 5, str(told)

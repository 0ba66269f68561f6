"""Terms of a learner's own: what is kept, what it comes to, and what follows at once."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import accommodating, accommodations
from interview.services.assignments.accommodating import Impossible, Kept
from interview.services.assignments.accommodations import Card, Own
from interview.services.assignments.terms import terms_for
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.classes.changing import Archived
from interview.services.cursors import Cursor
from interview.services.unit import write
from interview.store.classes import Class
from tests.support.attempts import add_person
from tests.support.classes import add_group, add_member, at, give_to, principal
from tests.support.clock import START, FakeClock
from tests.support.running import Running, log_of, running

MINUTE = timedelta(minutes=1)


def wall(text: str) -> datetime:
    """What clocks show somewhere, as ``2026-03-29 02:30``."""
    return datetime.fromisoformat(text)


WHY = "A doctor's note"
# The assignment's zone is Berlin, an hour ahead of UTC on that day.
LATER = Own(closes=wall("2026-03-20 18:00"), reason=WHY)
LATER_MOMENT = at("2026-03-20 17:00")


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def test(clock: FakeClock) -> Running:
    return running(clock, "Ben", "Cleo")


def put(test: Running, own: Own, name: str = "Ada") -> Kept:
    room = test.room
    user = test.people[name]
    return accommodating.put(principal(room.teacher), room.assignment, user, own, test.clock())


def remove(test: Running, name: str = "Ada") -> Kept:
    room, user = test.room, test.people[name]
    teacher = principal(room.teacher)
    return accommodating.remove(teacher, room.assignment, user, "No longer needed", test.clock())


def card(test: Running, name: str = "Ada") -> Card:
    teacher = principal(test.room.teacher)
    return accommodations.card(teacher, test.room.assignment, test.people[name])


def listing(test: Running, after: Cursor | None = None) -> accommodations.Listing:
    return accommodations.listing(principal(test.room.teacher), test.room.assignment, after)


def problems(test: Running, **stated: Any) -> dict[str, str]:
    with pytest.raises(Impossible) as refused:
        put(test, Own(**{"reason": WHY, **stated}))
    return refused.value.problems


def test_dates_are_those_of_the_assignments_place(test: Running) -> None:
    put(test, LATER)
    terms = terms_for(test.people["Ada"], test.room.row())
    assert terms.closes_at == LATER_MOMENT
    assert card(test).own == LATER
    assert terms_for(test.people["Ben"], test.room.row()).closes_at == START + timedelta(days=7)


def test_all_of_it_is_kept_and_replaced(test: Running) -> None:
    own = Own(
        opens=wall("2026-03-03 08:00"),
        due=wall("2026-03-20 12:00"),
        closes=wall("2026-03-20 18:00"),
        factor=1.5,
        extra_attempts=2,
        reason=WHY,
    )
    put(test, own)
    assert card(test).own == own
    put(test, LATER)
    assert card(test).own == LATER


def test_the_card_says_what_it_comes_to(test: Running) -> None:
    put(test, Own(factor=1.5, extra_attempts=1, reason=WHY))
    found = card(test)
    assert found.terms.own_limit == 90 * MINUTE
    assert found.terms.own_close == START + timedelta(days=7, minutes=30)
    assert (found.terms.attempts_allowed, found.usual.attempts_allowed) == (2, 1)
    assert found.usual.own_limit == 60 * MINUTE


def test_a_running_attempt_follows_at_once(test: Running) -> None:
    ada = test.start("Ada")
    before = ada.attempt().deadline_at
    kept = put(test, Own(factor=2.0, reason=WHY))
    assert (kept.is_running, kept.deadline) == (True, before + 60 * MINUTE)
    assert ada.attempt().deadline_at == before + 60 * MINUTE
    assert ada.attempt().grace_seconds == 10
    assert remove(test).deadline == before
    assert ada.attempt().deadline_at == before


def test_nobodys_attempt_is_taken_away_while_they_sit_it(test: Running, clock: FakeClock) -> None:
    put(test, Own(factor=2.0, reason=WHY))
    ada = test.start("Ada")
    clock.advance(minutes=90)
    with pytest.raises(Impossible, match="out of time at once"):
        remove(test)
    assert ada.attempt().deadline_at > clock()
    assert card(test).own == Own(factor=2.0, reason=WHY)


def test_after_close_waits_for_the_last_one(test: Running) -> None:
    put(test, LATER)
    assert test.room.row().all_closed_at == LATER_MOMENT
    remove(test)
    assert test.room.row().all_closed_at == START + timedelta(days=7)


def test_a_due_date_of_ones_own_takes_lateness_back(clock: FakeClock) -> None:
    test = running(clock, due_at=clock() + 10 * MINUTE, late_percent=50)
    ada = test.start("Ada")
    ada.question(1)
    ada.submit(1)
    clock.advance(minutes=20)
    ada.finish()
    late = test.room.entry()
    assert late.late_days == 1
    put(test, Own(due=wall("2026-03-03 12:00"), reason=WHY))
    assert test.room.entry().late_days == 0
    assert test.room.entry().score == pytest.approx(2 * late.score)


def test_it_is_noted_with_before_and_after_and_the_reason(test: Running) -> None:
    put(test, Own(factor=1.5, reason=WHY))
    put(test, Own(factor=2.0, reason="The note was renewed"))
    remove(test)
    first, second, third = log_of("assignment.accommodated")
    assert first.subject == "First test, for Ada"
    assert (first.details, first.reason) == ({"time_factor": [None, 1.5]}, WHY)
    assert second.details == {"time_factor": [1.5, 2.0]}
    assert (third.details, third.reason) == ({"time_factor": [2.0, None]}, "No longer needed")
    assert {entry.learner_id for entry in (first, second, third)} == {test.people["Ada"]}


def test_a_time_that_the_clocks_skip_is_named(test: Running) -> None:
    told = problems(test, closes=wall("2026-03-29 02:30"))
    assert "There is no 02:30" in told["closes"]
    assert "Europe/Berlin" in told["closes"]


def test_of_a_time_that_comes_twice_the_first_counts_and_is_told(clock: FakeClock) -> None:
    test = running(clock, closes_at=None)
    kept = put(test, Own(closes=wall("2026-10-25 02:30"), reason=WHY))
    assert "comes twice" in kept.notices[0]
    assert terms_for(test.people["Ada"], test.room.row()).closes_at == at("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({}, ""),
        ({"closes": wall("2026-03-01 08:00")}, "closes"),
        ({"opens": wall("2026-05-01 08:00")}, "opens"),
        ({"due": wall("2026-03-01 08:00")}, "due"),
        ({"due": wall("2026-05-01 08:00")}, "due"),
        ({"opens": wall("1066-10-14 09:00")}, "opens"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(
    test: Running, stated: dict[str, datetime], field: str
) -> None:
    assert list(problems(test, **stated)) == [field]
    assert card(test).own is None
    assert log_of("assignment.accommodated") == []


def test_it_is_for_those_whom_the_assignment_is_for(test: Running) -> None:
    group = add_group(test.room.class_id)
    test.put_into(group, "Ben")
    give_to(test.room.assignment, group=group)
    assert [line.name for line in listing(test).lines] == ["Ben"]
    for number in (test.people["Ada"], add_person(), 2**40):
        test.people["x"] = number
        with pytest.raises(NotFound):
            put(test, LATER, "x")


def test_assistants_accommodate_nobody(test: Running) -> None:
    test.room.teacher = add_member(test.room.class_id, add_person("Tom"), "assistant")
    attempts: list[Callable[[], object]] = [
        lambda: listing(test),
        lambda: card(test),
        lambda: put(test, LATER),
        lambda: remove(test),
    ]
    for attempted in attempts:
        with pytest.raises(Forbidden):
            attempted()


def test_in_an_archived_class_nothing_is_changed(test: Running, clock: FakeClock) -> None:
    put(test, LATER)
    with write() as session:
        session.execute(sa.update(Class).values(archived_at=clock()))
    with pytest.raises(Archived):
        put(test, Own(factor=2.0, reason=WHY))
    with pytest.raises(Archived):
        remove(test)
    assert card(test).own == LATER

"""The list of ended attempts: whose, which and in what order."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from interview.services import history
from interview.services.attempts.records import NotFound
from interview.services.attempts.showing import settled_attempt
from interview.services.history import Filters, Line, Spot
from tests.support.attempts import (
    ENDED_AT,
    Item,
    add_attempt,
    add_person,
    add_set,
    an_open,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def lines(user: int, filters: Filters | None = None) -> tuple[Line, ...]:
    return history.listing(user, filters or Filters(), Spot(), ENDED_AT).lines


def numbers(user: int, **filters: object) -> list[int]:
    return [line.id for line in lines(user, Filters(**filters))]  # type: ignore[arg-type]


def test_ended_attempts_are_listed_newest_first_and_open_ones_are_not() -> None:
    user = add_person()
    old = add_attempt(user, ended_at=ENDED_AT - timedelta(days=1))
    new = add_attempt(user, state="abandoned", score=None)
    add_attempt(user, an_open())
    assert numbers(user) == [new, old]


def test_nobody_sees_the_attempts_of_another() -> None:
    ada, bob = add_person("Ada"), add_person("Bob")
    add_attempt(ada)
    assert lines(bob) == ()
    assert history.choices(bob).is_new


def test_a_line_tells_what_was_answered_and_how_long_it_took() -> None:
    user = add_person()
    items = [Item(seconds=70.0), Item(seconds=50.5), Item(state="unanswered", text=None, seconds=0)]
    add_attempt(user, items=items, score=0.8)
    (line,) = lines(user)
    assert (line.answered, line.item_count) == (2, 3)
    assert (line.used, line.band) == (timedelta(seconds=120.5), "strong")


def test_an_abandoned_attempt_has_no_score_and_no_band() -> None:
    user = add_person()
    add_attempt(user, state="abandoned", score=None)
    (line,) = lines(user)
    assert (line.score, line.band) == (None, "")


def test_filters_hold_alone_and_together() -> None:
    user, chosen = add_person(), add_set()
    wanted = add_attempt(user, set_id=chosen, preset="mock", topic="Django")
    other_kind = add_attempt(user, set_id=chosen, preset="practice", topic="Django")
    drawn = add_attempt(user, preset="mock", topic="SQL")
    assert numbers(user, set_id=chosen) == [other_kind, wanted]
    assert numbers(user, preset="mock") == [drawn, wanted]
    assert numbers(user, topic="SQL") == [drawn]
    assert numbers(user, set_id=chosen, preset="mock", topic="Django") == [wanted]
    assert numbers(user, set_id=chosen, topic="SQL") == []


def test_days_are_those_of_the_readers_zone() -> None:
    user = add_person()
    ended = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    attempt = add_attempt(user, ended_at=ended)
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert numbers(user, first_day=second, last_day=second, zone="Europe/Berlin") == [attempt]
    assert numbers(user, first_day=first, last_day=first, zone="Europe/Berlin") == []
    assert numbers(user, first_day=first, last_day=first, zone="UTC") == [attempt]


@pytest.mark.parametrize(
    ("ended", "day"),
    [
        # Berlin's clocks go forward on 29 March 2026, so its 28th ends an hour later in UTC.
        (datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
    ],
)
def test_days_stay_right_where_clocks_change(ended: datetime, day: date) -> None:
    user = add_person()
    attempt = add_attempt(user, ended_at=ended)
    before, after = day - timedelta(days=1), day + timedelta(days=1)
    assert numbers(user, first_day=day, last_day=day, zone="Europe/Berlin") == [attempt]
    assert numbers(user, last_day=before, zone="Europe/Berlin") == []
    assert numbers(user, first_day=after, zone="Europe/Berlin") == []


def test_filters_offer_what_the_reader_has_sat() -> None:
    user, chosen = add_person(), add_set("Django: the essentials", "django-essentials")
    add_set("Never sat")
    add_attempt(user, set_id=chosen, topic="Django")
    add_attempt(user, topic="SQL")
    offered = history.choices(user)
    assert offered.sets == ((chosen, "django-essentials", "Django: the essentials"),)
    assert offered.topics == ("Django", "SQL")


def test_an_attempt_whose_time_is_up_is_found_without_a_worker() -> None:
    user = add_person()
    cutoff = ENDED_AT + timedelta(minutes=5)
    unseen = Item(state="unseen", text=None)
    attempt = add_attempt(user, an_open(cutoff_at=cutoff, items=[unseen]))
    history.settle_overdue(user, cutoff)
    assert numbers(user) == []
    history.settle_overdue(user, cutoff + timedelta(seconds=1))
    assert numbers(user) == [attempt]


def test_settling_leaves_the_attempts_of_others_alone() -> None:
    ada, bob = add_person("Ada"), add_person("Bob")
    late = ENDED_AT + timedelta(days=1)
    attempt = add_attempt(ada, an_open(cutoff_at=ENDED_AT, items=[Item(state="unseen", text=None)]))
    history.settle_overdue(bob, late)
    assert numbers(ada) == []
    with pytest.raises(NotFound):
        settled_attempt(bob, attempt, late)


def test_a_listing_is_one_statement_whatever_its_length(statements: Count) -> None:
    user = add_person()
    for day in range(history.PAGE + 5):
        add_attempt(user, ended_at=ENDED_AT + timedelta(days=day))
    with statements() as seen:
        history.listing(user, Filters(topic="Django"), Spot(), ENDED_AT)
    assert len(seen) == 1, str(seen)

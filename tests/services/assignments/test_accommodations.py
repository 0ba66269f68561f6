"""The list of learners with their terms: order, pages, and what it costs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from interview.services.assignments import accommodations
from interview.services.cursors import Cursor
from tests.services.assignments.test_accommodating import LATER, listing, put
from tests.support.classes import add_learners, principal
from tests.support.clock import FakeClock
from tests.support.running import Running, running
from tests.support.statements import Statements


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def test(clock: FakeClock) -> Running:
    return running(clock, "Ben", "Cleo")


def test_those_with_terms_of_their_own_come_first(test: Running) -> None:
    put(test, LATER, "Cleo")
    found = listing(test).lines
    assert [(line.name, line.own is not None) for line in found] == [
        ("Cleo", True),
        ("Ada", False),
        ("Ben", False),
    ]


def test_pages_go_on_where_the_last_one_ended(
    test: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accommodations, "PAGE", 2)
    put(test, LATER, "Cleo")
    first = listing(test)
    assert [line.name for line in first.lines] == ["Cleo", "Ada"]
    second = listing(test, Cursor.parse(first.following))
    assert ([line.name for line in second.lines], second.following) == (["Ben"], "")


@pytest.mark.parametrize("many", [2, 60])
def test_the_list_costs_the_same_in_a_large_class(
    test: Running, many: int, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    add_learners(test.room.class_id, *(f"Learner {number}" for number in range(many)))
    teacher = principal(test.room.teacher)
    with statements() as told:
        accommodations.listing(teacher, test.room.assignment, None)
    assert len(told) == 3, str(told)

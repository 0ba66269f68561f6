"""The list of somebody's sets."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets import listing, making
from interview.services.sets.picking import Pick
from tests.support.authored import a_set, an_author, many_questions, publish
from tests.support.classes import add_assignment, add_class
from tests.support.clock import START
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def iris() -> Principal:
    return an_author()


def titles(person: Principal, after: str = "", **options: bool) -> list[str]:
    return [line.title for line in listing.my_sets(person, after, **options).lines]


def test_a_line_tells_size_version_and_use(iris: Principal) -> None:
    many = many_questions(6)
    web = a_set(iris, many[:2], Pick("Django", "", "", 3, 1.5))
    a_set(iris, title="Draft")
    version = publish(iris, web).version_id
    room = add_class(instructor=iris.id)
    add_assignment(room, version)
    add_assignment(room, version)
    found = {line.title: line for line in listing.my_sets(iris).lines}
    line = found["Web"]
    assert (line.question_count, line.points, line.newest, line.assignments) == (5, 6.5, 1, 2)
    draft = found["Draft"]
    assert (draft.question_count, draft.points, draft.newest, draft.assignments) == (0, 0, None, 0)


def test_only_own_sets_are_listed_the_last_changed_first(iris: Principal) -> None:
    for day, title in enumerate(("One", "Two", "Three")):
        making.make(iris, title, "", START + timedelta(days=day))
    making.make(an_author("Otto"), "Other", "", START)
    assert titles(iris) == ["Three", "Two", "One"]


def test_archived_sets_stand_apart(iris: Principal) -> None:
    a_set(iris, title="Here")
    making.archive(iris, a_set(iris, title="Away"), archived=True, now=START)
    assert titles(iris) == ["Here"]
    assert titles(iris, archived=True) == ["Away"]


def test_pages_follow_each_other_even_where_moments_are_equal(iris: Principal) -> None:
    for number in range(45):
        making.make(iris, str(number), "", START + timedelta(microseconds=number // 7))
    after, seen = "", []
    while True:
        page = listing.my_sets(iris, after)
        seen += [line.title for line in page.lines]
        if not page.next_after:
            break
        after = page.next_after
    assert seen == [str(number) for number in reversed(range(45))]


@pytest.mark.parametrize("place", ["nonsense", "1-", "-1", "99999999999999999-1", "1-1\x00", "٣-1"])
def test_a_damaged_place_is_no_error(iris: Principal, place: str) -> None:
    a_set(iris)
    assert titles(iris, place) == ["Web"]


def test_a_page_takes_three_statements(iris: Principal, statements: Count) -> None:
    many = many_questions(2)
    for _ in range(3):
        publish(iris, a_set(iris, many))
    with statements() as seen:
        listing.my_sets(iris)
    assert len(seen) == 3

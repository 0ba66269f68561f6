"""A page of the gradebook: what its cells say, whom filters pick, and what it costs."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.gradebook.reading import open_book, read_page
from interview.services.gradebook.records import (
    Book,
    Cell,
    Filters,
    Order,
    Size,
    Spot,
    State,
    Wanted,
    What,
    step_of,
)
from interview.services.history import Cursor as Moment
from interview.services.principals import Principal
from tests.support.attempts import add_person
from tests.support.classes import (
    add_assignment,
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    give_to,
    principal,
)
from tests.support.clock import START
from tests.support.gradebook import add_entries, ask_for_review, sat
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]
DAY, EVERYBODY = timedelta(days=1), Filters()


def page(iris: Principal, filters: Filters = EVERYBODY, **wanted: object) -> Book:
    return read_page(open_book(iris, 1), Wanted(filters, **wanted), START)  # type: ignore[arg-type]


def names(book: Book) -> list[str]:
    return [row.name for row in book.rows]


@pytest.fixture
def version(iris: Principal) -> int:
    return add_set_version(iris.id)


def test_a_cell_says_what_counts_and_what_to_look_at(iris: Principal, version: int) -> None:
    (ada,) = add_learners(1, "Ada")
    due = START - 3 * DAY
    assignment = add_assignment(1, version, due_at=due, closes_at=None, late_percent=10)
    sat(assignment, ada, 0.25, ended_at=due)
    late = sat(assignment, ada, 0.75, 2, ended_at=due + DAY + timedelta(hours=1))
    ask_for_review(late)
    (row,) = page(iris).rows
    (cell,) = row.cells
    assert replace(cell, score=None) == Cell(
        State.FINISHED, attempts=2, attempt_id=late, late_days=2, needs_review=1
    )
    assert cell.score == row.mean == pytest.approx(0.6)
    assert (row.finished, row.step) == (1, 3)


def test_states_before_a_score_are_told_apart(iris: Principal, version: int) -> None:
    group = add_group(1)
    ada, ben = add_learners(1, "Ada", "Ben")
    add_learners(1, "Mia", group_id=group)
    future = add_assignment(1, version, opens_at=START + DAY, closes_at=None)
    for_group = add_assignment(1, version)
    give_to(for_group, group=group)
    for_ben = add_assignment(1, version)
    give_to(for_ben, person=ben)
    running = add_assignment(1, version)
    sat(running, ada, None, state="open", ended_at=None)
    given_up = add_assignment(1, version)
    sat(given_up, ada, 0.5, state="abandoned")
    withdrawn = add_assignment(1, version, archived_at=START)
    sat(withdrawn, ben, 1.0)
    add_assignment(1, version, archived_at=START, title="Nobody began it")
    book = page(iris)
    columns = [column.id for column in book.columns]
    assert columns == [future, withdrawn, given_up, running, for_ben, for_group]
    states = {
        row.name: {column: cell.state for column, cell in zip(columns, row.cells, strict=True)}
        for row in book.rows
    }
    assert states["Ada"] == {
        future: State.NOT_OPEN,
        withdrawn: State.NOT_ASSIGNED,
        given_up: State.NO_SCORE,
        running: State.IN_PROGRESS,
        for_ben: State.NOT_ASSIGNED,
        for_group: State.NOT_ASSIGNED,
    }
    assert (states["Ben"][for_ben], states["Ben"][withdrawn]) == (State.NOT_STARTED, State.FINISHED)
    assert states["Mia"][for_group] is State.NOT_STARTED


def test_another_attempt_that_is_being_sat_shows_beside_the_score(
    iris: Principal, version: int
) -> None:
    (ada,) = add_learners(1, "Ada")
    assignment = add_assignment(1, version)
    sat(assignment, ada, 0.5)
    sat(assignment, ada, 0.5, 2, state="open", ended_at=None)
    cell = page(iris).rows[0].cells[0]
    assert (cell.score, cell.is_open, cell.standing) == (0.5, True, "finished, in progress")


@pytest.mark.parametrize(("what", "found"), [
    (What.REVIEW, ["Ada"]), (What.LATE, ["Ben"]), (What.OPEN, ["Cleo"]), (What.WAITING, ["Dan"]),
])  # fmt: skip
def test_learners_are_picked_by_what_they_have(
    iris: Principal, version: int, what: What, found: list[str]
) -> None:
    people = add_learners(1, "Ada", "Ben", "Cleo", "Dan")
    first = add_assignment(1, version)
    second = add_assignment(1, version, opens_at=START + DAY, closes_at=None)
    rows: list[dict[str, Any]] = [
        {"user_id": people[0], "needs_review": 2},
        {"user_id": people[1], "late_days": 1},
        {"user_id": people[2], "is_open": True, "score": None},
    ]
    add_entries(first, 1, rows)
    assert names(page(iris, Filters(what=what))) == found
    assert names(page(iris, Filters(what=what, only=first))) == found
    assert names(page(iris, Filters(what=what, only=second))) == []


def test_who_an_assignment_is_not_for_does_not_wait(iris: Principal, version: int) -> None:
    group = add_group(1)
    ada, _ = add_learners(1, "Ada", "Ben")
    add_learners(1, "Mia", group_id=group)
    assignment = add_assignment(1, version)
    give_to(assignment, group=group)
    give_to(assignment, person=ada)
    waiting = Filters(what=What.WAITING)
    assert names(page(iris, waiting)) == ["Ada", "Mia"]
    add_entries(assignment, 1, [{"user_id": ada}])
    assert names(page(iris, waiting)) == ["Mia"]
    add_assignment(1, version, archived_at=START)
    assert names(page(iris, waiting)) == ["Mia"]


def test_group_and_name_narrow_the_rows(iris: Principal) -> None:
    group = add_group(1)
    add_learners(1, "Ada Lovelace", "100% Bob", "Émile")
    add_learners(1, "Ada Byron", group_id=group)
    assert names(page(iris, Filters(name=" ADA "))) == ["Ada Byron", "Ada Lovelace"]
    assert names(page(iris, Filters(name="émi"))) == ["Émile"]
    assert names(page(iris, Filters(name="%"))) == ["100% Bob"]
    assert names(page(iris, Filters(name="a\x00"))) == []
    assert names(page(iris, Filters(name="ada", group_id=group))) == ["Ada Byron"]
    assert open_book(iris, 1).groups == ((group, "Monday"),)


def test_assignments_page_by_key_newest_first_there_and_back(iris: Principal, version: int) -> None:
    add_learners(1, "Ada")
    made = [add_assignment(1, version, opens_at=START - n * DAY) for n in (4, 3, 3, 2, 1)]
    size = Size(columns=2)
    first = page(iris, size=size)
    second = page(iris, size=size, spot=Spot(older=Moment.parse(first.older)))
    third = page(iris, size=size, spot=Spot(older=Moment.parse(second.older)))
    shown = [[column.id for column in book.columns] for book in (first, second, third)]
    assert shown == [[made[4], made[3]], [made[2], made[1]], [made[0]]]
    assert (first.newer, third.older) == ("", "")
    back = page(iris, size=size, spot=Spot(newer=Moment.parse(third.newer)))
    assert (back.columns, back.older, back.newer) == (second.columns, second.older, second.newer)
    assert page(iris, size=size, spot=Spot(newer=Moment.parse(back.newer))) == first


def test_one_assignment_can_be_looked_at_alone(iris: Principal, version: int) -> None:
    add_learners(1, "Ada")
    first, _ = add_assignment(1, version), add_assignment(1, version)
    book = page(iris, Filters(only=first))
    assert book.only is not None
    assert [column.id for column in book.columns] == [book.only.id] == [first]
    elsewhere = add_assignment(add_class(), version)
    with pytest.raises(NotFound):
        page(iris, Filters(only=elsewhere))


def test_scores_of_another_class_order_nothing(iris: Principal, version: int) -> None:
    ada, ben = add_learners(1, "Ada", "Ben")
    other = add_class()
    elsewhere = add_assignment(other, version)
    add_entries(elsewhere, other, [{"user_id": ada, "score": 0.1}, {"user_id": ben, "score": 0.9}])
    assert names(page(iris, order=Order(elsewhere, descending=True))) == ["Ada", "Ben"]


def test_only_staff_read_it(iris: Principal) -> None:
    (ada,) = add_learners(1, "Ada")
    assistant = add_member(1, add_person("Tim"), "assistant")
    assert open_book(principal(assistant), 1).title == "Web 101"
    with pytest.raises(Forbidden):
        open_book(principal(ada), 1)
    with pytest.raises(NotFound):
        open_book(principal(add_instructor("Eve")), 1)


def test_staff_have_no_row(iris: Principal) -> None:
    add_member(1, add_person("Tim"), "assistant")
    assert page(iris).rows == ()


@pytest.mark.parametrize("by", ["name", "score"])
def test_the_number_of_statements_is_fixed(
    iris: Principal, version: int, statements: Count, by: str
) -> None:
    group = add_group(1)

    def grow(people: int, assignments: int) -> int:
        users = add_learners(1, *(f"Learner {number}" for number in range(people)))
        made = [add_assignment(1, version) for _ in range(assignments)]
        for one in made:
            give_to(one, group=group)
            add_entries(one, 1, [{"user_id": user} for user in users])
        order = Order("name" if by == "name" else made[0])
        with statements() as seen:
            page(iris, Filters(what=What.WAITING, name="learner"), order=order)
            page(iris, order=order)
        return len(seen)

    first = grow(2, 1)
    assert grow(25, 8) <= first <= 12


@pytest.mark.parametrize(
    ("score", "step"), [(None, 0), (0.0, 1), (0.2499, 1), (0.25, 2), (0.5, 3), (0.75, 4), (1.0, 4)]
)
def test_steps_of_heat_are_the_bands(score: float | None, step: int) -> None:
    assert step_of(score) == step

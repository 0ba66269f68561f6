"""Rows of the gradebook by key: every order, both directions, ties and missing values."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.services.cursors import Cursor
from interview.services.gradebook.paging import OtherOrder
from interview.services.gradebook.reading import open_book, read_page
from interview.services.gradebook.records import Book, Filters, Order, Size, Spot, Wanted
from interview.services.principals import Principal
from tests.support.classes import add_assignment, add_learners, add_set_version
from tests.support.clock import START
from tests.support.gradebook import add_entries, set_mean

SIZE, FIRST = Size(rows=3), Spot()


@pytest.fixture
def people(iris: Principal) -> dict[str, int]:
    """Nine learners with equal names, equal scores and no scores among them."""
    names = ["Ada", "ada", "Zoë", "Émile", "Bob", "bob", "Max", "Moa", "Ola"]
    numbers = add_learners(1, *names)
    assignment = add_assignment(1, add_set_version(iris.id))
    scores = [0.5, 0.5, 0.25, None, 1.0, 0.1 + 0.2, 0.5, None, None]
    add_entries(
        assignment,
        1,
        [{"user_id": u, "score": s} for u, s in zip(numbers, scores, strict=True)][:8],
    )
    for user, score in zip(numbers, scores, strict=True):
        set_mean(1, user, score)
    return {"assignment": assignment, **dict(zip(names, numbers, strict=True))}


def page(iris: Principal, order: Order, spot: Spot = FIRST, size: Size = SIZE) -> Book:
    wanted = Wanted(Filters(), order, spot, size)
    return read_page(open_book(iris, 1), wanted, START)


def walk(iris: Principal, order: Order) -> list[Book]:
    """Go on to the last page."""
    pages = [page(iris, order)]
    while pages[-1].after:
        pages.append(page(iris, order, Spot(after=Cursor.parse(pages[-1].after))))
    return pages


def names(book: Book) -> list[str]:
    return [row.name for row in book.rows]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("by", ["name", "mean", "assignment"])
def test_pages_hold_everybody_once_there_and_back(
    iris: Principal, people: dict[str, int], by: str, descending: bool
) -> None:
    order = Order(people[by] if by == "assignment" else by, descending)
    pages = walk(iris, order)
    whole = page(iris, order, size=Size(rows=100))
    assert list(chain(*map(names, pages))) == names(whole)
    assert len(names(whole)) == 9
    assert (pages[0].before, pages[-1].after, whole.before, whole.after) == ("", "", "", "")
    back = [pages[-1]]
    while back[0].before:
        back.insert(0, page(iris, order, Spot(before=Cursor.parse(back[0].before))))
    assert list(chain(*map(names, back))) == names(whole)


def test_names_come_folded(iris: Principal, people: dict[str, int]) -> None:
    listed = names(page(iris, Order(), size=Size()))
    assert listed == ["Ada", "ada", "Bob", "bob", "Max", "Moa", "Ola", "Zoë", "Émile"]
    assert names(page(iris, Order(descending=True), size=Size())) == listed[::-1]


@pytest.mark.parametrize("by", ["mean", "assignment"])
def test_those_without_a_value_come_last_by_name_in_both_directions(
    iris: Principal, people: dict[str, int], by: str
) -> None:
    key = people[by] if by == "assignment" else by
    up = names(page(iris, Order(key), size=Size()))
    down = names(page(iris, Order(key, descending=True), size=Size()))
    assert up[-3:] == down[-3:] == ["Moa", "Ola", "Émile"]
    assert up[:2] == ["Zoë", "bob"]
    assert down[0] == "Bob"
    assert up[:6] == down[:6][::-1]


@pytest.mark.parametrize(
    ("order", "place"),
    [
        (Order(), Cursor(1, 1, "ada")),
        (Order("mean"), Cursor(0, 1, "ada")),
        (Order("mean"), Cursor(0, 1, "nan")),
        (Order(1), Cursor(0, 1, "inf")),
    ],
)
@pytest.mark.usefixtures("people")
def test_a_place_of_another_order_is_refused(iris: Principal, order: Order, place: Cursor) -> None:
    with pytest.raises(OtherOrder):
        page(iris, order, Spot(after=place))


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.integers(0, 1), st.integers(0, 2**31 - 1), NAMES.filter(lambda t: "\r" not in t))
def test_a_place_is_read_back_exactly(part: int, user: int, value: str) -> None:
    assert Cursor.parse(str(Cursor(part, user, value))) == Cursor(part, user, value)


@pytest.mark.parametrize("text", ["", "0", "2.1.x", "0.x.y", "0.99999999999.x", "0.1.a\x00", "0.1"])
def test_anything_else_is_no_place(text: str) -> None:
    with pytest.raises(ValueError, match="not a place"):
        Cursor.parse(text)

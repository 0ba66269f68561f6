"""The gradebook's page: cells, marks, orders, filters, and pages of both kinds."""

import pytest
from flask import Flask

from tests.support.attempts import add_person
from tests.support.classes import add_class, add_instructor, add_learners, add_member
from tests.support.client import CheckingClient
from tests.support.gradebook import large_book, names, small_book, table
from tests.support.page import words

BOOK = "/classes/1/gradebook"


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> int:
    """Somebody who is logged in and teaches class 1."""
    with app.app_context():
        instructor = add_instructor()
        add_class(instructor=instructor)
    client.log_in(instructor)
    return instructor


@pytest.fixture
def small(app: Flask, iris: int) -> dict[str, int]:
    """The same, with three learners and three assignments, one for a group alone."""
    with app.app_context():
        return small_book(iris)


@pytest.fixture
def large(app: Flask, iris: int) -> None:
    """The same, with 53 learners and 22 assignments."""
    with app.app_context():
        large_book(iris)


@pytest.mark.usefixtures("small")
def test_every_cell_has_its_number_and_its_marks_in_words(client: CheckingClient) -> None:
    page = client.get(BOOK)
    heads = page.texts(".gradebook-head a.sort-link")
    assert heads == ["Third", "Second", "First"]
    assert table(page) == [
        [
            "Ada", "81 %", "1", "not assigned", "not started",
            "81 % ×2 attempts, 1 day late, 1 answer needs review",
        ],
        ["Ben", "40 %", "1", "not assigned", "in progress", "40 %"],
        ["Mia Monday", "60 %", "1", "not started", "60 %", "not started"],
    ]  # fmt: skip
    steps = [cell.get("data-step") for cell in page.select(".gradebook-table tbody td[data-step]")]
    assert steps == ["4", "0", "4", "2", "0", "2", "3", "0", "3", "0"]


def test_a_cell_leads_to_the_attempt_that_counts_or_to_the_record(
    client: CheckingClient, small: dict[str, int]
) -> None:
    page = client.get(BOOK)
    links = [a.get("href") for a in page.select(".gradebook-table tbody tr:first-child a")]
    record = f"/classes/1/learners/{small['ada']}"
    assert links == [record, record, record, f"/attempts/{small['best']}/read"]


@pytest.mark.usefixtures("small")
def test_learners_are_ordered_by_name_mean_or_one_score(client: CheckingClient) -> None:
    page = client.get(BOOK)
    assert names(client.click(page, "Learner ↑")) == ["Mia", "Ben", "Ada"]
    by_mean = client.click(page, "Mean")
    assert names(by_mean) == ["Ada", "Mia", "Ben"]
    head = by_mean.one(".gradebook-table th[aria-sort]")
    assert (words(head), head.get("aria-sort")) == ("Mean ↓", "descending")
    assert names(client.click(by_mean, "Mean ↓")) == ["Ben", "Mia", "Ada"]
    by_score = client.click(page, "First")
    assert names(by_score) == ["Ada", "Ben", "Mia"]
    assert names(client.click(by_score, "First ↓")) == ["Ben", "Ada", "Mia"]


def test_filters_are_kept_in_the_address_the_form_and_the_links(
    client: CheckingClient, small: dict[str, int]
) -> None:
    page = client.submit(client.get(BOOK), "gradebook-filters", what="waiting")
    assert names(page) == ["Ada", "Mia"]
    assert page.one("select#what option[selected]").get("value") == "waiting"
    page = client.submit(page, "gradebook-filters", group=str(small["group"]), name="m")
    assert names(page) == ["Mia"]
    assert page.one("input#name").get("value") == "m"
    assert "what=waiting" in client.click(page, "Mean").path
    assert names(client.click(page, "Clear the filters")) == ["Ada", "Ben", "Mia"]


def test_one_assignment_can_be_shown_alone_and_the_filters_are_about_it(
    client: CheckingClient, small: dict[str, int]
) -> None:
    page = client.click(client.get(BOOK), f"Only First ({small['first']})")
    assert [len(row) for row in table(page)] == [4, 4, 4]
    assert "Only “First” is shown" in page.text
    waiting = client.submit(page, "gradebook-filters", what="waiting")
    assert names(waiting) == ["Mia"]
    assert len(table(client.click(waiting, "Show every assignment"))[0]) == 6


@pytest.mark.usefixtures("large")
def test_pages_of_learners_and_of_assignments_are_turned_apart(client: CheckingClient) -> None:
    first = client.get(BOOK)
    assert (len(names(first)), len(first.select(".gradebook-head"))) == (50, 20)
    below = client.click(first, "Learners after")
    assert names(below) == ["Learner 50", "Learner 51", "Learner 52"]
    corner = client.click(below, "Older assignments")
    assert names(corner) == names(below)
    assert corner.texts(".gradebook-head a.sort-link") == ["Test 01", "Test 00"]
    above = client.click(corner, "Learners before")
    assert (len(names(above)), len(above.select(".gradebook-head"))) == (50, 2)
    assert table(client.click(above, "Newer assignments")) == table(first)


@pytest.mark.usefixtures("large")
def test_an_order_begins_at_its_own_first_row(client: CheckingClient) -> None:
    page = client.click(client.click(client.get(BOOK), "Learners after"), "Mean")
    assert names(page)[0] == "Learner 52"


@pytest.mark.usefixtures("large")
def test_htmx_gets_the_table_alone(client: CheckingClient) -> None:
    fragment = client.get(f"{BOOK}?name=learner", htmx=True)
    assert not fragment.is_full
    assert fragment.one("#gradebook").tag == "section"
    assert "HX-Request" in fragment.headers["Vary"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("group=99", "“99” is none of the choices."),
        ("what=best", "“best” is none of the choices."),
        (f"name={'x' * 201}", "A name has at most 200 characters."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_filter_is_named(
    client: CheckingClient, query: str, message: str, htmx: bool
) -> None:
    page = client.get(f"{BOOK}?{query}", htmx=htmx)
    assert (page.status, page.is_full) == (422, not htmx)
    assert message in " ".join(page.texts(".field-error"))
    assert client.get(f"/classes/1/gradebook.csv?{query}").status == 422


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "query",
    ["sort=best", "sort=--1", "only=x", "after=x", "before=1.1.ada", "older=x", "newer=1"],
)
def test_a_damaged_address_leads_back_to_the_beginning(client: CheckingClient, query: str) -> None:
    page = client.get(f"{BOOK}?{query}")
    assert page.status == 422
    assert names(client.click(page, "Start from its beginning")) == ["Ada", "Ben", "Mia"]


@pytest.mark.usefixtures("small")
def test_what_is_not_there_is_said(client: CheckingClient) -> None:
    page = client.get(f"{BOOK}?name=nobody")
    assert "Nobody fits these filters" in page.text
    assert len(names(client.click(page, "Show everybody"))) == 3
    page = client.get(f"{BOOK}?after=0.1.zzz")
    assert len(names(client.click(page, "Back to the first"))) == 3
    assert client.get(f"{BOOK}?only=999").status == 404


def test_a_new_class_says_what_comes(app: Flask, client: CheckingClient, iris: int) -> None:
    assert "Nobody learns here yet" in client.get(BOOK).text
    with app.app_context():
        add_learners(1, "Ada")
    page = client.get(BOOK)
    assert table(page) == [["Ada", "–", "0"]]
    assert "There is no assignment yet" in page.text


@pytest.mark.parametrize("path", [BOOK, f"{BOOK}.csv"])
def test_only_staff_may_read_it(
    app: Flask, client: CheckingClient, small: dict[str, int], path: str
) -> None:
    assert client.get(path).status == 200
    with app.app_context():
        assistant = add_member(1, add_person("Tim"), "assistant")
        stranger = add_instructor("Eve")
    for user, status in ((assistant, 200), (small["ada"], 403), (stranger, 404)):
        client.log_in(user)
        assert client.get(path).status == status

"""The gradebook's file: it says what the pages say, of everybody whom the filters fit."""

import csv
import io

import pytest
from flask import Flask

from tests.support.classes import add_class, add_instructor
from tests.support.client import CheckingClient
from tests.support.gradebook import large_book, small_book, table
from tests.support.page import Page

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


def as_rows(file: Page) -> list[dict[str, str]]:
    text = file.html.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def expected_cell(row: dict[str, str], title: str) -> str:
    """Write a cell of the file as the page would."""
    told = {name.rpartition(": ")[2]: row[name] for name in row if name.startswith(f"{title}: ")}
    if told["state"] != "finished":
        return told["state"]
    text = f"{told['score %']} %"
    if int(told["attempts"]) > 1:
        text += f" ×{told['attempts']} attempts"
    if int(told["late days"]):
        text += f", {told['late days']} day late"
    if int(told["needs review"]):
        text += f", {told['needs review']} answer needs review"
    return text


@pytest.mark.parametrize("which", ["small", "large"])
@pytest.mark.parametrize("query", ["", "?sort=-mean"])
def test_the_file_says_what_the_pages_say(
    client: CheckingClient, request: pytest.FixtureRequest, which: str, query: str
) -> None:
    request.getfixturevalue(which)
    page = client.get(BOOK + query)
    rows = as_rows(client.click(page, "Download as CSV"))
    shown: dict[str, dict[str, str]] = {}
    for across in _across(client, page):
        for down in _down(client, across):
            heads = down.texts(".gradebook-head a.sort-link")
            for cells in table(down):
                shown.setdefault(cells[0], {}).update(zip(heads, cells[3:], strict=True))
                shown[cells[0]]["mean"], shown[cells[0]]["done"] = cells[1:3]
    assert list(shown) == [f"{row['learner']} {row['group']}".strip() for row in rows]
    for row, found in zip(rows, shown.values(), strict=True):
        assert found.pop("mean") == f"{row['mean %']} %"
        assert found.pop("done") == row["finished"]
        assert found == {title: expected_cell(row, title) for title in found}
    titles = {name.rpartition(": ")[0] for name in rows[0] if ": " in name}
    assert titles == set(next(iter(shown.values())))


def _across(client: CheckingClient, page: Page) -> list[Page]:
    pages = [page]
    while pages[-1].select("#columns-older"):
        pages.append(client.click(pages[-1], "Older assignments"))
    return pages


def _down(client: CheckingClient, page: Page) -> list[Page]:
    pages = [page]
    while pages[-1].select("#rows-after"):
        pages.append(client.click(pages[-1], "Learners after"))
    return pages


@pytest.mark.usefixtures("large")
def test_the_file_has_what_the_filters_fit(client: CheckingClient) -> None:
    page = client.submit(client.get(BOOK), "gradebook-filters", name="5")
    file = client.click(page, "Download as CSV")
    assert file.headers["Content-Disposition"] == "attachment; filename=gradebook-1-2026-03-02.csv"
    found = [row["learner"] for row in as_rows(file)]
    assert found == [f"Learner {number}" for number in ("05", "15", "25", "35", "45", 50, 51, 52)]

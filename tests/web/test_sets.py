"""The pages of question sets, without scripts: list, editor, publishing."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets import editing, making
from interview.services.sets.picking import Pick
from tests.support.attempts import add_person
from tests.support.authored import (
    a_set,
    an_author,
    edit_of,
    many_questions,
    number,
    press,
    publish,
    read,
    retire,
    revise,
    sent,
    slots,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> Principal:
    """An instructor who is logged in."""
    with app.app_context():
        person = an_author()
    client.log_in(person.id)
    return person


@pytest.fixture
def bank(app: Flask) -> list[int]:
    with app.app_context():
        return many_questions(12, tag="orm", seconds=90)


@pytest.fixture
def web(app: Flask, iris: Principal, bank: list[int]) -> str:
    """The address of a set with three questions and two that are drawn."""
    with app.app_context():
        return f"/sets/{a_set(iris, bank[:3], Pick('Django', '', 'hard', 2))}"


def test_learners_are_told_that_sets_are_not_for_them(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        client.log_in(add_person())
    assert client.get("/sets").status == 403
    assert client.get("/sets/new").status == 403


@pytest.mark.usefixtures("iris")
def test_a_first_set_is_made_filled_and_published(client: CheckingClient, bank: list[int]) -> None:
    page = client.click(client.get("/sets"), "New set")
    page = client.submit(page, "Make the set", title=" Web  101 ", description="A\r\nB")
    assert page.texts("h1") == ["Web 101"]
    assert "No questions yet" in page.text
    first = str(page.select(".bank-list button")[0].get("value"))
    page = press(client, page, first)
    assert slots(page) == [f"What is {bank[0]}?"]
    assert "1 question, 1 point, about 2 min" in page.text
    page = client.submit(page, "Publish")
    assert "Published as version 1. It can be assigned now." in page.text
    assert "unchanged since" in page.text
    shown = client.click(page, "version 1")
    assert shown.texts("h1") == ["Web 101, version 1"]
    assert "Version 1" in client.get("/sets").text


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize(
    ("typed", "words"),
    [({"title": "  "}, "Enter a title."), ({"title": "x" * 121}, "at most 120 characters"),
     ({"title": "x", "description": "y" * 5001}, "at most 5000 characters")],
)  # fmt: skip
def test_a_set_needs_a_title_of_some_length(
    client: CheckingClient, typed: dict[str, str], words: str
) -> None:
    page = client.submit(client.get("/sets/new"), "new-set", **sent(typed))
    assert page.status == 422
    assert words in " ".join(page.texts(".field-error"))
    for name, text in typed.items():
        field = page.one(f"#{name}")
        assert (field.get("value") or field.text_content().strip()) == text.strip() or "  "


def test_a_newer_version_is_offered_beside_the_chosen_one(
    app: Flask, client: CheckingClient, web: str, bank: list[int]
) -> None:
    with app.app_context():
        revise(bank[0], prompt="A better wording?", rubric=_RUBRIC)
        retire(bank[1])
    page = client.get(web)
    (offer,) = page.texts(".newer")
    assert f"Chosen What is {bank[0]}? Newer A better wording?" in offer
    assert "Its wording and what it is graded by have changed." in offer
    assert "Retired" in page.texts(".slot")[1]
    compared = client.click(page, "Compare what they are graded by for question 1")
    assert "A complete answer." in compared.text
    assert "A better answer." in compared.text
    page = client.submit(compared, "Use the new version")
    assert slots(page)[0] == "A better wording?"
    assert page.select(".newer") == []


_RUBRIC = {"references": ["A better answer."], "key_points": [], "misconceptions": []}


def test_an_archived_set_is_shown_and_takes_no_change(
    app: Flask, client: CheckingClient, web: str
) -> None:
    page = client.get(web)
    archived = client.submit(page, "Archive")
    assert "Archived" in archived.text
    assert archived.select("#slots-form") == []
    for target in ("Save points and times", "Publish"):
        refused = client.submit(page, target)
        assert refused.status == 409
        assert "Take it up again first" in refused.text
    for part in ("title", "random"):
        assert client.get(f"{web}/{part}").status == 409
        assert client.post(f"{web}/{part}", {"title": "x"}).status == 409
    assert web in client.get("/sets?show=archived").html
    assert web not in client.get("/sets").html
    assert client.submit(client.get(web), "Take it up again").select("#slots-form")


def test_a_copy_is_made_under_another_title(client: CheckingClient, web: str) -> None:
    page = client.submit(client.get(web), "Copy the set")
    assert page.texts("h1") == ["Copy of Web"]
    assert len(slots(page)) == 4


@pytest.mark.parametrize(
    "path",
    ["", "/title", "/random", "/supply", "/versions/1", "/slots/1", "/random/1"],
)
def test_other_peoples_sets_are_as_good_as_absent(
    app: Flask, client: CheckingClient, web: str, path: str
) -> None:
    with app.app_context():
        client.log_in(an_author("Otto").id)
    assert client.get(web + path).status == 404
    assert client.get(f"/sets/99999999999{path}").status == 404


@pytest.mark.parametrize("path", ["slots", "publish", "copy", "archive", "title", "random"])
def test_other_peoples_sets_take_no_change(
    app: Flask, client: CheckingClient, web: str, path: str
) -> None:
    with app.app_context():
        client.log_in(an_author("Otto").id)
    assert client.post(f"{web}/{path}", {"revision": "1", "do": "save"}).status == 404


def test_sets_beyond_a_page_follow(app: Flask, client: CheckingClient, iris: Principal) -> None:
    with app.app_context():
        for day in range(23):
            making.make(iris, f"Set {day}", "", START + timedelta(days=day))
    page = client.get("/sets")
    assert len(page.select("tbody tr")) == 20
    assert client.click(page, "More sets").texts("tbody th") == ["Set 2", "Set 1", "Set 0"]


def test_a_version_keeps_its_title_and_questions(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    with app.app_context():
        publish(iris, number(web))
        slot = read(iris, number(web)).slots[0].id
        editing.remove(iris, number(web), edit_of(iris, number(web)), slot, START)
    assert "Changed since version 1" in client.get(web).text
    page = client.get(f"{web}/versions/1")
    assert len(slots(page)) == 4
    assert page.select("form[method=post]:not(.theme-switch):not(.inline-form)") == []
    assert client.get(f"{web}/versions/2").status == 404

"""The editor of a question set, without scripts and as htmx asks: slots, and the bank beside."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets import changing, editing, making
from interview.services.sets.changing import Terms
from interview.services.sets.picking import Pick
from tests.support.authored import (
    a_set,
    an_author,
    edit_of,
    many_questions,
    number,
    points_fields,
    press,
    read,
    sent,
    slots,
    version_of,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page
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


def test_points_and_times_are_saved_together(client: CheckingClient, web: str) -> None:
    page = client.get(web)
    first, second, *_ = points_fields(page)
    minutes = second.replace("points", "minutes")
    page = client.submit(page, "Save points and times", **sent({first: "2,5", minutes: "3"}))
    assert page.one(f"[name={first}]").get("value") == "2.5"
    assert page.one(f"[name={minutes}]").get("value") == "3"
    assert "5 questions, 6.5 points" in page.text


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("points", "0", "in steps of 0.5"), ("points", "100.5", "in steps of 0.5"),
        ("points", "1.25", "in steps of 0.5"), ("points", "NaN", "such as 1.5"),
        ("points", "Infinity", "such as 1.5"), ("points", "1e999999", "in steps of 0.5"),
        ("points", "many", "Enter a number"), ("points", "", "Enter the points"),
        ("minutes", "0", "1 to 60 whole minutes"), ("minutes", "61", "1 to 60 whole minutes"),
        ("minutes", "1.5", "1 to 60 whole minutes"), ("minutes", "9" * 5000, "whole minutes"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_number_is_named_and_nothing_typed_is_lost(
    client: CheckingClient, web: str, name: str, typed: str, words: str, htmx: bool
) -> None:
    page = client.get(web)
    first, second, *_ = points_fields(page)
    wrong = first.replace("points", name)
    fields = sent({wrong: typed, second: "4"})
    page = client.submit(page, "Save points and times", htmx=htmx, **fields)
    assert (page.status, page.is_full) == (422, not htmx)
    assert words in " ".join(page.texts(".field-error"))
    assert page.one(f"[name={wrong}]").get("value") == typed
    assert page.one(f"[name={second}]").get("value") == "4"
    assert "Saved now: 1 point, no time of its own" in page.text
    assert points_fields(client.get(web))
    assert client.get(web).one(f"[name={second}]").get("value") == "1"


@pytest.mark.parametrize("htmx", [False, True])
def test_questions_are_moved_and_taken_out_by_buttons(
    client: CheckingClient, web: str, bank: list[int], htmx: bool
) -> None:
    def pressed(page: Page, name: str) -> list[str]:
        answer = client.submit(page, name, htmx=htmx)
        assert answer.status == 200
        assert answer.is_full is not htmx
        return slots(answer)

    one, two, three = (f"What is {question}?" for question in bank[:3])
    drawn = "2 questions drawn from Django, hard"
    assert pressed(client.get(web), "Move question 3 up") == [one, three, two, drawn]
    assert pressed(client.get(web), "Move questions 4–5 up") == [one, three, drawn, two]
    assert pressed(client.get(web), "Move question 1 up") == [one, three, drawn, two]
    assert pressed(client.get(web), "Take out question 2") == [one, drawn, two]


def test_adding_by_htmx_tells_the_bank_beside(client: CheckingClient, web: str) -> None:
    page = client.get(web)
    version = page.one(".bank-list li:nth-child(4) button").get("value")
    assert version
    answer = press(client, page, version, htmx=True)
    assert answer.one("#slots").tag == "section"
    assert len(slots(answer)) == 5
    swapped = answer.one(f"#{version.replace('add', 'choice')}")
    assert swapped.get("hx-swap-oob") == "true"
    assert "question 6" in swapped.text_content()
    assert len(answer.select("[hx-swap-oob]")) == 10


def test_a_question_that_is_in_the_set_is_refused_in_words(
    app: Flask, client: CheckingClient, web: str, bank: list[int]
) -> None:
    with app.app_context():
        version = version_of(bank[1])
    page = press(client, client.get(web), f"add-{version}")
    assert page.status == 422
    assert "This question is in the set already: it is question 2." in page.text


@pytest.mark.parametrize("do", ["", "explode", "up", "up-1-2", "add", "save-1", "up-99999999999"])
def test_a_damaged_button_is_an_error_of_the_request(
    client: CheckingClient, web: str, do: str
) -> None:
    assert client.post(f"{web}/slots", {"revision": "1", "do": do}).status == 400


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_page_shows_what_others_did_and_what_was_typed(
    app: Flask, client: CheckingClient, iris: Principal, web: str, htmx: bool
) -> None:
    page = client.get(web)
    first, second, third, _ = points_fields(page)
    ids = [int(name.split("-")[1]) for name in (first, second, third)]
    with app.app_context():
        terms = {f"slot_{ids[0]}": Terms(7, None), f"slot_{ids[1]}": Terms(8, 60)}
        changing.save(iris, number(web), edit_of(iris, number(web), **terms), START)
    stale = client.submit(page, "Save points and times", htmx=htmx, **sent({first: "2"}))
    assert stale.status == 409
    assert "changed in another window" in stale.text
    assert stale.one(f"[name={first}]").get("value") == "2"
    assert "Saved now: 7 points" in stale.text
    assert stale.one(f"[name={second}]").get("value") == "8"
    again = client.submit(stale, "Save points and times", htmx=htmx)
    assert again.status == 200
    kept = client.get(web)
    assert [kept.one(f"[name={name}]").get("value") for name in (first, second)] == ["2", "8"]


def test_a_stale_page_cannot_publish(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    page = client.get(web)
    with app.app_context():
        slot = read(iris, number(web)).slots[0].id
        editing.remove(iris, number(web), edit_of(iris, number(web)), slot, START)
    answer = client.submit(page, "Publish")
    assert answer.status == 409
    assert "Not published yet" in answer.text


def test_a_stale_title_keeps_what_was_typed_beside_what_is(
    app: Flask, client: CheckingClient, iris: Principal, web: str
) -> None:
    page = client.click(client.get(web), "Title and description")
    with app.app_context():
        making.describe(iris, number(web), read(iris, number(web)).revision, ("Net", "New"), START)
    stale = client.submit(page, "set-title", title="Mine")
    assert stale.status == 409
    assert "Title now: Net" in stale.text
    assert stale.one("#title").get("value") == "Mine"
    saved = client.submit(stale, "set-title")
    assert saved.texts("h1") == ["Mine"]


def test_the_search_of_the_bank_survives_adding(client: CheckingClient, web: str) -> None:
    page = client.submit(client.get(web), "bank-search", q="what", tag="orm", difficulty="hard")
    hard = page.texts(".bank-list h3")
    assert len(hard) == 4
    page = press(client, page, str(page.select(".bank-list button")[-1].get("value")))
    assert page.texts(".bank-list h3") == hard
    assert page.one("#q").get("value") == "what"


def test_htmx_gets_what_the_search_finds_alone(client: CheckingClient, web: str) -> None:
    fragment = client.get(f"{web}?q=what&difficulty=easy", htmx=True)
    assert not fragment.is_full
    assert fragment.one("#found").tag == "div"
    assert len(fragment.texts("h3")) == 4
    assert "HX-Request" in fragment.headers["Vary"]


def test_what_a_question_is_graded_by_can_be_folded_out(client: CheckingClient, web: str) -> None:
    assert "A complete answer." in client.get(web).text
    page = client.get(web)
    link = page.select(".slot-prompt a")[0].get("href")
    assert "A complete answer." in client.get(str(link)).text


@pytest.mark.parametrize(
    "query", ["q=zebra", "topic=Cobol", "tag=%00", "after=99999999999", "after=x"]
)
def test_a_search_that_finds_nothing_or_is_damaged_is_no_error(
    client: CheckingClient, web: str, query: str
) -> None:
    assert client.get(f"{web}?{query}").status == 200


def test_the_editor_costs_the_same_however_many_questions(
    app: Flask, client: CheckingClient, iris: Principal, bank: list[int], statements: Count
) -> None:
    def cost(questions: list[int]) -> int:
        with app.app_context():
            address = f"/sets/{a_set(iris, questions)}"
        with statements() as seen:
            client.get(address)
        return len(seen)

    assert cost(bank[:2]) == cost(bank) <= 12

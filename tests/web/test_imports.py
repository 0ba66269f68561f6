"""Importing questions: sent in, looked at, imported or dropped."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from interview.services.importing import jobs
from interview.services.principals import Principal
from tests.support.authored import an_author
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.imports import as_file, bare, questions_of, send, whole, work
from tests.support.page import Page
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]

TWO = as_file(whole(), bare("second", "What else is <b>there</b>?"))
WRONG = as_file(whole(), whole("second", prompt="And what?", difficulty="no"))


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> Principal:
    """An instructor who is logged in."""
    with app.app_context():
        person = an_author()
    client.log_in(person.id)
    return person


def upload(
    client: CheckingClient, content: bytes = b"", name: str = "b.json", **typed: Any
) -> Page:
    page = client.get("/bank/import")
    file = (io.BytesIO(content), name if content else "")
    return client.submit(page, "import-form", file=file, **typed)


def settle(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        work(clock)


def figures(page: Page) -> list[str]:
    return page.texts(".import-figures dd")


def test_a_file_is_shown_first_and_imported_when_told_to(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    waiting = upload(client, TWO, "folder/bank.json")
    assert waiting.texts("h1") == ["bank.json"]
    assert "Waiting to be read" in waiting.text
    assert waiting.one("#import").get("hx-trigger") == "every 1s"
    settle(app, clock)
    part = client.get(waiting.path, htmx=True)
    assert not part.is_full
    assert part.one("#import").get("hx-trigger") is None
    shown = client.click(waiting, "Look again")
    assert figures(shown) == ["1", "1", "0", "0", "1"]
    assert shown.texts(".import-items h3") == ["What is it?", "What else is <b>there</b>?"]
    with app.app_context():
        assert questions_of(iris.id) == {}
    writing = client.submit(shown, "Import 2 questions")
    assert "Waiting to be written" in writing.text
    settle(app, clock)
    done = client.get(writing.path)
    assert "2 questions imported" in done.text
    assert client.click(done, "Open it in the bank: What is it?").status == 200


def test_text_can_be_pasted_with_a_topic_tags_and_a_set(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    text = "# Small talk\n\n## What is small talk?\n\nIt is polite conversation about little.\n"
    page = upload(
        client, text=text, format="article", topic="Manners", tags="polite, easy", set_title="All"
    )
    settle(app, clock)
    shown = client.get(page.path)
    assert shown.texts("h1") == ["Pasted text"]
    assert "Question sets that come with it: “All”." in shown.text
    client.submit(shown, "accept-form")
    settle(app, clock)
    with app.app_context():
        (question,) = questions_of(iris.id).values()
    assert (question.topic, question.status) == ("Manners", "draft")


def test_errors_are_shown_with_their_lines_and_nothing_can_be_imported(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    page = upload(client, WRONG)
    settle(app, clock)
    shown = client.get(page.path, query_string={"outcome": "error"})
    assert figures(shown)[3] == "1"
    (notice,) = shown.texts(".import-items .import-notices li")
    assert notice.startswith("Error, line ")
    assert "difficulty" in notice
    assert shown.select("#accept-form") == []
    refused = client.post(f"{page.path}/accept")
    assert refused.status == 409
    table = client.get(f"{page.path}/problems.csv").response.text
    assert table.lstrip("\ufeff").splitlines()[0] == "line,question,prompt,kind,message"
    assert ",2,And what?,error," in table


def test_what_is_in_the_bank_already_can_be_copied(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    for expected in ("Import 1 question", "Import 1 copy"):
        page = upload(client, as_file(whole()))
        settle(app, clock)
        client.submit(client.get(page.path), expected)
        settle(app, clock)
    with app.app_context():
        assert len(questions_of(iris.id)) == 2


@pytest.mark.parametrize("name", ["cat.png", "empty.json"])
def test_what_cannot_be_read_is_said_in_words(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock, name: str
) -> None:
    page = upload(client, b"\x89PNG\r\n\x1a\n\0\0" if name == "cat.png" else b"{}", name)
    settle(app, clock)
    failed = client.get(page.path)
    assert "This file cannot be imported." in failed.text
    assert failed.select("#retry-form") == []
    client.submit(failed, "drop-form")
    assert "Dropped" in client.get(page.path).text


def test_nothing_sent_is_told_beside_the_form(client: CheckingClient, iris: Principal) -> None:
    page = upload(client, topic="Manners")
    assert page.status == 422
    assert page.texts("#file-error") == ["Choose a file, or paste the text of one."]
    assert page.one("#topic").get("value") == "Manners"


@pytest.mark.parametrize("size", [5_000_001, 17_000_000])
def test_a_file_that_is_too_large_is_refused_with_the_form(
    client: CheckingClient, iris: Principal, size: int
) -> None:
    page = upload(client, b"x" * size)
    assert page.status == 413
    assert "a file can have 5 MB" in page.texts("#file-error")[0]


def test_text_of_four_megabytes_can_be_pasted(client: CheckingClient, iris: Principal) -> None:
    assert upload(client, text="What is it?\nIt is.\n" * 200_000).status == 200


def test_a_page_says_when_nothing_happens(
    client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    page = upload(client, TWO)
    assert "the worker" not in page.text
    clock.advance(seconds=31)
    assert "Either the worker is busy with something large, or it is not running" in (
        client.get(page.path).text
    )


def test_an_import_can_be_dropped_before_it_is_read(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    page = upload(client, TWO)
    listed = client.submit(page, "Drop it")
    assert "Dropped: nothing was imported" in listed.text
    settle(app, clock)
    assert client.post(f"{page.path}/accept").status == 409
    assert "Dropped" in client.get(page.path).text


def test_imports_are_listed_the_newest_first_and_by_the_page(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    assert "Nothing was imported yet" in client.get("/bank/imports").text
    with app.app_context():
        for number in range(1, 26):
            send(iris, TWO, name=f"{number}.json")
            work(clock)
            clock.advance(days=0 if number > 20 else 31)
    first = client.get("/bank/imports")
    assert len(first.select("tbody tr")) == 20
    assert first.texts("tbody th")[0].startswith("25.json")
    second = client.click(first, "Earlier imports")
    assert len(second.select("tbody tr")) == 5


def test_many_questions_are_shown_by_the_page_in_few_statements(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock, statements: Count
) -> None:
    page = upload(client, as_file(*(bare(f"q{n}", f"What is item {n}?") for n in range(120))))
    settle(app, clock)
    with statements() as seen:
        first = client.get(page.path)
    assert len(seen) < 8, str(seen)
    last = client.click(client.click(first, "More questions"), "More questions")
    assert len(last.select(".import-items > li")) == 20
    assert last.select(".import-items > li")[-1].get("value") == "120"
    beyond = client.get(page.path, query_string={"after": 500})
    assert "There are no more questions" in beyond.text


def test_an_import_that_failed_on_our_side_can_be_tried_again(
    app: Flask,
    client: CheckingClient,
    iris: Principal,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("out of luck")

    page = upload(client, TWO)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "put_items", broken)
        settle(app, clock)
    failed = client.get(page.path)
    assert "out of luck" not in failed.text
    client.submit(failed, "Read it once more")
    settle(app, clock)
    assert "Import 2 questions" in client.get(page.path).text


def test_nobody_else_finds_an_import(
    app: Flask, client: CheckingClient, iris: Principal, clock: FakeClock
) -> None:
    page = upload(client, TWO)
    with app.app_context():
        olga = an_author("Olga")
    client.log_in(olga.id)
    for path in (page.path, f"{page.path}/problems.csv"):
        assert client.get(path).status == 404
    for path in (f"{page.path}/accept", f"{page.path}/drop"):
        assert client.post(path).status == 404

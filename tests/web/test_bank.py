"""The bank of an author, without scripts: the list, one question, putting away, copies."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from interview.services.authoring import retiring
from interview.services.principals import Principal
from tests.support.attempts import add_person
from tests.support.authored import an_author, many_questions
from tests.support.authoring import a_draft, a_question
from tests.support.classes import principal
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> Principal:
    """An author who is logged in."""
    with app.app_context():
        person = an_author()
    client.log_in(person.id)
    return person


def found(page: Page) -> list[str]:
    return page.texts(".bank-list h2")


def look_for(client: CheckingClient, **asked: str) -> list[str]:
    return found(client.get("/bank", query_string=asked))


def test_learners_are_told_that_the_bank_is_not_for_them(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        client.log_in(add_person())
    assert client.get("/bank").status == 403
    assert client.get("/bank/new").status == 403


@pytest.mark.usefixtures("iris")
def test_an_empty_bank_says_how_to_begin(client: CheckingClient) -> None:
    page = client.get("/bank")
    assert "The bank is empty" in page.text
    assert client.click(page, "New question").texts("h1") == ["New question"]
    assert "No question fits" in client.get("/bank?q=zebra").text


def test_questions_are_found_by_what_stands_in_them(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        a_question(iris, prompt="What is a mutex?", topic="Concurrency", tags=["locks"])
        a_draft(iris, prompt="What is a `queue`?", topic="Data", tags=["fifo"], difficulty="hard",
                last_verified=None, references=["First come, first served: 100%."])  # fmt: skip
    assert look_for(client) == ["What is a queue?", "What is a mutex?"]
    assert look_for(client, q="MUTEX what") == ["What is a mutex?"]
    assert look_for(client, q="fifo") == ["What is a queue?"]
    assert look_for(client, q="served 100%") == ["What is a queue?"]
    assert look_for(client, q="critical section") == ["What is a mutex?"]
    assert look_for(client, q="%") == ["What is a queue?"]
    assert look_for(client, topic="Data") == ["What is a queue?"]
    assert look_for(client, tag="locks") == ["What is a mutex?"]
    assert look_for(client, difficulty="hard") == ["What is a queue?"]
    assert look_for(client, status="ready") == ["What is a mutex?"]
    assert look_for(client, status="draft", topic="Data") == ["What is a queue?"]
    assert look_for(client, stale="y") == ["What is a queue?"]
    assert look_for(client, owner="mine", q="what") == ["What is a queue?", "What is a mutex?"]
    assert look_for(client, owner="installation") == []
    assert look_for(client, owner="nonsense", status="odd", after="x" * 30) != []


def test_a_question_is_stale_once_nobody_has_verified_it_for_long(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        a_question(
            iris, prompt="Old?", last_verified=(START - timedelta(days=541)).date().isoformat()
        )
        a_question(
            iris, prompt="New?", last_verified=(START - timedelta(days=539)).date().isoformat()
        )
    assert look_for(client, stale="y") == ["Old?"]


def test_others_see_what_is_shared_and_published_as_it_was_published(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        otto = an_author("Otto")
        shared = a_question(otto, prompt="Shared?", audience="authors")
        kept = a_question(otto, prompt="Kept?")
        draft = a_draft(otto, prompt="Draft?", audience="authors")
        retiring.retire(otto, draft, retired=True, now=START)
        retired = a_question(otto, prompt="Retired?", audience="authors")
        retiring.retire(otto, retired, retired=True, now=START)
    otto_there = CheckingClient(app)
    otto_there.log_in(otto.id)
    page = otto_there.get(f"/bank/{shared}/edit")
    otto_there.submit(page, "Save draft", prompt="Secret?")
    assert look_for(client) == ["Retired?", "Shared?"]
    assert look_for(client, q="secret") == []
    assert look_for(client, owner="shared", q="shared") == ["Shared?"]
    assert client.get(f"/bank/{shared}").texts("h1") == ["Shared?"]
    assert "Secret" not in client.get(f"/bank/{shared}").html
    for path in (f"{kept}", f"{draft}", f"{shared}/edit", f"{shared}/history", "99999999999"):
        assert client.get(f"/bank/{path}").status == 404
    assert look_for(otto_there, q="secret") == ["Secret?"]


@pytest.mark.parametrize("what", ["edit", "retire", "try"])
def test_other_peoples_questions_take_no_change(
    app: Flask, client: CheckingClient, iris: Principal, what: str
) -> None:
    with app.app_context():
        theirs = a_question(an_author("Otto"), audience="authors")
    assert client.post(f"/bank/{theirs}/{what}", {"do": "save", "revision": "1"}).status == 404
    assert client.post("/bank/near", {"prompt": "What?", "question": theirs}).status == 404


def test_administrators_see_and_edit_everything(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        draft = a_draft(an_author("Otto"), prompt="Draft?")
        client.log_in(principal(add_person("Ada", role="admin")).id)
    assert look_for(client) == ["Draft?"]
    page = client.submit(client.get(f"/bank/{draft}/edit"), "Save draft", prompt="Better?")
    assert "Saved." in page.text
    assert "Everyone who practises" in page.html


def test_a_question_is_shown_with_what_it_is_graded_by(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        number = a_question(iris)
    page = client.get(f"/bank/{number}")
    assert page.texts("h1") == ["What is a mutex in concurrent programming?"]
    for words in ("lets only one thread", "weight 2", "A mutex makes programs faster.",
                  "POSIX 2008 to 2024", "2026-03-01", "No set", "Version 1 is asked"):  # fmt: skip
        assert words in page.text
    assert len(page.select(".scores tbody tr")) == 2


def test_a_copy_is_a_draft_of_ones_own(app: Flask, client: CheckingClient, iris: Principal) -> None:
    with app.app_context():
        theirs = a_question(an_author("Otto"), audience="authors", prompt="Shared?")
    page = client.submit(client.get(f"/bank/{theirs}"), "Make my own copy")
    assert page.one("#prompt").text_content().strip() == "Shared?"
    assert page.one("#audience option[selected]").get("value") == "owner"
    assert page.path != f"/bank/{theirs}/edit"
    assert look_for(client, owner="mine") == ["Shared?"]


def test_a_question_is_retired_and_taken_up_again(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        number = a_question(iris)
    page = client.submit(client.get(f"/bank/{number}"), "Retire")
    assert "Retired: it is not found or drawn any more." in page.text
    page = client.submit(page, "Take it up again")
    assert "Version 1 is asked" in page.text


def test_the_list_goes_on_after_a_page_and_asks_little_of_the_database(
    app: Flask, client: CheckingClient, iris: Principal, statements: Count
) -> None:
    with app.app_context():
        many_questions(5)
    with statements() as few:
        client.get("/bank")
    with app.app_context():
        many_questions(40, first=6)
    with statements() as many:
        page = client.get("/bank")
    assert len(found(page)) == 30
    assert len(many) <= len(few)
    assert len(few) <= 9, str(few)
    rest = client.click(page, "More questions")
    assert len(found(rest)) == 15
    assert not set(found(page)) & set(found(rest))
    part = client.get("/bank?q=what", htmx=True)
    assert not part.is_full
    assert len(found(part)) == 30

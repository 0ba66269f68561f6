"""Taking questions and sets along as files."""

import pytest
from flask import Flask

from interview.services.principals import Principal
from interview.services.sets.picking import Pick
from tests.support.authored import a_set, an_author
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.imports import as_file, bare, imported, questions_of, whole

KINDS = {
    "native": ("yaml", "format: mock-interview-bank"),
    "native-json": ("json", '{\n  "format": "mock-interview-bank"'),
    "csv": ("csv", "\ufeffid,topic,"),
    "markdown": ("md", ""),
    "gift": ("gift", ""),
    "moodle": ("xml", "<?xml"),
}


@pytest.fixture
def iris(app: Flask, client: CheckingClient, clock: FakeClock) -> Principal:
    """An instructor with a question, a draft and a set of both kinds of slots; logged in."""
    with app.app_context():
        person = an_author()
        fruit = whole("fruit", prompt="What is fruit?")
        imported(person, as_file(whole(), fruit, bare("draft", "What else?")), clock)
        first = questions_of(person.id)["what-is-it"].id
        a_set(person, [first], Pick("Things", "", "easy", 1), title="Friday")
    client.log_in(person.id)
    return person


@pytest.mark.parametrize("kind", KINDS)
def test_a_set_can_be_downloaded_in_every_format(
    client: CheckingClient, iris: Principal, kind: str
) -> None:
    page = client.get("/sets/1/export")
    assert "2 questions, 1 of them because random places may draw them" in page.text
    (link,) = [one for one in page.select("a[download]") if kind_in(one.get("href")) == kind]
    answer = client.get(str(link.get("href"))).response
    suffix, begins = KINDS[kind]
    assert f"set-1.{suffix}" in answer.headers["Content-Disposition"]
    assert answer.text.startswith(begins)
    assert "What is it?" in answer.text
    assert "What is fruit?" in answer.text


def kind_in(address: str | None) -> str:
    return (address or "").rpartition("format=")[2].partition("&")[0]


def test_the_page_says_what_each_format_cannot_carry(
    client: CheckingClient, iris: Principal
) -> None:
    page = client.get("/sets/1/export")
    lost = page.texts(".export-list li details li")
    assert "Sample answers." in lost
    assert any("Question sets" in one for one in lost)
    assert page.texts(".export-list > li > p.muted")[0] == "Carries everything."


def test_what_is_only_drawn_can_be_left_out(client: CheckingClient, iris: Principal) -> None:
    page = client.click(client.get("/sets/1/export"), "Leave out what is only drawn at random")
    assert "1 question." in page.text
    answer = client.get("/sets/1/export", query_string={"drawn": "no", "format": "native"})
    assert "What is fruit?" not in answer.response.text
    assert "random" in answer.response.text


def test_a_search_in_the_bank_can_be_downloaded(client: CheckingClient, iris: Principal) -> None:
    page = client.get("/bank/export", query_string={"q": "fruit"})
    assert "1 question." in page.text
    answer = client.get("/bank/export", query_string={"format": "native"}).response.text
    assert answer.count("- slug:") == 3
    assert "status: draft" in answer
    nothing = client.get("/bank/export", query_string={"q": "zebra"})
    assert "There is nothing to export" in nothing.text


def test_nobody_takes_along_what_they_may_not_see(
    app: Flask, client: CheckingClient, iris: Principal
) -> None:
    with app.app_context():
        olga = an_author("Olga")
    client.log_in(olga.id)
    assert client.get("/sets/1/export").status == 404
    assert client.get("/sets/1/export", query_string={"format": "native"}).status == 404
    answer = client.get("/bank/export", query_string={"format": "native"}).response.text
    assert "slug" not in answer


def test_a_format_that_is_none_is_refused(client: CheckingClient, iris: Principal) -> None:
    assert client.get("/sets/1/export", query_string={"format": "doc"}).status == 400

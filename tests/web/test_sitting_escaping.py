"""Whatever is typed is text: in prompts, answers and names, on every page and in exports."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.bank import QuestionVersion
from interview.store.users import User
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.sitter import BUTTONS, Sitter, sit, typed

NASTY = (
    """</textarea></title><script>alert(1)</script><img src=x onerror=a(2)>"'>{{ 7*7777 }}&lt;"""
)
EACH = Plan(Preset.PRACTICE, Feedback.EACH, None, None)


@pytest.fixture
def sitter(app: Flask, client: CheckingClient, clock: FakeClock) -> Sitter:
    """Somebody with a nasty name, at a nasty question of a nasty attempt."""
    made = sit(client, clock, EACH)
    with app.app_context(), write() as session:
        session.execute(sa.update(QuestionVersion).values(prompt=f"What is {NASTY}\n\n{NASTY}"))
        session.execute(sa.update(User).values(display_name=NASTY))
        session.execute(sa.update(Attempt).values(title=NASTY))
    return made


def harmless(page: Page) -> Page:
    """Nothing of the nasty text became part of the page's own markup."""
    assert "<script>alert" not in page.html, page
    assert page.select("img") == [], page
    assert "54439" not in page.text, page
    assert all(script.get("src") for script in page.select("script"))
    return page


def test_a_question_page_shows_the_typed_characters(sitter: Sitter) -> None:
    page = harmless(sitter.open())
    assert "<script>alert(1)</script>" in page.texts("h1")[0]
    assert "<script>alert(1)</script>" in page.texts(".prompt-rest")[0]
    assert NASTY in page.one(".question-title").text_content()


def test_drafts_and_refusals_give_the_typed_characters_back(sitter: Sitter) -> None:
    sitter.open()
    sitter.save(NASTY)
    page = harmless(sitter.open())
    assert typed(page) == NASTY
    long = NASTY * 400
    refused = harmless(sitter.client.submit(page, BUTTONS["submit"], answer=long))
    assert (refused.status, typed(refused)) == (422, long)
    stale = harmless(sitter.client.submit(page, BUTTONS["submit"], answer=NASTY, csrf_token="x"))
    assert (stale.status, typed(stale)) == (400, NASTY)


def test_a_conflict_shows_both_texts_as_typed(sitter: Sitter) -> None:
    page = sitter.open()
    sitter.save(f"theirs {NASTY}", writer=NASTY)
    conflict = harmless(sitter.client.submit(page, BUTTONS["submit"], answer=f"mine {NASTY}"))
    assert typed(conflict) == f"mine {NASTY}"
    assert conflict.one("#other-text").text == f"theirs {NASTY}"


def test_the_answer_and_the_page_that_follows_a_closed_one(sitter: Sitter) -> None:
    page = sitter.open()
    graded = harmless(sitter.client.submit(page, BUTTONS["submit"], answer=NASTY))
    assert graded.one(".own-text").text_content() == NASTY
    closed = harmless(sitter.client.submit(page, BUTTONS["submit"], answer=f"again {NASTY}"))
    assert closed.one("#late-text").text == f"again {NASTY}"


def test_pause_overview_results_and_history(sitter: Sitter) -> None:
    sitter.press("submit", NASTY)
    sitter.press("skip", NASTY, position=2)
    overview = harmless(sitter.client.get(sitter.url("/overview")))
    assert NASTY[:60] in overview.text
    harmless(sitter.press("pause", NASTY, position=3))
    sitter.client.post(sitter.url("/continue"))
    harmless(sitter.client.get(sitter.url("/abandon")))
    results = harmless(sitter.client.post(sitter.url("/finish"), follow=True))
    assert [text.text_content() for text in results.select(".own-text")] == [NASTY] * 3
    harmless(sitter.client.get("/history"))
    harmless(sitter.client.get(sitter.url("/delete")))
    harmless(sitter.client.get("/"))


def test_banners_and_names_on_ordinary_pages(sitter: Sitter) -> None:
    for path in ("/", "/practise", "/practise/start?set=three", "/history", "/profile", "/nowhere"):
        page = harmless(sitter.client.get(path))
        assert NASTY in page.one(".nav-account").text_content()


def test_what_an_address_says_is_text_too(sitter: Sitter) -> None:
    query = {"set": NASTY, "topic": NASTY, "q": NASTY, "next": NASTY, "preset": NASTY}
    for path in ("/practise/start", "/study/search", "/history", "/log-in"):
        harmless(sitter.client.get(path, query_string=query))
    harmless(sitter.client.get(f"/study/{NASTY}"))


def test_exports_hold_the_text_and_are_no_pages(sitter: Sitter) -> None:
    sitter.press("submit", NASTY)
    exported = sitter.client.get("/history/export.json")
    assert exported.response.mimetype == "application/json"
    (attempt,) = json.loads(exported.html)["attempts"]
    assert attempt["items"][0]["answer"]["text"] == NASTY
    table = sitter.client.get("/history/export.csv")
    assert table.response.mimetype == "text/csv"
    for page in (exported, table):
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Content-Disposition"].startswith("attachment")


def test_an_answer_that_came_too_late_is_text(
    app: Flask, client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock)
    page = sitter.open()
    with sitter.behind() as candidate:
        candidate.finish()
    late = harmless(client.submit(page, BUTTONS["submit"], answer=NASTY))
    assert late.one("#late-text").text == NASTY

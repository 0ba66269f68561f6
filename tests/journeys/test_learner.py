"""A learner's whole way: registering, a mock interview, its results, the history of it."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    GOOD,
    SAVED,
    editor,
    finish,
    is_at,
    local_copies,
    own_words,
    press,
    register,
    state,
    write,
)
from tests.support.browser import Visitor


def choose_the_essentials(page: Page) -> None:
    page.goto("/practise")
    page.get_by_role("button", name="Practise Django: the essentials").click()
    tabs = page.get_by_role("navigation", name="Kind of session")
    tabs.get_by_role("link", name="Practice").click()
    expect(page.get_by_label("Show grades")).to_have_value("each")
    tabs.get_by_role("link", name="Mock interview").click()
    expect(page.get_by_label("Show grades")).to_have_value("end")
    press(page, "Start")
    is_at(page, 1)


def test_a_learner_goes_from_registering_to_the_export_of_a_history(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    choose_the_essentials(page)
    expect(editor(page)).to_be_focused()
    page.keyboard.type("Django is a web framework.")
    expect(state(page)).to_have_text(SAVED)
    write(page, GOOD)
    page.keyboard.press("Control+Enter")
    is_at(page, 2)
    expect(editor(page)).to_be_focused()
    write(page, "It has an admin site.")
    press(page, "Flag")
    expect(page.get_by_role("button", name="Flagged")).to_be_focused()
    expect(editor(page)).to_have_value("It has an admin site.")
    press(page, "Skip")
    is_at(page, 3)
    finish(page)
    results_explain_the_answers(page)
    history_has_it(page)
    export_has_it(page)


def results_explain_the_answers(page: Page) -> None:
    expect(page.get_by_text("10 questions, 2 answered")).to_be_visible()
    first = page.locator("#q1")
    expect(first.get_by_text("Submitted at")).to_be_visible()
    number = first.locator(".own-text mark sup").first.inner_text().split()[-1]
    point = first.locator(".points li", has=page.locator(f".point-number:text-is('{number}')"))
    expect(point).to_contain_text("in your words:")
    expect(point.locator("q")).to_have_text(re.compile(r"\w"))
    assert own_words(page, 1) == GOOD
    second = page.locator("#q2")
    expect(second.get_by_text("Flagged")).to_be_visible()
    expect(second.get_by_text("Your draft was handed in at the finish")).to_be_visible()
    expect(page.locator("#q3")).to_contain_text("Not answered.")
    assert local_copies(page) == []


def history_has_it(page: Page) -> None:
    page.get_by_role("navigation", name="Main").get_by_role("link", name="History").click()
    sessions = page.get_by_role("list", name="Ended sessions, newest first")
    sessions.get_by_role("link", name="Django: the essentials", exact=True).click()
    expect(page).to_have_url(re.compile(r"/results$"))
    page.go_back()


def export_has_it(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as JSON").click()
    exported = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    texts = json.dumps(exported)
    assert "ada@example.org" in texts
    assert GOOD in texts

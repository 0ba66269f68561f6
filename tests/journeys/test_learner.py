"""A learner sits a mock interview, and everything that can go wrong on the way does."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.journeys.steps import (
    ESSENTIALS,
    GOOD,
    SAVED,
    deadline,
    editor,
    finish,
    go_offline,
    is_at,
    local_copies,
    press,
    register,
    start,
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
    marked = first.locator(".own-text mark").first
    number = marked.locator("sup").inner_text().removeprefix("key point ")
    point = first.locator(".points li", has=page.locator(f".point-number:text-is('{number}')"))
    expect(point).to_contain_text("in your words:")
    expect(point.locator("q")).to_have_text(re.compile(r"\w"))
    assert first.locator(".own-text").inner_text().startswith("Django is a high-level")
    second = page.locator("#q2")
    expect(second.get_by_text("Flagged")).to_be_visible()
    expect(second.get_by_text("Draft handed in at the finish")).to_be_visible()
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


def test_a_lost_connection_loses_no_text(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    write(page, "Before the tunnel")
    go_offline(visitor)
    editor(page).fill("Before the tunnel, in it")
    expect(state(page)).to_contain_text("Not saved, retrying")
    editor(page).fill("Before the tunnel, in it, and to its end")
    assert len(local_copies(page)) == 1
    go_offline(visitor, offline=False)
    expect(state(page)).to_have_text(SAVED)
    assert local_copies(page) == []
    page.reload()
    expect(editor(page)).to_have_value("Before the tunnel, in it, and to its end")


def test_a_server_that_fails_is_asked_again(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    visitor.complaints.expect("ERR_CONNECTION_REFUSED")
    page.route("**/draft", lambda route: route.abort("connectionrefused"), times=1)
    editor(page).fill("Typed while the server was away")
    expect(state(page)).to_contain_text("Not saved, retrying in 2 s")
    expect(state(page)).to_have_text(SAVED)


def test_a_submission_that_does_not_get_through_is_told_and_the_text_saved(
    visitor: Visitor,
) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    for complaint in ("ERR_CONNECTION_REFUSED", "htmx:sendError", "XHR"):
        visitor.complaints.expect(complaint)
    page.route("**/questions/1", lambda route: route.abort("connectionrefused"), times=1)
    editor(page).fill(GOOD)
    press(page, "Submit answer")
    expect(page.locator(".notices")).to_contain_text("The server cannot be reached.")
    expect(state(page)).to_have_text(SAVED)
    press(page, "Submit answer")
    is_at(page, 2)


def test_a_lost_tab_loses_neither_text_nor_time(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    write(page, "Saved words")
    before, address = deadline(page), page.url
    go_offline(visitor)
    editor(page).fill("Saved words and words that were not")
    page.close()
    go_offline(visitor, offline=False)
    again = visitor.page(address)
    expect(editor(again)).to_have_value("Saved words and words that were not")
    expect(state(again)).to_have_text(SAVED)
    assert deadline(again) == before
    assert local_copies(again) == []


def test_the_last_words_before_a_tab_closes_are_saved(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    address = page.url
    with page.expect_request("**/draft"):
        editor(page).fill("Typed and closed at once")
        page.close(run_before_unload=True)
    again = visitor.page(address)
    expect(editor(again)).to_have_value("Typed and closed at once")


def test_the_back_button_leads_to_a_page_that_saves(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    write(page, GOOD)
    press(page, "Submit answer")
    is_at(page, 2)
    page.go_back()
    is_at(page, 2)
    write(page, "Typed after going back")


def test_a_key_held_down_submits_one_answer(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    write(page, GOOD)
    page.keyboard.down("Control")
    page.keyboard.down("Enter")
    is_at(page, 2)
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.keyboard.up("Control")
    expect(page.locator("[data-state=submitted]")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_late_autosave_does_not_undo_what_skipping_kept(visitor: Visitor) -> None:
    page = visitor.page()
    register(page)
    start(page, ESSENTIALS, "mock")
    held: list[Route] = []
    page.route("**/draft", lambda route: held.append(route))
    with page.expect_request("**/draft"):
        editor(page).fill("Half a sentence")
    editor(page).fill("Half a sentence, and its end")
    press(page, "Skip")
    is_at(page, 2)
    with page.expect_response("**/draft"):
        held[0].continue_()
    page.unroute("**/draft")
    page.get_by_role("link", name=re.compile("Question 1,")).click()
    is_at(page, 1)
    expect(editor(page)).to_have_value("Half a sentence, and its end")

"""The same question open twice: in two tabs, and on two devices."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    GOOD,
    PRACTICE,
    SAVED,
    allow,
    begin,
    deadline,
    editor,
    give_log_in,
    is_at,
    let_in,
    press,
    sit,
    state,
    write,
)
from tests.support.browser import Visitor

FIRST, SECOND = "Typed in the first tab", "Typed in the second tab"
CONFLICT = "Not saved: another page has saved a newer text."


@pytest.fixture
def tabs(visitor: Visitor, live_app: Flask) -> tuple[Page, Page]:
    allow(visitor, 409)
    first = sit(visitor, live_app)
    return first, visitor.page(first.url)


def other_text(page: Page) -> str:
    return page.get_by_label("Saved from another page").input_value()


def test_a_tab_that_is_behind_shows_both_texts(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    write(first, FIRST)
    editor(second).fill(SECOND)
    expect(state(second)).to_have_text(CONFLICT)
    assert (editor(second).input_value(), other_text(second)) == (SECOND, FIRST)
    press(second, "Keep the text above")
    expect(state(second)).to_have_text(SAVED)
    expect(editor(second)).to_be_focused()
    editor(first).fill("More in the first tab")
    expect(state(first)).to_have_text(CONFLICT)
    press(first, "Use this text instead")
    expect(state(first)).to_have_text(SAVED)
    assert editor(first).input_value() == SECOND
    expect(first.get_by_label("Saved from another page")).to_have_count(0)


def test_neither_text_is_dropped_by_closing_the_tab_that_is_behind(
    tabs: tuple[Page, Page], visitor: Visitor
) -> None:
    first, second = tabs
    write(first, FIRST)
    editor(second).fill(SECOND)
    expect(state(second)).to_have_text(CONFLICT)
    write(first, FIRST + ", and more")
    address = second.url
    second.close()
    again = visitor.page(address)
    kept = again.get_by_label("Typed in this browser before and not saved")
    expect(kept).to_have_value(SECOND)
    assert editor(again).input_value() == FIRST + ", and more"
    press(again, "Use this text instead")
    expect(state(again)).to_have_text(SAVED)
    assert editor(again).input_value() == SECOND


def test_submitting_from_a_tab_that_is_behind_asks_which_text_is_meant(
    tabs: tuple[Page, Page],
) -> None:
    first, second = tabs
    write(first, FIRST)
    editor(second).fill(SECOND)
    press(second, "Submit answer")
    expect(second.get_by_role("alert")).to_contain_text("Another page has saved a newer text")
    assert (editor(second).input_value(), other_text(second)) == (SECOND, FIRST)
    press(second, "Use this text instead")
    expect(state(second)).to_have_text(SAVED)
    assert editor(second).input_value() == FIRST
    press(second, "Submit answer")
    is_at(second, 2)


def test_the_text_of_the_other_tab_can_be_taken_without_scripts(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    visitor = visit(java_script_enabled=False)
    allow(visitor, 409)
    first = sit(visitor, live_app)
    second = visitor.page(first.url)
    editor(first).fill(FIRST)
    press(first, "Flag")
    expect(first.get_by_role("button", name="Flagged")).to_be_visible()
    editor(second).fill(SECOND)
    press(second, "Submit answer")
    assert (editor(second).input_value(), other_text(second)) == (SECOND, FIRST)
    second.get_by_role("button", name="Use this text instead").click()
    expect(editor(second)).to_have_value(FIRST)


def test_another_text_for_a_submitted_question_is_given_back(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    write(first, GOOD)
    press(first, "Submit answer")
    is_at(first, 2)
    editor(second).fill(SECOND)
    expect(state(second)).to_contain_text("Not saved: this question is closed.")
    press(second, "Submit answer")
    expect(second.get_by_role("heading", level=1)).to_have_text("This question is closed")
    assert second.get_by_label("Your text").input_value() == SECOND
    second.get_by_role("button", name="Go on").click()
    is_at(second, 2)


def test_the_same_answer_submitted_again_leads_on(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    write(first, GOOD)
    second.reload()
    for tab in (first, second):
        press(tab, "Submit answer")
        is_at(tab, 2)


def test_a_pause_in_another_tab_keeps_what_is_typed_here(visitor: Visitor, live_app: Flask) -> None:
    allow(visitor, 409)
    first = sit(visitor, live_app, PRACTICE)
    second = visitor.page(first.url)
    press(first, "Pause")
    expect(first.get_by_role("heading", level=1)).to_have_text("Paused")
    editor(second).fill(SECOND)
    expect(state(second)).to_have_text("Not saved: the session is paused on another page.")
    press(second, "Submit answer")
    expect(second.get_by_role("heading", level=1)).to_have_text("Paused")
    press(second, "Go on")
    is_at(second, 1)
    expect(editor(second)).to_have_value(SECOND)


def test_another_device_goes_on_with_the_text_and_the_same_clock(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    desk, phone = visit(), visit()
    person = let_in(desk, live_app)
    at_desk = desk.page(begin(live_app, person))
    write(at_desk, FIRST)
    give_log_in(phone, live_app, person)
    on_phone = phone.page("/")
    on_phone.get_by_role("button", name="Continue Django: the essentials").click()
    is_at(on_phone, 1)
    expect(editor(on_phone)).to_have_value(FIRST)
    assert deadline(on_phone) == deadline(at_desk)
    write(on_phone, FIRST + " and on the phone")

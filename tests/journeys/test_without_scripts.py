"""Without scripts every form is a plain POST; without the content network the page still saves."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.steps import (
    GOOD,
    TASTER,
    allow,
    deadline,
    editor,
    finish,
    is_at,
    local_copies,
    own_words,
    press,
    register,
    sit,
    state,
    write,
)
from tests.support.browser import Visitor

NEXT = re.compile(r"/questions/2$")


def without_scripts(visit: Callable[..., Visitor]) -> Visitor:
    visitor = visit(java_script_enabled=False)
    allow(visitor, 422)
    return visitor


@pytest.fixture
def plain(visit: Callable[..., Visitor]) -> Page:
    """A tab of a browser that runs no scripts."""
    return without_scripts(visit).page()


def question_is(page: Page, position: int) -> None:
    expect(page).to_have_url(re.compile(rf"/questions/{position}$"))
    expect(page.locator(f'#answer-form[data-position="{position}"]')).to_be_visible()


def test_a_practice_session_needs_no_scripts(plain: Page) -> None:
    register(plain)
    plain.goto("/practise")
    plain.get_by_role("button", name="Practise Django: a first taste").click()
    plain.get_by_role("link", name="Practice A grade after each answer").click()
    press(plain, "Start")
    empty_answer_is_asked_about(plain)
    answer_is_graded(plain)
    pause_and_go_on(plain)
    finish_by_the_overview(plain)


def empty_answer_is_asked_about(page: Page) -> None:
    with page.expect_response(lambda response: response.status == 422):
        press(page, "Submit answer")
    expect(page.get_by_role("alert")).to_contain_text("Your answer is empty.")
    expect(page.get_by_role("button", name="Submit empty answer")).to_be_visible()


def answer_is_graded(page: Page) -> None:
    editor(page).fill(GOOD)
    page.locator("button[value=submit]").click()
    expect(page).to_have_url(re.compile(r"/answers/1$"))
    expect(page.locator(".own-text mark").first).to_be_visible()
    expect(page.get_by_text("Found in your words:").first).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    question_is(page, 2)


def pause_and_go_on(page: Page) -> None:
    editor(page).fill("A draft that is skipped")
    press(page, "Skip")
    question_is(page, 3)
    editor(page).fill("A draft that is paused")
    press(page, "Pause")
    expect(page.get_by_role("heading", level=1)).to_have_text("Paused")
    press(page, "Go on")
    question_is(page, 3)
    expect(editor(page)).to_have_value("A draft that is paused")


def finish_by_the_overview(page: Page) -> None:
    press(page, "Overview and finish")
    expect(page.get_by_text("1 of 3 submitted.")).to_be_visible()
    expect(page.get_by_text("2 with a draft")).to_be_visible()
    press(page, "Finish and see the results")
    expect(page.get_by_text("3 questions, 3 answered")).to_be_visible()
    assert own_words(page, 2) == "A draft that is skipped"


def test_flagging_and_an_empty_answer_that_is_meant_need_no_scripts(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    page = sit(without_scripts(visit), live_app)
    press(page, "Flag")
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    press(page, "Submit answer")
    press(page, "Submit empty answer")
    question_is(page, 2)
    expect(page.locator(".dot[data-state=submitted][data-flagged]")).to_have_count(1)


def test_text_too_long_comes_back_whole(visit: Callable[..., Visitor], live_app: Flask) -> None:
    page = sit(without_scripts(visit), live_app)
    editor(page).fill("a" * 20_001)
    press(page, "Submit answer")
    expect(page.get_by_role("alert")).to_contain_text("Your answer has 20,001 characters")
    expect(editor(page)).to_have_value("a" * 20_001)


def test_every_form_has_a_button_an_action_and_a_method(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    page = sit(without_scripts(visit), live_app)
    for form in page.locator("form").all():
        assert form.get_attribute("action")
        assert form.get_attribute("method") in ("get", "post")
        assert form.locator("button[type=submit]").count() > 0


def test_without_the_content_network_the_page_saves_counts_and_submits(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    page = sit(visit(cdn=False), live_app, slug=TASTER)
    assert page.evaluate("typeof htmx") == "undefined"
    write(page, GOOD)
    expect(page.locator(".clock-face")).to_have_text(re.compile(r"^\d+:\d\d(:\d\d)?$"))
    before = deadline(page)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    is_at(page, 2)
    assert deadline(page) == before
    editor(page).fill("Typed and skipped before it was saved")
    press(page, "Skip")
    is_at(page, 3)
    assert state(page).inner_text() == "Nothing saved yet"
    finish(page)
    assert own_words(page, 2) == "Typed and skipped before it was saved"
    assert local_copies(page) == []


def test_without_the_content_network_a_refused_answer_stays_in_the_editor(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    visitor = visit(cdn=False)
    allow(visitor, 422)
    page = sit(visitor, live_app)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Your answer is empty.")
    write(page, GOOD)
    page.locator("button[value=submit]").click()
    is_at(page, 2)

"""Somebody tries one short interview first, and keeps it by registering."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.steps import GOOD, editor, is_at, own_words, press, register, write
from tests.support.browser import Visitor

WRONG = "Django is not a web framework; it is a CMS written in PHP."


def sit_the_taster(page: Page) -> None:
    press(page, "Try one short interview")
    is_at(page, 1)
    write(page, GOOD)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Key points")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.get_by_role("button", name="Go on").click()
    is_at(page, 2)
    press(page, "Show me the answer")
    expect(page.get_by_text("You asked for the answer")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    is_at(page, 3)
    editor(page).fill(WRONG)
    press(page, "Submit answer")
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile(r"/results$"))


def test_a_guest_tries_one_interview_and_takes_it_along(visitor: Visitor) -> None:
    page = visitor.page("/")
    sit_the_taster(page)
    expect(page.get_by_text("This was a trial.")).to_be_visible()
    second_interview_is_refused(page)
    register(page)
    page.goto("/history")
    listed = page.get_by_role("list", name="Ended sessions, newest first")
    expect(listed.get_by_role("listitem")).to_have_count(1)
    expect(listed).to_contain_text("2 of 3 answered")
    listed.get_by_role("link").first.click()
    assert own_words(page, 1) == GOOD
    expect(page.get_by_text("This was a trial.")).to_have_count(0)


def second_interview_is_refused(page: Page) -> None:
    page.get_by_role("button", name="Try this set again").click()
    press(page, "Start")
    expect(page).to_have_url(re.compile(r"/register$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Register and keep your result")
    expect(page.locator(".notices")).to_contain_text("A trial has one session.")

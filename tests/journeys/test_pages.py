"""Every page: accessible in light and dark, quiet, fit for the narrowest phone, by keyboard."""

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.looks import look, reach
from tests.journeys.steps import (
    ADA,
    GOOD,
    MINUTE_EACH,
    MOCK,
    ONE_MINUTE,
    PRACTICE,
    TASTER,
    allow,
    begin,
    editor,
    finish,
    is_at,
    let_in,
    press,
    sit,
    write,
)
from tests.support.browser import Visitor

WRONG = "Django is not a web framework; it is a CMS written in PHP. It has no templates."


def open_and_look(page: Page, name: str, path: str) -> None:
    page.goto(path)
    look(page, name)


def test_pages_for_visitors(visitor: Visitor) -> None:
    allow(visitor, 404, 422)
    page = visitor.page()
    open_and_look(page, "how-it-works", "/how-grading-works")
    open_and_look(page, "choose", "/practise")
    open_and_look(page, "prepare-visitor", "/practise/start?set=django-essentials")
    open_and_look(page, "search", "/study/search?q=middleware")
    open_and_look(page, "search-nothing", "/study/search?q=zzz")
    open_and_look(page, "error-404", "/nowhere")
    page.goto("/register")
    page.get_by_label("Email address").fill(ADA.email)
    page.get_by_label("Display name").fill(ADA.name)
    page.get_by_label("Password", exact=True).fill("short")
    press(page, "Register")
    expect(page.locator(".field-error").first).to_be_visible()
    look(page, "register-refused")
    open_and_look(page, "article", "/study/django-essentials")


def test_pages_for_learners(visitor: Visitor, live_app: Flask) -> None:
    let_in(visitor, live_app)
    page = visitor.page()
    open_and_look(page, "home-new", "/")
    open_and_look(page, "history-empty", "/history")
    open_and_look(page, "profile", "/profile")
    open_and_look(page, "prepare", "/practise/start?set=django-essentials&preset=practice")
    page.goto("/practise/start?set=django-essentials")
    page.get_by_label("Minutes for the whole session").fill("999")
    allow(visitor, 422)
    page.locator(".prepare-form").evaluate("form => { form.noValidate = true }")
    press(page, "Start")
    expect(page.locator(".field-error")).to_contain_text("1 to 300 minutes")
    look(page, "prepare-refused")


def test_pages_of_a_session_and_what_follows(visitor: Visitor, live_app: Flask) -> None:
    allow(visitor, 409, 422)
    page = sit(visitor, live_app, PRACTICE, TASTER)
    look(page, "question")
    press(page, "Submit answer")
    expect(page.get_by_role("alert")).to_contain_text("Your answer is empty.")
    look(page, "question-refused")
    editor(page).fill("Something after all")
    expect(page.get_by_role("alert")).to_have_count(0)
    in_two_tabs(visitor, page)
    graded_and_paused(page)
    overview_and_abandon(page)
    open_and_look(page, "home-open", "/")
    page.get_by_role("button", name="Continue Django: a first taste").click()
    finish(page)
    look(page, "results")
    page.get_by_role("link", name="Delete this session").click()
    look(page, "delete")
    open_and_look(page, "history", "/history")
    open_and_look(page, "home-learner", "/")


def graded_and_paused(page: Page) -> None:
    editor(page).fill(WRONG)
    press(page, "Submit answer")
    press(page, "Submit answer")
    expect(page.get_by_role("heading", name="Key points")).to_be_visible()
    look(page, "graded")
    page.get_by_role("button", name="Go on").click()
    press(page, "Pause")
    expect(page.get_by_role("heading", level=1)).to_have_text("Paused")
    look(page, "paused")
    press(page, "Go on")


def overview_and_abandon(page: Page) -> None:
    write(page, GOOD)
    press(page, "Flag")
    expect(page.get_by_role("button", name="Flagged")).to_be_visible()
    press(page, "Overview and finish")
    expect(page).to_have_url(re.compile(r"/overview$"))
    look(page, "overview")
    page.get_by_role("link", name="Abandon this session").click()
    look(page, "abandon")


def in_two_tabs(visitor: Visitor, page: Page) -> None:
    write(page, "Typed in one tab")
    other = visitor.page(page.url)
    write(other, "Typed in another tab")
    other.close()
    editor(page).fill("Typed on in the first")
    expect(page.locator(".other-text")).to_be_visible()
    look(page, "question-two-texts")


def test_pages_at_the_end_of_the_time(visitor: Visitor, live_app: Flask) -> None:
    allow(visitor, 409)
    person = let_in(visitor, live_app)
    page = visitor.page(begin(live_app, person, MINUTE_EACH, TASTER))
    write(page, GOOD)
    live_app.extensions["clock"].advance(seconds=70)
    press(page, "Submit answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Time is up for this question")
    look(page, "time-up")
    page.goto(begin(live_app, person, ONE_MINUTE))
    live_app.extensions["clock"].advance(seconds=70)
    editor(page).fill("Too late by far")
    press(page, "Submit answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("This session has ended")
    look(page, "ended-late")


def test_an_interview_needs_no_mouse(visitor: Visitor, live_app: Flask) -> None:
    let_in(visitor, live_app)
    page = visitor.page("/practise/start?set=django-taster")
    reach(page, ".prepare-form button[type=submit]")
    page.keyboard.press("Enter")
    is_at(page, 1)
    expect(editor(page)).to_be_focused()
    page.keyboard.type("Django is a web framework.")
    reach(page, "button[value=submit]", most=1)
    page.keyboard.press("Enter")
    is_at(page, 2)
    expect(editor(page)).to_be_focused()
    reach(page, "button[value=flag]", most=3)
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Flagged")).to_be_focused()
    reach(page, "button[value=overview]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/overview$"))
    reach(page, "form[action$=finish] button")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/results$"))


def test_the_question_page_fits_a_phone_held_sideways_with_large_text(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    page = sit(visit(viewport={"width": 640, "height": 360}), live_app, MOCK)
    submit = page.get_by_role("button", name="Submit answer")
    expect(submit).to_be_in_viewport()
    editor(page).fill("\n".join(["A long answer."] * 40))
    expect(submit).to_be_in_viewport()

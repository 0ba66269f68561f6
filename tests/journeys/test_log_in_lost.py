"""Log-ins and tokens that expire while somebody types, and what logging out leaves behind."""

from collections.abc import Callable
from dataclasses import replace

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from interview.store.attempts import Draft
from interview.store.db import db
from tests.journeys.steps import (
    ADA,
    GOOD,
    SAVED,
    allow,
    begin,
    editor,
    finish,
    give_log_in,
    is_at,
    let_in,
    local_copies,
    log_in,
    press,
    sit,
    state,
    write,
)
from tests.support.browser import Visitor
from tests.support.processes import wait_for

TYPED = "Typed while nobody was logged in"


def saved_text(app: Flask) -> str | None:
    with app.app_context():
        return db.session.scalar(sa.select(Draft.text))


def test_autosave_says_that_the_log_in_has_ended_and_leads_back(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app)
    allow(visitor, 400)
    visitor.context.clear_cookies()
    editor(page).fill(TYPED)
    expect(state(page)).to_contain_text("Not saved: you are logged out.")
    page.get_by_role("link", name="Log in to go on").click()
    log_in(page)
    is_at(page, 1)
    expect(editor(page)).to_have_value(TYPED)
    expect(state(page)).to_have_text(SAVED)
    assert local_copies(page) == []


def submit_logged_out(page: Page, visitor: Visitor) -> None:
    allow(visitor, 401)
    visitor.context.clear_cookies()
    editor(page).fill(TYPED)
    press(page, "Submit answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log in to keep your answer")
    assert page.get_by_label("Your answer is still here").input_value() == TYPED
    log_in(page)
    is_at(page, 1)
    expect(page.locator(".notices")).to_contain_text("Your answer was kept")
    assert editor(page).input_value() == TYPED
    press(page, "Submit answer")
    is_at(page, 2)


def test_an_answer_sent_after_the_log_in_ended_is_carried_through_a_new_one(
    visitor: Visitor, live_app: Flask
) -> None:
    submit_logged_out(sit(visitor, live_app), visitor)


def test_the_same_holds_without_the_content_network(
    visit: Callable[..., Visitor], live_app: Flask
) -> None:
    visitor = visit(cdn=False)
    submit_logged_out(sit(visitor, live_app), visitor)


def test_an_expired_token_is_renewed_without_a_word(visitor: Visitor, live_app: Flask) -> None:
    person = let_in(visitor, live_app)
    page = visitor.page(begin(live_app, person))
    allow(visitor, 400)
    write(page, "Before")
    give_log_in(visitor, live_app, person)
    write(page, "After")
    press(page, "Submit answer")
    is_at(page, 2)


def test_an_answer_with_an_expired_token_comes_back_to_be_sent_again(
    visitor: Visitor, live_app: Flask
) -> None:
    person = let_in(visitor, live_app)
    page = visitor.page(begin(live_app, person))
    expect(editor(page)).to_be_focused()
    allow(visitor, 400)
    give_log_in(visitor, live_app, person)
    editor(page).fill(TYPED)
    press(page, "Submit answer")
    expect(page.get_by_role("alert")).to_contain_text("This page had grown stale")
    assert editor(page).input_value() == TYPED
    expect(state(page)).to_have_text(SAVED)
    press(page, "Submit answer")
    is_at(page, 2)


def test_another_account_in_the_same_browser_cannot_write(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app)
    allow(visitor, 400, 404)
    let_in(visitor, live_app, replace(ADA, email="grace@example.org"))
    editor(page).fill(TYPED)
    expect(state(page)).to_contain_text("Not saved: this account cannot write here.")
    assert editor(page).input_value() == TYPED
    assert len(local_copies(page)) == 1


def test_logging_out_saves_the_last_words_and_leaves_no_copy(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app)
    expect(editor(page)).to_be_focused()
    editor(page).fill(TYPED)
    assert len(local_copies(page)) == 1
    press(page, "Log out")
    expect(page.get_by_text("You are logged out.")).to_be_visible()
    assert local_copies(page) == []
    wait_for(lambda: saved_text(live_app) == TYPED, "the last save")


def test_finishing_leaves_no_copy_of_the_attempt(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
    write(page, GOOD)
    for key in ("draft:1:1:7", "draft:1:99:1"):
        page.evaluate("key => localStorage.setItem(key, '{}')", key)
    finish(page)
    wait_for(lambda: local_copies(page) == ["draft:1:99:1"], "the copies to go")

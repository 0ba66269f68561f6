"""What is typed survives lost connections, lost tabs, failing servers and quick fingers."""

import re

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import expect

from interview.store.attempts import Draft
from interview.store.db import db
from tests.journeys.steps import (
    GOOD,
    SAVED,
    allow,
    deadline,
    editor,
    go_offline,
    hold,
    is_at,
    local_copies,
    press,
    sit,
    state,
    write,
)
from tests.support.browser import Visitor
from tests.support.processes import wait_for


def drafts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(sa.select(Draft.text)))


def test_a_lost_connection_loses_no_text(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
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


def test_a_server_that_fails_is_asked_again(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
    visitor.complaints.expect("ERR_CONNECTION_REFUSED")
    page.route("**/draft", lambda route: route.abort("connectionrefused"), times=1)
    editor(page).fill("Typed while the server was away")
    expect(state(page)).to_contain_text("Not saved, retrying in 2 s")
    expect(state(page)).to_have_text(SAVED)


def test_a_submission_that_does_not_get_through_is_told_and_the_text_saved(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app)
    for complaint in ("ERR_CONNECTION_REFUSED", "htmx:sendError", "htmx:afterRequest"):
        visitor.complaints.expect(complaint)
    page.route("**/questions/1", lambda route: route.abort("connectionrefused"), times=1)
    editor(page).fill(GOOD)
    press(page, "Submit answer")
    expect(page.locator(".notices")).to_contain_text("The server cannot be reached.")
    expect(state(page)).to_have_text(SAVED)
    press(page, "Submit answer")
    is_at(page, 2)


def test_a_lost_tab_loses_neither_text_nor_time(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
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


def test_the_last_words_before_a_tab_closes_are_saved(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
    expect(editor(page)).to_be_focused()
    editor(page).fill("Typed and closed at once")
    page.close(run_before_unload=True)
    wait_for(lambda: drafts(live_app) == ["Typed and closed at once"], "the last save")


def test_the_back_button_leads_to_a_page_that_saves(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
    write(page, GOOD)
    press(page, "Submit answer")
    is_at(page, 2)
    page.go_back()
    is_at(page, 2)
    write(page, "Typed after going back")


def test_a_key_held_down_submits_one_answer(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
    write(page, GOOD)
    page.keyboard.down("Control")
    page.keyboard.down("Enter")
    is_at(page, 2)
    page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    page.keyboard.up("Control")
    expect(page.locator("[data-state=submitted]")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_late_autosave_does_not_undo_what_skipping_kept(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app)
    allow(visitor, 409)
    held = hold(page, "**/draft")
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


def test_what_is_typed_before_the_scripts_arrive_is_saved(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app)
    held = hold(page, "**/drafts.js")
    with page.expect_request("**/drafts.js"):
        page.reload(wait_until="commit")
    editor(page).fill("Quicker than the network")
    held[0].continue_()
    expect(state(page)).to_have_text(SAVED)

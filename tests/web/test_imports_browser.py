"""Importing in a browser: the page follows the worker, and every state of it can be read."""

from pathlib import Path

from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.steps import give_log_in
from tests.support.authored import an_author
from tests.support.browser import PHONE, Visitor, axe, picture
from tests.support.imports import as_file, bare, whole, work

WIDE = "document.documentElement.scrollWidth > window.innerWidth"


def look(page: Page, name: str) -> None:
    """What is wrong with a page, on a screen and on a phone."""
    assert axe(page) == []
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    assert not page.evaluate(WIDE)
    assert before
    page.set_viewport_size(before)
    picture(page, f"import-{name}")


def test_the_page_follows_the_worker_from_the_file_to_its_questions(
    live_app: Flask, visitor: Visitor, tmp_path: Path
) -> None:
    clock = live_app.extensions["clock"]
    with live_app.app_context():
        iris = an_author()
    give_log_in(visitor, live_app, iris)
    path = tmp_path / "bank.json"
    sets = [{"title": "Friday", "slots": [{"question": "what-is-it"}]}]
    path.write_bytes(as_file(whole(), bare("second", "What `else`?"), authored_sets=sets))

    page = visitor.page("/bank/import")
    page.get_by_label("A file").set_input_files(path)
    page.get_by_role("button", name="Show what would be made").click()
    expect(page.locator("#import-state")).to_have_text("Waiting to be read")
    look(page, "waiting")
    with live_app.app_context():
        work(clock)
    page.get_by_role("button", name="Import 2 questions").click()
    expect(page.locator("#import-state")).to_have_text("Waiting to be written")
    with live_app.app_context():
        work(clock)
    expect(page.get_by_text("2 questions imported")).to_be_visible()
    page.get_by_role("link", name="Friday").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Friday")

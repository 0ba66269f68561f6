"""Writing a question in a browser: graded while it is typed, and nothing typed is lost."""

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from interview.services.bank import load_bank
from interview.services.principals import Principal
from interview.web.clock import system_clock
from interview.web.config import ROOT
from tests.journeys.steps import give_log_in
from tests.support.authored import an_author
from tests.support.authoring import (
    GOOD,
    PROMPT,
    REFERENCE,
    WRONG,
    a_question,
)
from tests.support.browser import PHONE, Visitor, axe, picture

WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def iris(live_app: Flask, visitor: Visitor) -> Principal:
    """An author whose browser is logged in, beside a part of the bank that ships."""
    with live_app.app_context():
        load_bank([ROOT / "data" / "bank" / "django-basics.yaml"], system_clock())
        person = an_author()
    give_log_in(visitor, live_app, person)
    return person


def write_rubric(page: Page) -> None:
    """Type a prompt, a reference and a key point, which is added where the focus is led."""
    page.get_by_label("Question", exact=True).press_sequentially(PROMPT)
    expect(page.locator("#near")).to_contain_text("Nearly the same is asked already")
    page.get_by_label("Topic").fill("Concurrency")
    page.get_by_label("Reference answer 1", exact=True).fill(REFERENCE)
    page.locator("#references summary", has_text="Preview").click()
    expect(page.locator("#preview-reference-0")).to_contain_text("only one thread")
    page.get_by_label("Type an answer as a learner would").fill(GOOD)
    expect(page.locator("#tried")).to_contain_text("No key point is kept yet")
    page.get_by_role("button", name="Add a key point").click()
    expect(page.locator("#point-3-text")).to_be_focused()
    page.keyboard.insert_text("A mutex lets only one thread into a critical section at a time.")
    page.keyboard.press("Tab")
    expect(page.locator("#tried .point-text")).to_have_count(1)
    expect(page.locator("#tried .point-text")).to_contain_text("only one thread")


def keep(page: Page, answer: str, label: str, samples: int) -> None:
    """Try an answer and keep it; its score appears among those of the samples."""
    page.get_by_label("Type an answer as a learner would").fill(answer)
    page.get_by_label("What the answer is").select_option(label)
    page.get_by_role("button", name="Keep as sample").click()
    expect(page.locator("#sample-scores tbody tr")).to_have_count(samples)


def test_a_question_is_written_tried_and_published(
    live_app: Flask, visitor: Visitor, iris: Principal
) -> None:
    with live_app.app_context():
        a_question(iris, prompt="What is a mutex in concurrent programs?")
    page = visitor.page("/bank/new")
    write_rubric(page)
    keep(page, GOOD, "good", 1)
    keep(page, WRONG, "wrong", 2)
    expect(page.locator("#prompt")).to_have_value(PROMPT)
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Bank", exact=True).first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. Version 1 is asked")).to_be_visible()
    assert asked == ["beforeunload"]


def look_at(page: Page, name: str) -> None:
    assert axe(page) == [], name
    picture(page, name)
    page.set_viewport_size({**PHONE, "width": 320})
    assert not page.evaluate(WIDE), name
    page.set_viewport_size({"width": 1280, "height": 800})


def test_what_keeps_a_question_from_being_saved_is_plain_to_everybody(
    live_app: Flask, visitor: Visitor, iris: Principal
) -> None:
    with live_app.app_context():
        edit = f"/bank/{a_question(iris)}/edit"
    visitor.complaints.expect("409")
    visitor.complaints.expect("422")
    page, other = visitor.page(edit), visitor.page(edit)
    page.get_by_label("Type an answer as a learner would").fill(f"{GOOD} {WRONG}")
    expect(page.locator("#tried .band-name")).to_be_visible()
    page.locator("#prompt").fill("What is a lock in concurrent programming?")
    page.locator("#sample-0-label").select_option("contradictory")
    page.get_by_role("button", name="Review and publish").click()
    expect(page.locator("#gate")).to_be_visible()
    look_at(page, "bank-gate")
    other.locator("#prompt").fill("What is a mutex, and who may unlock it?")
    other.get_by_role("button", name="Save draft").click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("#clash")).to_be_visible()
    look_at(page, "bank-clash")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()

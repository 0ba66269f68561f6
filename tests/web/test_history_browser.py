"""The history in a real browser: swapped lists, the back button, small and dark pages."""

import random
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.steps import give_log_in
from tests.support.attempts import (
    ENDED_AT,
    Item,
    Sitting,
    add_attempt,
    add_person,
    add_question,
    add_set,
)
from tests.support.browser import PHONE, Visitor, axe, picture
from tests.support.classes import principal

TOPICS = {"Django": ["orm", "models"], "SQL and relational databases": ["joins"], "HTTP": ["http"]}


def enter(app: Flask, visitor: Visitor, user: int) -> None:
    """Log a browser in without the form."""
    with app.app_context():
        give_log_in(visitor, app, principal(user))


@pytest.fixture
def page(live_app: Flask, visitor: Visitor) -> Page:
    """The history of somebody with 23 attempts."""
    # The seed makes the pictures of two runs the same.
    chance = random.Random(1)  # noqa: S311
    with live_app.app_context():
        user = add_person("Ada Lovelace", zone="Europe/Berlin")
        essentials = add_set("Django: the essentials", "essentials")
        versions = [
            add_question(topic=topic, tags=tags) for topic, tags in TOPICS.items() for _ in range(4)
        ]
        for day in range(23):
            items = [Item(one, score=chance.random()) for one in chance.sample(versions, 6)]
            preset = ("mock", "practice")[day % 2]
            ended = ENDED_AT + timedelta(days=day)
            sitting = Sitting(
                title=f"Session {day}",
                preset=preset,
                ended_at=ended,
                score=chance.random(),
                set_id=essentials,
                items=items,
            )
            add_attempt(user, sitting)
    enter(live_app, visitor, user)
    return visitor.page("/history")


def test_paging_swaps_the_list_and_the_back_button_brings_it_back(page: Page) -> None:
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Older").click()
    expect(page.locator(".session-list > li")).to_have_count(3)
    assert "before=" in page.url
    expect(page.locator("h1")).to_have_count(1)
    assert page.evaluate("window.stayed"), "the whole page was loaded"
    page.go_back()
    expect(page.locator(".session-list > li")).to_have_count(20)
    expect(page.locator("h1")).to_have_count(1)


def test_filtering_swaps_the_list_and_keeps_the_charts_and_the_focus(page: Page) -> None:
    page.evaluate("window.stayed = true")
    page.get_by_label("Kind").select_option("mock")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.locator(".session-list > li")).to_have_count(12)
    assert "preset=mock" in page.url
    assert page.evaluate("window.stayed"), "the whole page was loaded"
    expect(page.locator("svg.trend")).to_have_count(1)
    assert page.evaluate("document.activeElement.id") == "history-show"


def test_a_wrong_filter_is_answered_in_place(page: Page, visitor: Visitor) -> None:
    visitor.complaints.expect("422")
    page.get_by_label("From", exact=True).fill("2026-03-20")
    page.get_by_label("To", exact=True).fill("2026-03-01")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#to-error")).to_contain_text("comes before")
    expect(page.get_by_label("From", exact=True)).to_have_value("2026-03-20")


@pytest.mark.parametrize("path", ["/history", "/history?preset=untimed", "/attempts/1/delete"])
def test_pages_are_accessible_and_fit_a_phone(page: Page, path: str) -> None:
    page.goto(path)
    assert axe(page) == []
    picture(page, f"history{path.replace('/', '-').replace('?', '-')}")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_charts_unfold_their_tables(page: Page) -> None:
    page.get_by_text("As a table: mastery by topic").click()
    expect(page.get_by_role("table", name="Mastery by topic")).to_be_visible()
    assert axe(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

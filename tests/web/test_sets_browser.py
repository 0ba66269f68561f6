"""The editor of question sets in a browser: by keyboard, on a phone, and in two windows."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from interview.services.bank import load_bank
from interview.services.principals import Principal
from interview.services.sets import editing, making
from interview.services.sets.picking import Pick
from interview.web.clock import system_clock
from tests.journeys.steps import give_log_in
from tests.support.authored import a_set, an_author, edit_of, publish, read, retire, revise
from tests.support.bank_files import DJANGO_ARTICLE
from tests.support.browser import PHONE, Visitor, axe, picture
from tests.support.clock import START

WIDE = "document.documentElement.scrollWidth > window.innerWidth"


@pytest.fixture
def iris(live_app: Flask, visitor: Visitor) -> Principal:
    """An instructor whose browser is logged in, beside the bank that ships."""
    with live_app.app_context():
        load_bank(DJANGO_ARTICLE, system_clock())
        person = an_author()
    give_log_in(visitor, live_app, person)
    return person


@pytest.fixture
def full(live_app: Flask, iris: Principal) -> int:
    """A published set with something to say about most of its places."""
    with live_app.app_context():
        picks = Pick("Django", "", "hard", 2), Pick("", "orm", "", 9, 1.5, 120)
        set_id = a_set(iris, [1, 2, 3, 5], *picks, title="Django: first interview")
        publish(iris, set_id)
        revise(2, prompt="What do people use `Django` for?", rubric=_RUBRIC)
        retire(3)
    return set_id


_RUBRIC = {
    "references": ["For web sites."],
    "key_points": [{"id": "sites", "text": "Web sites.", "weight": 1.0}],
    "misconceptions": [],
}


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def settled(page: Page) -> None:
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


@pytest.mark.usefixtures("iris")
def test_a_question_that_was_searched_for_is_not_swapped_away_under_the_pointer(
    visitor: Visitor,
) -> None:
    page = visitor.page("/sets/new")
    page.get_by_label("Title").fill("Web 101")
    page.keyboard.press("Enter")
    words = page.get_by_label("Words in the question")
    words.press_sequentially("signals")
    expect(page.locator(".bank-list > li")).to_have_count(1)
    settled(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    # Leaving the field tells of its change while the button is on its way down.
    page.get_by_role("button", name="Add What are signals").click()
    expect(page.locator(".slot")).to_have_count(1)
    assert [one for one in asked if one.startswith("GET") and "q=signals" in one] == []
    page.get_by_label("Difficulty").select_option("Hard")
    expect(page).to_have_url(re.compile("difficulty=hard"))
    page.get_by_label("Tag", exact=True).press_sequentially("orm")
    words.press("Tab")
    expect(page).to_have_url(re.compile("tag=orm"))


@pytest.mark.usefixtures("iris")
def test_a_set_is_put_together_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page("/sets/new")
    page.get_by_label("Title").focus()
    page.keyboard.type("Web 101")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="No questions yet")).to_be_visible()
    page.get_by_label("Words in the question").press_sequentially("signals")
    expect(page.locator(".bank-list > li")).to_have_count(1)
    page.get_by_label("Words in the question").fill("")
    expect(page.locator(".bank-list > li")).to_have_count(10)
    for _ in range(2):
        page.locator(".choice button").first.press("Enter")
        expect(page.locator(":focus")).to_contain_text("question")
    expect(page.locator(".slot")).to_have_count(2)
    first = page.locator(".slot-prompt").first.inner_text()
    page.locator(".slot-field input").first.fill("2.5")
    page.get_by_role("button", name="Move question 1 down").press("Enter")
    expect(page.locator(".slot-prompt").nth(1)).to_have_text(first)
    settled(page)
    assert focused(page).startswith("down-")
    expect(page.get_by_text("2 questions, 3.5 points")).to_be_visible()
    page.locator(".slot").nth(1).get_by_text("Take out").first.press("Enter")
    page.get_by_role("button", name="Take out question 2").press("Enter")
    expect(page.locator(".slot")).to_have_count(1)
    settled(page)
    assert focused(page) == "slots-notice"
    expect(page.locator(".choice button")).to_have_count(9)
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_text("It can be assigned now")).to_be_visible()


def test_how_much_there_is_to_draw_follows_the_choice(
    live_app: Flask, visitor: Visitor, iris: Principal
) -> None:
    with live_app.app_context():
        set_id = making.make(iris, "Web", "", START)
    page = visitor.page(f"/sets/{set_id}/random")
    page.get_by_label("Topic").select_option("Django")
    expect(page.locator("#supply")).to_contain_text("20 to draw from")
    page.get_by_label("Questions", exact=True).fill("30")
    page.get_by_label("Points each").focus()
    expect(page.locator("#supply")).to_contain_text("Only 20 to draw from")


def test_two_windows_on_one_set(
    live_app: Flask, visitor: Visitor, iris: Principal, full: int
) -> None:
    visitor.complaints.expect("409")
    page = visitor.page(f"/sets/{full}")
    page.locator(".slot-field input").nth(0).fill("4")
    with live_app.app_context():
        slot = read(iris, full).slots[1].id
        editing.remove(iris, full, edit_of(iris, full), slot, START)
    page.get_by_role("button", name="Save points and times").click()
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")
    expect(page.locator(".slot")).to_have_count(5)
    expect(page.locator(".slot-field input").nth(0)).to_have_value("4")
    picture(page, "set-stale")
    page.get_by_role("button", name="Save points and times").click()
    expect(page.get_by_text("Points and times are saved.")).to_be_visible()


def test_what_was_typed_is_not_left_behind_by_a_stray_click(visitor: Visitor, full: int) -> None:
    page = visitor.page(f"/sets/{full}")
    page.locator(".slot-field input").nth(0).press_sequentially("4")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.get_by_role("link", name="Title and description").click(no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.url.endswith(f"/sets/{full}")
    page.get_by_role("button", name="Save points and times").click()
    expect(page.get_by_text("Points and times are saved.")).to_be_visible()
    page.get_by_role("link", name="Title and description").click()
    expect(page.get_by_role("heading", name="Title and description")).to_be_visible()


def test_the_pages_are_usable_by_everybody(
    live_app: Flask, visitor: Visitor, iris: Principal, full: int
) -> None:
    with live_app.app_context():
        empty = making.make(iris, "Empty", "", START)
        away = making.copy(iris, full, START)
        making.archive(iris, away, archived=True, now=START)
        slots = read(iris, full).slots
    paths = {
        "sets": "/sets", "sets-archived": "/sets?show=archived", "set-new": "/sets/new",
        "set-full": f"/sets/{full}", "set-empty": f"/sets/{empty}", "set-archived": f"/sets/{away}",
        "set-nothing-found": f"/sets/{full}?q=zebra", "set-title": f"/sets/{full}/title",
        "set-question": f"/sets/{full}/slots/{slots[1].id}",
        "set-random": f"/sets/{full}/random/{slots[-1].id}",
        "set-version": f"/sets/{full}/versions/1",
    }  # fmt: skip
    page = visitor.page()
    for name, path in paths.items():
        page.goto(path)
        assert axe(page) == [], name
        picture(page, name)
        page.set_viewport_size({**PHONE, "width": 320})
        assert not page.evaluate(WIDE), name
        page.set_viewport_size({"width": 1280, "height": 800})

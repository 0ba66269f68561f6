"""The live view and accommodations in a real browser: refreshed in place, small and dark."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from interview.services.assignments import accommodating, presence
from interview.services.assignments.accommodations import Own
from tests.support.browser import PHONE, Visitor, axe, picture
from tests.support.classes import add_group, principal
from tests.support.scene import Scene


@pytest.fixture
def board(live_app: Flask, visitor: Visitor) -> tuple[Page, Scene]:
    """Iris at the live view: Ada is working and was heard from, Ben has handed in."""
    scene = Scene(live_app, visitor)
    with live_app.app_context():
        add_group(scene.test.room.class_id, "Monday")
        scene.ada.question(1)
        scene.ada.submit(1)
        scene.ada.save(2, "Half", writer=scene.ada.pages[2].writer)
        presence.report(scene.ada.user_id, scene.ada.attempt_id, 2, scene.clock())
        scene.test.start("Ben").finish()
    scene.enter(scene.test.room.teacher)
    scene.page = visitor.page(f"/assignments/{scene.test.room.assignment}/live")
    return scene.page, scene


def test_it_refreshes_itself_and_leaves_alone_what_is_being_typed(
    board: tuple[Page, Scene],
) -> None:
    page, scene = board
    page.get_by_text("Add time for everybody").click()
    page.get_by_label("Reason").fill("The fire al")
    page.get_by_label("Reason").press("ArrowLeft")
    with scene.app.app_context():
        scene.test.start("Cleo Kowalski")
    scene.pass_time(5)
    expect(page.locator("#live-numbers")).to_contain_text("Refreshes every 5 seconds.")
    expect(page.locator("#live-table [data-standing=working]")).to_have_count(2)
    expect(page.locator("#live-numbers dd").nth(1)).to_have_text("2")
    expect(page.get_by_label("Reason")).to_be_focused()
    expect(page.get_by_label("Reason")).to_have_value("The fire al")
    assert page.evaluate("document.activeElement.selectionStart") == len("The fire a")
    scene.pass_time(5)
    expect(page.locator("section#live")).to_have_count(1)
    expect(page.locator("#live-table")).to_have_count(1)


def test_the_focus_stays_in_the_table_and_the_table_where_it_was_scrolled(
    board: tuple[Page, Scene],
) -> None:
    page, scene = board
    page.set_viewport_size(PHONE)
    link = page.get_by_role("link", name="Add time for Ada")
    link.focus()
    before = page.evaluate("document.querySelector('.table-box').scrollLeft")
    assert before > 0
    scene.pass_time(5)
    expect(page.locator("#live-numbers")).to_contain_text("Refreshes every 5 seconds.")
    expect(link).to_be_focused()
    assert page.evaluate("document.querySelector('.table-box').scrollLeft") == before


def test_what_was_told_after_giving_time_stays_while_it_refreshes(
    board: tuple[Page, Scene],
) -> None:
    page, scene = board
    page.get_by_text("Add time for everybody").click()
    page.get_by_label("Reason").fill("The fire alarm")
    page.get_by_role("button", name="Add time").click()
    told = page.get_by_text("5 minutes were added for Ada.")
    expect(told).to_be_visible()
    scene.pass_time(5)
    expect(page.locator("#live-numbers")).to_contain_text("Refreshes every 5 seconds.")
    expect(told).to_be_visible()


def test_a_server_out_of_reach_is_told_and_forgotten_again(board: tuple[Page, Scene]) -> None:
    page, scene = board
    scene.visitor.complaints.expect("/live")
    scene.visitor.complaints.expect("htmx")
    page.route("**/live*", lambda route: route.abort("connectionrefused"))
    scene.pass_time(5)
    expect(page.locator(".notices")).to_contain_text("The server cannot be reached.")
    page.unroute("**/live*")
    scene.pass_time(5)
    expect(page.locator(".notices")).to_have_text("")


def test_stopped_it_does_not_ask(board: tuple[Page, Scene]) -> None:
    page, scene = board
    page.get_by_role("link", name="Stop refreshing").click()
    expect(page.locator("#live-numbers")).to_contain_text("Refreshing is stopped.")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    scene.pass_time(30)
    page.evaluate("1")
    assert [url for url in asked if "/live" in url] == []


@pytest.mark.parametrize(
    "name", ["live", "extend", "empty", "reopen", "accommodations", "card", "error"]
)
def test_pages_are_accessible_and_fit_a_phone(board: tuple[Page, Scene], name: str) -> None:
    page, scene = board
    room = scene.test.room
    here = f"/assignments/{room.assignment}"
    with scene.app.app_context():
        own = Own(factor=1.5, extra_attempts=1, reason="A doctor's note, seen by the office")
        teacher, ben = principal(room.teacher), scene.test.people["Ben"]
        accommodating.put(teacher, room.assignment, ben, own, scene.clock())
    paths = {
        "live": f"{here}/live",
        "extend": f"{here}/live?attempt={scene.ada.attempt_id}",
        "empty": f"{here}/live?after=1.1.zzz",
        "reopen": f"/attempts/{scene.ada.attempt_id + 1}/reopen",
        "accommodations": f"{here}/accommodations",
        "card": f"{here}/accommodations/{ben}",
        "error": f"{here}/accommodations/{ben}",
    }
    page.goto(paths[name])
    if name == "error":
        scene.visitor.complaints.expect("422")
        page.get_by_label("Closes").fill("2001-01-01T10:00")
        page.get_by_role("button", name="Keep").click()
        expect(page.locator("#closes-error")).to_be_visible()
    assert axe(page) == []
    picture(page, f"live-{name}")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

"""The learner's page in a real browser: hearing of changes to its clocks within seconds."""

import re
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, Request, expect

from interview.services.assignments import accommodating
from interview.services.assignments.accommodations import Own
from tests.support.browser import Visitor
from tests.support.candidate import GOOD
from tests.support.classes import principal
from tests.support.scene import HOUR, Scene

# The machine takes its time as well.
FIVE_MINUTES = re.compile(r"^(5 min|4 min \d+ s) left in this session$")
HIDE = """(state) => {
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def editor(page: Page) -> Locator:
    return page.get_by_label("Your answer", exact=True)


def announced(page: Page) -> Locator:
    return page.locator("[data-announcer]")


def face(page: Page, name: str = "attempt") -> Locator:
    return page.locator(f"[data-clock={name}] time")


@pytest.fixture
def scene(live_app: Flask, visitor: Visitor) -> Scene:
    return Scene(live_app, visitor)


def test_added_time_is_shown_and_told_within_ten_seconds(scene: Scene) -> None:
    page = scene.open()
    editor(page).fill("Half an ans")
    scene.extend(5)
    scene.pass_time(10)
    expect(announced(page)).to_have_text(
        re.compile(r"^5 minutes were added: 1 h 0[45] min.* left in this session$")
    )
    expect(page.locator(".clock-note")).to_have_text("5 minutes were added")
    expect(face(page)).to_have_text(re.compile(r"^1:0[45]:\d\d$"))
    expect(editor(page)).to_be_focused()
    expect(editor(page)).to_have_value("Half an ans")


def test_one_minute_is_told_as_one_and_each_change_once(scene: Scene) -> None:
    page = scene.open()
    scene.extend(1)
    scene.pass_time(10)
    expect(page.locator(".clock-note")).to_have_text("1 minute was added")
    expect(announced(page)).to_have_text(re.compile("^1 minute was added: "))
    page.evaluate("document.querySelector('[data-announcer]').textContent = 'nothing new'")
    with page.expect_response("**/presence*"):
        scene.pass_time(10)
    expect(announced(page)).to_have_text("nothing new")
    expect(page.locator(".clock-note")).to_have_count(1)


def test_both_clocks_get_the_time(live_app: Flask, visitor: Visitor) -> None:
    scene = Scene(live_app, visitor, question_limit_seconds=120)
    page = scene.open()
    scene.extend(5)
    scene.pass_time(10)
    expect(announced(page)).to_have_text(
        re.compile(
            r"^5 minutes were added: [67] min.* for this question, "
            r"1 h 0[45] min.* left in this session$"
        )
    )
    expect(face(page, "question")).to_have_text(re.compile(r"^0[67]:\d\d$"))


def test_what_was_told_before_is_told_again_when_it_comes_again(scene: Scene) -> None:
    page = scene.open()
    scene.pass_time(3600 - 299)
    expect(announced(page)).to_have_text(FIVE_MINUTES)
    expect(page.locator(".clock")).to_have_class(re.compile("last-part"))
    scene.extend(60)
    scene.pass_time(10)
    expect(announced(page)).to_have_text(re.compile("^60 minutes were added"))
    expect(page.locator(".clock")).not_to_have_class(re.compile("last-part"))
    scene.pass_time(3600 - 12)
    expect(announced(page)).to_have_text(FIVE_MINUTES)


def test_a_clock_that_had_stopped_goes_on_if_time_is_added_within_the_grace(
    scene: Scene,
) -> None:
    page = scene.open()
    editor(page).fill(GOOD)
    scene.run_out()
    submit = page.get_by_role("button", name="Submit answer")
    expect(submit).to_be_disabled()
    scene.extend(5)
    scene.pass_time(2)
    expect(submit).to_be_enabled()
    expect(page.locator(".clock-note")).to_have_text("5 minutes were added")
    expect(face(page)).to_have_text(re.compile(r"^04:5\d$"))
    editor(page).fill(f"{GOOD} And on.")
    scene.pass_time(8)
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("^Saved "))
    expect(page).to_have_url(re.compile("/questions/1$"))
    with scene.app.app_context():
        assert scene.ada.states()[0] == "open"


def test_the_second_time_the_clock_runs_out_it_ends(scene: Scene) -> None:
    page = scene.open()
    scene.run_out()
    scene.extend(1)
    scene.pass_time(2)
    expect(page.get_by_role("button", name="Submit answer")).to_be_enabled()
    editor(page).fill(GOOD)
    scene.run_out()
    expect(page.locator("[data-save-state]")).to_contain_text("Time is up. Your text is saved.")
    scene.pass_time(7)
    expect(page).to_have_url(re.compile("/results$"))
    with scene.app.app_context():
        assert [one.text for one in scene.ada.submissions()] == [GOOD]


def test_a_limit_that_is_set_while_somebody_is_sitting_appears(
    live_app: Flask, visitor: Visitor
) -> None:
    scene = Scene(live_app, visitor, whole_limit_seconds=None, closes_at=None)
    page = scene.open()
    expect(page.locator("[data-clock]")).to_have_count(0)
    room, at = scene.test.room, scene.clock() + 2 * HOUR
    wall = at.astimezone(ZoneInfo("Europe/Berlin")).replace(tzinfo=None)
    with live_app.app_context():
        own = Own(closes=wall, reason="Has to leave")
        teacher = principal(room.teacher)
        accommodating.put(teacher, room.assignment, scene.ada.user_id, own, scene.clock())
    scene.pass_time(10)
    expect(face(page)).to_have_text(re.compile(r"^1:5\d:\d\d$"))
    expect(announced(page)).to_have_text(re.compile("^The time limit was changed: 1 h 5. min left"))
    expect(page.get_by_role("button", name="Tell time")).to_have_count(1)
    expect(page.get_by_role("button", name="Hide clock")).to_have_count(1)


def test_reports_that_fail_are_not_spoken_of(scene: Scene) -> None:
    scene.visitor.complaints.expect("presence")
    page = scene.open()
    page.route("**/presence*", lambda route: route.abort("connectionrefused"))
    for _ in range(2):
        with page.expect_request("**/presence*"):
            scene.pass_time(10)
    expect(announced(page)).to_have_text("")
    expect(page.locator("[data-save-state]")).to_have_text("Nothing saved yet")
    expect(page.locator(".notices")).to_have_text("")
    page.unroute("**/presence*")
    scene.extend(5)
    scene.pass_time(10)
    expect(page.locator(".clock-note")).to_have_text("5 minutes were added")


def test_an_expired_log_in_is_not_spoken_of(scene: Scene) -> None:
    page = scene.open()
    scene.visitor.context.clear_cookies()
    scene.visitor.complaints.expect("presence")
    with page.expect_request("**/presence*"):
        scene.pass_time(10)
    expect(announced(page)).to_have_text("")
    expect(page).to_have_url(re.compile("/questions/1$"))


def test_a_page_that_cannot_be_seen_is_silent_and_reports_when_it_is_seen_again(
    scene: Scene,
) -> None:
    page = scene.open()
    page.evaluate(HIDE, "hidden")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request) if "presence" in request.url else None)
    scene.pass_time(30)
    scene.pass_time(30)
    page.evaluate("1")
    assert asked == []
    with page.expect_request("**/presence*"):
        page.evaluate(HIDE, "visible")


def test_the_overview_hears_of_added_time_too(scene: Scene) -> None:
    page = scene.open()
    page.get_by_role("button", name="Overview and finish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you finish")
    scene.extend(5)
    scene.pass_time(10)
    expect(page.locator(".clock-note")).to_have_text("5 minutes were added")

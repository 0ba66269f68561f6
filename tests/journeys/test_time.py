"""The clock: what it says while it runs, and what happens when it has run out."""

import re

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from interview.services import sweeping
from tests.journeys.steps import (
    GOOD,
    MINUTE_EACH,
    ONE_MINUTE,
    TASTER,
    editor,
    go_offline,
    is_at,
    own_words,
    press,
    sit,
    state,
    write,
)
from tests.support.browser import Visitor

RESULTS = re.compile(r"/results$")
# Seconds left, and what may be said then: the machine takes its time as well.
THRESHOLDS = {
    900: r"15 min|14 min \d+ s",
    450: r"7 min \d+ s",
    300: r"5 min|4 min \d+ s",
    60: r"1 min|[45]\d seconds",
    10: r"\d+ seconds",
}


@pytest.fixture
def timed(visitor: Visitor) -> Visitor:
    """A browser whose time can be put on."""
    visitor.context.clock.install()
    return visitor


def pass_time(page: Page, app: Flask, seconds: float) -> None:
    """Put the server's clock and the browser's on."""
    app.extensions["clock"].advance(seconds=seconds)
    page.clock.fast_forward(round(seconds * 1000))


def run_out(page: Page, app: Flask) -> None:
    """Let the time of the first clock on the page run out just now."""
    deadline = page.locator("[data-clock]").first.get_attribute("data-deadline")
    left = int(deadline or 0) / 1000 - app.extensions["clock"]().timestamp()
    pass_time(page, app, left + 0.2)


def announced(page: Page) -> Locator:
    return page.locator("[data-announcer]")


def test_the_last_words_are_saved_when_time_is_up(timed: Visitor, live_app: Flask) -> None:
    page = sit(timed, live_app, ONE_MINUTE, TASTER)
    write(page, GOOD)
    editor(page).fill(GOOD + " These are the last words.")
    run_out(page, live_app)
    expect(announced(page)).to_have_text("Time is up")
    expect(state(page)).to_contain_text("Time is up. Your text is saved.")
    expect(page.get_by_role("button", name="Submit answer")).to_be_disabled()
    pass_time(page, live_app, 7)
    expect(page).to_have_url(RESULTS)
    told = page.locator(".notice", has_text="Time was up at")
    expect(told).to_contain_text("The latest saved draft of every open question was handed in")
    expect(page.locator("#q1")).to_contain_text(re.compile(r"your text as saved at \d\d:\d\d:\d\d"))
    assert own_words(page, 1) == GOOD + " These are the last words."


def test_a_question_whose_time_is_up_says_what_was_saved(timed: Visitor, live_app: Flask) -> None:
    page = sit(timed, live_app, MINUTE_EACH, TASTER)
    write(page, GOOD)
    run_out(page, live_app)
    expect(state(page)).to_contain_text("Time is up. Your text is saved.")
    pass_time(page, live_app, 7)
    expect(page.get_by_role("heading", level=1)).to_have_text("Time is up for this question")
    expect(page.get_by_text("Your draft, saved at")).to_contain_text("was handed in: 24 words")
    expect(page.locator(".kept-text")).to_have_text(GOOD)
    page.get_by_role("button", name="Next question").click()
    is_at(page, 2)
    expect(page.locator("[data-clock=question] time")).to_have_text(re.compile(r"^0[01]:\d\d$"))


def test_a_question_that_the_sweeper_handed_in_is_told_of_before_the_next_clock_starts(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app, MINUTE_EACH, TASTER)
    write(page, GOOD)
    now = live_app.extensions["clock"].advance(seconds=70)
    with live_app.app_context():
        assert sweeping.sweep(now) == 1
    page.reload()
    assert page.get_by_role("heading", level=1).inner_text() == "Time is up for this question"


def test_words_that_could_not_be_saved_in_time_are_given_back(
    timed: Visitor, live_app: Flask
) -> None:
    page = sit(timed, live_app, ONE_MINUTE, TASTER)
    write(page, "Saved in time")
    timed.complaints.expect("ERR_CONNECTION_REFUSED")
    page.route("**/draft", lambda route: route.abort("connectionrefused"))
    editor(page).fill("Saved in time, and too late")
    run_out(page, live_app)
    expect(state(page)).to_contain_text("The last words could not be saved.")
    pass_time(page, live_app, 7)
    expect(page.get_by_role("heading", level=1)).to_have_text("This session has ended")
    late = page.get_by_label("This text arrived after the time")
    expect(late).to_have_value("Saved in time, and too late")
    page.get_by_role("button", name="See the results").click()
    assert own_words(page, 1) == "Saved in time"


def test_without_a_connection_the_page_waits_with_the_text(timed: Visitor, live_app: Flask) -> None:
    page = sit(timed, live_app, ONE_MINUTE, TASTER)
    expect(editor(page)).to_be_focused()
    go_offline(timed)
    editor(page).fill("Typed in a tunnel")
    run_out(page, live_app)
    expect(state(page)).to_contain_text("The last words could not be saved.")
    pass_time(page, live_app, 7)
    expect(state(page)).to_contain_text("you are offline")
    go_offline(timed, offline=False)
    late = page.get_by_label("This text arrived after the time")
    expect(late).to_have_value("Typed in a tunnel")


def test_the_overview_leads_to_the_results_when_time_is_up(timed: Visitor, live_app: Flask) -> None:
    page = sit(timed, live_app, ONE_MINUTE, TASTER)
    write(page, GOOD)
    press(page, "Overview and finish")
    expect(page.get_by_role("heading", level=1)).to_have_text("Before you finish")
    page.goto(page.url + "#main")
    run_out(page, live_app)
    expect(announced(page)).to_have_text("Time is up")
    pass_time(page, live_app, 7)
    expect(page).to_have_url(re.compile(r"/results(#main)?$"))


def test_time_runs_out_with_the_browser_closed(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app, ONE_MINUTE, TASTER)
    write(page, GOOD)
    page.close()
    now = live_app.extensions["clock"].advance(minutes=2)
    with live_app.app_context():
        assert sweeping.sweep(now) == 1
    page = visitor.page("/history")
    page.get_by_role("link", name="Django: a first taste", exact=True).click()
    expect(page.locator(".notice", has_text="Time was up at")).to_be_visible()
    assert own_words(page, 1) == GOOD
    expect(page.locator("#q2")).to_contain_text("Not answered.")


def test_a_page_that_does_not_know_better_learns_the_time_by_saving(
    visitor: Visitor, live_app: Flask
) -> None:
    page = sit(visitor, live_app, ONE_MINUTE, TASTER)
    expect(page.locator(".clock")).not_to_have_class(re.compile("last-part"))
    live_app.extensions["clock"].advance(seconds=45)
    write(page, GOOD)
    expect(page.locator(".clock")).to_have_class(re.compile("last-part"))


def test_thresholds_are_announced_once_each(timed: Visitor, live_app: Flask) -> None:
    page = sit(timed, live_app)
    expect(page.get_by_role("button", name="Tell time")).to_be_visible()
    expect(announced(page)).to_have_text("")
    left = 1800
    for threshold, words in THRESHOLDS.items():
        page.clock.fast_forward((left - threshold) * 1000)
        left = threshold
        expect(announced(page)).to_have_text(re.compile(f"^({words}) left in this session$"))


def test_the_time_is_told_on_demand_by_a_key_of_ones_choice(
    timed: Visitor, live_app: Flask
) -> None:
    page = sit(timed, live_app)
    expect(editor(page)).to_be_focused()
    page.keyboard.press("Alt+t")
    expect(announced(page)).to_have_text(re.compile(r"^(30|29) min.* left in this session$"))
    page.keyboard.press("Control+/")
    keys = page.get_by_role("dialog", name="Keys")
    keys.get_by_label("Alt + this letter tells the time left").fill("k")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Tell time")).to_be_visible()
    page.keyboard.press("Alt+k")
    expect(announced(page)).to_have_text(re.compile(r" left in this session$"))
    page.get_by_role("button", name="Tell time").focus()
    page.keyboard.press("?")
    expect(keys).to_be_visible()


def test_a_hidden_clock_stays_hidden(visitor: Visitor, live_app: Flask) -> None:
    page = sit(visitor, live_app)
    press(page, "Hide clock")
    expect(page.locator(".clock-face")).to_be_hidden()
    write(page, GOOD)
    press(page, "Submit answer")
    is_at(page, 2)
    expect(page.locator(".clock-face")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name="Show clock")).to_be_visible()
    expect(page.locator(".clock-face")).to_be_hidden()
    press(page, "Show clock")
    expect(page.locator(".clock-face")).to_be_visible()

"""The gradebook and the pages around it in a real browser: keys, swaps, phones, both themes."""

import random
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from interview.services.marking.overriding import Decision, override
from interview.services.unit import write
from interview.store.users import User
from tests.journeys.steps import give_log_in
from tests.support.attempts import Item
from tests.support.audit import add_note
from tests.support.browser import PHONE, Visitor, axe, picture
from tests.support.classes import (
    accommodate,
    add_assignment,
    add_class,
    add_group,
    add_learners,
    add_set_version,
    give_to,
    principal,
)
from tests.support.clock import START
from tests.support.gradebook import add_entries, ask_for_review, sat, set_mean
from tests.support.marking import grades, marked

DAY = timedelta(days=1)
NAMES = (
    "Grace Hopper", "Alan Turing", "Edsger Dijkstra", "Barbara Liskov", "Donald Knuth",
    "Margaret Hamilton of the very long name", "Tony Hoare", "Radia Perlman", "Émilie du Châtelet",
)  # fmt: skip
TITLES = (
    "Django: the essentials", "SQL and joins", "HTTP", "Models", "Views and templates", "Security",
    "Testing, debugging and deploying an application", "Async", "Final mock interview",
)  # fmt: skip


def enter(app: Flask, visitor: Visitor, user: int) -> None:
    """Log a browser in without the form."""
    with app.app_context():
        give_log_in(visitor, app, principal(user))


@pytest.fixture
def page(live_app: Flask, visitor: Visitor) -> Page:
    """The gradebook of a class of ten, as its instructor in Berlin opens it."""
    with live_app.app_context():
        user = build()
    enter(live_app, visitor, user)
    return visitor.page("/classes/1/gradebook")


def build() -> int:
    """Write the class; the seed makes the pictures of two runs the same."""
    chance = random.Random(3)  # noqa: S311
    case = marked(title="Warm-up", opens_at=START - 20 * DAY, due_at=START - 9 * DAY)
    with write() as session:
        session.execute(sa.update(User).values(time_zone="Europe/Berlin"))
    sat(case.assignment, case.ada, 0.9, 2, items=[Item(score=0.9), Item(score=0.9)])
    ask_for_review(case.attempt)
    group = add_group(1, "Monday")
    people = add_learners(1, *NAMES[:5]) + add_learners(1, *NAMES[5:], group_id=group)
    version = add_set_version(case.iris.id)
    for number, title in enumerate(TITLES):
        opens = START - (15 - number) * DAY
        made = add_assignment(1, version, title=title, opens_at=opens, closes_at=None)
        if number == 4:
            give_to(made, group=group)
        rows = [entry(chance, user) for user in people if chance.random() < 0.85]
        add_entries(made, 1, rows)
    for user in people:
        set_mean(1, user, chance.random(), 8)
    future = add_assignment(
        1, version, title="Later", opens_at=START.replace(year=2099), closes_at=None
    )
    accommodate(future, case.ada, time_factor=1.5, closes_at=START.replace(year=2100))
    base = grades(case.attempt)[-1].id
    decision = Decision(base, {"meant": "found"}, None, "She says it in her second sentence.")
    override(case.iris, case.attempt, 1, decision, START)
    log(principal(case.iris.id), case.ada)
    return case.iris.id


def entry(chance: random.Random, user: int) -> dict[str, object]:
    kind = chance.random()
    made: dict[str, object] = {"user_id": user, "score": chance.random()}
    if kind < 0.1:
        made |= {"late_days": 2}
    elif kind < 0.2:
        made |= {"needs_review": 1, "attempts": 3}
    elif kind < 0.25:
        made |= {"is_open": True, "score": None}
    elif kind < 0.3:
        made |= {"overridden": True}
    return made


def log(iris: object, ada: int) -> None:
    details = {"closes_at": [START.isoformat(), (START + DAY).isoformat()], "late_percent": [0, 10]}
    add_note(iris, class_id=1, subject="Warm-up", details=details)  # type: ignore[arg-type]
    add_note(
        iris, "member.accommodated", "Ada", class_id=1, learner_id=ada,  # type: ignore[arg-type]
        details={"time_factor": [1.0, 1.5]}, reason="A doctor's note.\nUntil summer.",
    )  # fmt: skip


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.replace(/\\s+/g, ' ').trim()"))


def test_arrow_keys_move_from_cell_to_cell_and_the_table_is_one_stop(page: Page) -> None:
    page.locator(".gradebook-table tbody th a").first.focus()
    assert focused(page) == "Ada"
    page.keyboard.press("ArrowDown")
    assert focused(page) == "Alan Turing"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowRight")
    at = "document.activeElement.closest('td').cellIndex"
    assert page.evaluate(at) == 3, "cells without a link are stepped over"
    page.keyboard.press("End")
    assert page.evaluate(at) == 13
    page.keyboard.press("Control+Home")
    assert focused(page) == "Learner ↑"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Ada"
    expect(page.locator(".gradebook-table a[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('table')")
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Ada"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Ada")


def test_a_focused_cell_is_not_hidden_behind_the_sticky_parts(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.locator(".gradebook-table tbody th a").first.focus()
    page.keyboard.press("End")
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    covered = """() => {
      const box = document.activeElement.getBoundingClientRect();
      const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return !document.activeElement.contains(seen) && document.activeElement !== seen;
    }"""
    assert not page.evaluate(covered)


def test_filtering_swaps_the_table_and_keys_go_on_working(page: Page) -> None:
    page.evaluate("window.stayed = true")
    page.get_by_label("Who has").select_option("review")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.locator("#what")).to_have_value("review")
    page.wait_for_url("**what=review**")
    assert page.evaluate("window.stayed"), "the whole page was loaded"
    expect(page.locator(".gradebook-table[role='grid']")).to_have_count(1)
    page.go_back()
    expect(page.locator(".gradebook-table tbody tr")).to_have_count(10)


def test_the_head_and_the_names_stay_in_sight(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.locator(".gradebook-box").evaluate("box => box.scrollTo(600, 200)")
    head = page.locator(".gradebook-table thead th").first
    name = page.locator(".gradebook-table tbody th").nth(5)
    box = page.locator(".gradebook-box").bounding_box()
    corner, row = head.bounding_box(), name.bounding_box()
    assert box is not None
    assert corner is not None
    assert row is not None
    assert abs(corner["x"] - box["x"]) <= 2
    assert abs(corner["y"] - box["y"]) <= 2
    assert abs(row["x"] - box["x"]) <= 2


PATHS = {
    "gradebook": "/classes/1/gradebook",
    "gradebook-none": "/classes/1/gradebook?name=nobody",
    "gradebook-wrong": "/classes/1/gradebook?group=99",
    "record": "/classes/1/learners/2",
    "read": "/attempts/1/read",
    "read-as-learner": "/attempts/1/read?as=learner",
    "override": "/attempts/1/read/1/override",
    "audit": "/classes/1/audit",
    "audit-none": "/classes/1/audit?kind=class.made",
    "audit-wrong": "/classes/1/audit?by=nobody",
}


@pytest.mark.parametrize("name", PATHS)
def test_pages_are_accessible_and_fit_a_phone(page: Page, visitor: Visitor, name: str) -> None:
    visitor.complaints.expect("422")
    page.goto(PATHS[name])
    assert axe(page) == []
    picture(page, f"gradebook-{name}")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_refused_form_says_what_is_missing(page: Page, visitor: Visitor) -> None:
    visitor.complaints.expect("422")
    page.goto(PATHS["override"])
    page.get_by_label("Reason").fill(" ")
    page.get_by_role("button", name="Save this grade").click()
    expect(page.locator("#reason-error")).to_contain_text("Say why")
    assert axe(page) == []
    picture(page, "gradebook-override-refused")


def test_a_learner_reads_the_own_record(live_app: Flask, page: Page, visitor: Visitor) -> None:
    enter(live_app, visitor, 2)
    page.goto(PATHS["record"])
    expect(page.locator("h1")).to_have_text("Your record")
    assert axe(page) == []


def test_an_empty_class_looks_cared_for(live_app: Flask, page: Page) -> None:
    with live_app.app_context():
        add_class("Empty", instructor=1)
    for name in ("gradebook", "audit"):
        page.goto(f"/classes/2/{name}")
        assert axe(page) == []
        picture(page, f"gradebook-empty-{name}")

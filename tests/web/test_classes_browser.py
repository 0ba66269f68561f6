"""Classes in a real browser: every page fit for a phone and a reader, and the link copied."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from interview.store.db import db
from interview.store.users import User
from tests.journeys.looks import look
from tests.journeys.steps import give_log_in, press
from tests.support.attempts import add_person
from tests.support.browser import Visitor
from tests.support.classes import (
    add_assignment,
    add_class,
    add_group,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    principal,
)
from tests.support.people import add_invitation

ROWS = "name;email;role\nAda;ada@example.org;\nBo;bo@example.org;boss\nCy;cy@example.org;\n"

Visit = Callable[..., Visitor]


@pytest.fixture
def web(live_app: Flask) -> int:
    with live_app.app_context():
        iris = add_instructor("Iris", email="iris@example.org")
        class_id = add_class(
            "Web engineering and everything that belongs to it", instructor=iris,
            join_code="CDFGHJKMNP", description="Mondays at nine.\nBring a laptop.",
        )  # fmt: skip
        group = add_group(class_id, "Thursday, the very early birds")
        add_learners(class_id, "Ada", "Zoë", group_id=group, time_factor=1.5)
        add_member(class_id, add_person("Asa"), "assistant")
        add_invitation(class_id, "somebody.with.a.long.address@students.example.org")
        add_invitation(class_id, "late@example.org", group_id=group, role="assistant")
        add_assignment(class_id, add_set_version(iris), title="First test")
        return class_id


def entered(visitor: Visitor, app: Flask, email: str) -> Page:
    """A browser in which the person with this address is logged in."""
    with app.app_context():
        give_log_in(visitor, app, principal(_number(email)))
    return visitor.page()


def _number(email: str) -> int:
    return int(db.session.execute(sa.select(User.id).where(User.email == email)).scalar_one())


def test_every_page_is_fit_for_its_readers(live_app: Flask, visitor: Visitor, web: int) -> None:
    visitor.complaints.expect("422")
    page = entered(visitor, live_app, "iris@example.org")
    for name, path in (
        ("classes", "/classes"),
        ("class-new", "/classes/new"),
        ("class", f"/classes/{web}"),
        ("class-settings", f"/classes/{web}/settings"),
        ("people", f"/classes/{web}/people"),
        ("people-none", f"/classes/{web}/people?q=nobody"),
        ("place", f"/classes/{web}/people/2/place"),
        ("roster", f"/classes/{web}/people/import"),
        ("join", "/classes/join"),
        ("joining", "/classes/join/CDFGHJKMNP"),
    ):
        page.goto(path)
        look(page, name)
    page.goto(f"/classes/{web}/people")
    page.get_by_label("Email address").fill("nobody@example")
    press(page, "Invite")
    look(page, "people-refused")


def test_a_roster_is_looked_at_mended_and_invited(
    live_app: Flask, visitor: Visitor, web: int
) -> None:
    page = entered(visitor, live_app, "iris@example.org")
    page.goto(f"/classes/{web}/people/import")
    page.get_by_label("Or its rows").fill(ROWS)
    press(page, "Show what would happen")
    look(page, "roster-trial")
    page.get_by_label("Rows", exact=True).fill(ROWS.replace("boss", "assistant"))
    press(page, "Check again")
    press(page, "Invite these 3 people")
    expect(page.get_by_text("Invited: 3. Invitations changed: 0.")).to_be_visible()


def test_the_link_is_copied_by_its_button(live_app: Flask, visitor: Visitor, web: int) -> None:
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = entered(visitor, live_app, "iris@example.org")
    page.goto(f"/classes/{web}")
    press(page, "Copy")
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.get_by_label("Link").input_value()
    assert copied.endswith("/classes/join/CDFGH-JKMNP")


def test_filters_swap_the_list_and_the_back_button_brings_it_back(
    live_app: Flask, visitor: Visitor, web: int
) -> None:
    page = entered(visitor, live_app, "iris@example.org")
    page.goto(f"/classes/{web}/people")
    page.locator("#people-filters").get_by_label("Name").fill("zo")
    press(page, "Show")
    expect(page.locator("#people tbody tr")).to_have_count(1)
    assert "q=zo" in page.url
    page.go_back()
    expect(page.get_by_role("heading", name="Learners")).to_be_visible()


def test_an_invited_person_accepts(live_app: Flask, visit: Visit, web: int) -> None:
    with live_app.app_context():
        add_person("Late", email="late@example.org")
    page = entered(visit(), live_app, "late@example.org")
    page.goto("/classes")
    look(page, "invited")
    press(page, "Accept")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Web engineering and everything that belongs to it"
    )

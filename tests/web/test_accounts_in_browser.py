from collections.abc import Callable

import pytest
from flask import Flask

from interview.services.guests import GUEST_SET
from tests.support.accounts import ADA, add_account
from tests.support.browser import Visitor, axe, picture
from tests.support.candidate import add_bank

Visit = Callable[..., Visitor]


def test_the_browsers_time_zone_is_chosen_and_can_be_changed(visit: Visit) -> None:
    page = visit(timezone_id="Asia/Tokyo").page("/register")
    zone = page.get_by_label("Time zone")
    assert zone.input_value() == "Asia/Tokyo"
    zone.select_option("Europe/Paris")
    page.get_by_label("Email address").fill(ADA.email)
    page.get_by_label("Display name").fill(ADA.name)
    page.get_by_label("Password", exact=True).fill(ADA.password)
    page.get_by_role("button", name="Register").click()
    page.get_by_role("link", name=ADA.name).click()
    assert page.get_by_label("Time zone").input_value() == "Europe/Paris"


def test_a_zone_that_was_chosen_outlives_an_error(visit: Visit) -> None:
    visitor = visit(timezone_id="Asia/Tokyo")
    visitor.complaints.expect("422")
    page = visitor.page("/register")
    page.get_by_label("Time zone").select_option("UTC")
    page.get_by_label("Email address").fill(ADA.email)
    page.get_by_label("Display name").fill(ADA.name)
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Register").click()
    page.get_by_text("at least 10 characters").wait_for()
    assert page.get_by_label("Time zone").input_value() == "UTC"
    picture(page, "register-error")


def test_a_password_can_be_looked_at_and_is_hidden_again_when_sent(
    live_app: Flask, visitor: Visitor
) -> None:
    add_account(live_app)
    page = visitor.page("/log-in")
    field = page.get_by_label("Password", exact=True)
    page.get_by_label("Email address").fill(ADA.email)
    field.fill(ADA.password)
    page.get_by_role("button", name="Show password").click()
    assert field.get_attribute("type") == "text"
    page.evaluate(
        """document.querySelector("#log-in").addEventListener("submit", (event) => {
             event.preventDefault();
             document.title = document.querySelector("#password").type;
           })"""
    )
    page.get_by_role("button", name="Log in").click()
    assert page.title() == "password"


def test_a_visitor_tries_one_interview_and_keeps_it(live_app: Flask, visitor: Visitor) -> None:
    with live_app.app_context():
        add_bank(3, GUEST_SET)
    page = visitor.page("/")
    picture(page, "landing")
    page.get_by_role("button", name="Try one short interview").click()
    page.get_by_label("Your answer").fill("It is the point that has to be made.")
    page.goto("/register")
    page.get_by_label("Email address").fill(ADA.email)
    page.get_by_label("Display name").fill(ADA.name)
    page.get_by_label("Password", exact=True).fill(ADA.password)
    page.get_by_role("button", name="Register").click()
    page.get_by_role("heading", name="Hello, Ada").wait_for()
    picture(page, "dashboard")
    assert axe(page) == []
    page.get_by_role("button", name="Continue Three questions").click()
    page.get_by_label("Your answer").wait_for()


@pytest.mark.parametrize(
    "path", ["/", "/register", "/log-in", "/reset-password", "/how-grading-works", "/confirm/x"]
)
def test_pages_for_visitors_can_be_used_by_everybody(visitor: Visitor, path: str) -> None:
    visitor.complaints.expect("410")
    page = visitor.page(path)
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320

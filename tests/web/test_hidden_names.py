"""Names that somebody hid stay hidden from an appeal on to the regrade that follows."""

import pytest
from flask import Flask

from interview.services.jobs.running import run_due
from tests.support.appealed import Appealed, appealed
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page

HIDDEN = "?names=hidden"


@pytest.fixture
def case(app: Flask, client: CheckingClient) -> Appealed:
    """Ada has contested a key point; Iris is logged in."""
    with app.app_context():
        made = appealed()
        assert made.contest() == 1
    client.log_in(made.iris.id)
    return made


def names_nobody(page: Page) -> bool:
    return "Ada" not in page.html and "hidden" in page.html


@pytest.mark.usefixtures("case")
def test_what_an_appeal_leads_to_names_nobody(client: CheckingClient) -> None:
    page = client.get(f"/appeals/1{HIDDEN}")
    assert names_nobody(page)
    for path in [link.get("href") or "" for link in page.select("main article a")]:
        assert names_nobody(client.get(path)), path


@pytest.mark.usefixtures("case")
def test_a_regrade_names_nobody_until_somebody_asks(
    app: Flask, client: CheckingClient, clock: FakeClock
) -> None:
    page = client.get(f"/appeals/1{HIDDEN}")
    working = client.submit(page, "Decide", choice="accept")
    assert working.one("#regrade").get("hx-get") == "/regrades/1?names=hidden"
    with app.app_context():
        run_due(clock)
    shown = client.click(working, "Look again")
    assert "The contested answer goes from" in shown.text
    pages = [shown, client.post(f"/regrades/1/accept{HIDDEN}", {"policy": "x"})]
    applying = client.submit(shown, "apply-form")
    with app.app_context():
        run_due(clock)
    done = client.click(applying, "Look again")
    asked = client.click(done, "Take it back")
    pages += [done, client.click(asked, "Leave it as it is"), client.click(done, "The appeal")]
    undoing = client.submit(asked, "undo-form", reason="Too far.")
    with app.app_context():
        run_due(clock)
    pages.append(client.click(undoing, "Look again"))
    for one in pages:
        assert names_nobody(one), one
    assert "Ada" in client.click(done, "Show names").text

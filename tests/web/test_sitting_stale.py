"""A form whose token has expired: refused, and nothing that was typed is lost."""

import pytest
from flask import Flask

from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.sitter import BUTTONS, Sitter, sit, typed


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock)


def send_stale(sitter: Sitter, page: Page, text: str) -> Page:
    return sitter.client.submit(page, BUTTONS["submit"], csrf_token="stale", answer=text)


@pytest.mark.parametrize("button", ["submit", "skip", "flag", "overview"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_answer_comes_back_in_the_same_form_and_goes_through_the_second_time(
    sitter: Sitter, button: str, htmx: bool
) -> None:
    page = sitter.open()
    stale = sitter.client.submit(
        page, BUTTONS[button], answer=GOOD, csrf_token="stale", htmx=htmx and button == "skip"
    )
    assert stale.status == 400
    assert "had grown stale, so nothing was handed in" in stale.text
    assert typed(stale) == GOOD
    assert stale.token != "stale"
    with sitter.behind() as candidate:
        assert candidate.submissions() == []
        assert not candidate.item(1).flagged
    assert sitter.client.submit(stale, BUTTONS["submit"], htmx=htmx).status == 200
    with sitter.behind() as candidate:
        assert [s.text for s in candidate.submissions()] == [GOOD]


@pytest.mark.parametrize("token", ["", "garbage", None])
def test_a_missing_token_is_as_good_as_a_wrong_one(sitter: Sitter, token: str | None) -> None:
    page = sitter.open()
    stale = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD, csrf_token=token)
    assert stale.status == 400
    assert typed(stale) == GOOD


def test_the_token_of_somebody_else_is_refused(sitter: Sitter, app: Flask) -> None:
    foreign = CheckingClient(app).get("/").token
    page = sitter.open()
    stale = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD, csrf_token=foreign)
    assert stale.status == 400


def test_a_token_from_before_the_log_out_is_refused(sitter: Sitter) -> None:
    page = sitter.open()
    sitter.client.post("/log-out")
    sitter.client.log_in(sitter.candidate.user_id)
    stale = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD)
    assert (stale.status, typed(stale)) == (400, GOOD)


def test_a_stale_page_still_does_not_overwrite_another_tab(sitter: Sitter) -> None:
    page = sitter.open()
    sitter.save("from the other tab", writer="other")
    stale = send_stale(sitter, page, "from this tab")
    assert typed(stale) == "from this tab"
    conflict = sitter.client.submit(stale, BUTTONS["submit"])
    assert conflict.status == 409
    assert typed(conflict) == "from this tab"
    assert conflict.one("#other-text").text == "from the other tab"
    with sitter.behind() as candidate:
        assert candidate.submissions() == []


def test_a_stale_answer_to_a_closed_question_is_given_back(sitter: Sitter) -> None:
    page = sitter.open()
    sitter.client.submit(page, BUTTONS["submit"], answer=GOOD)
    stale = send_stale(sitter, page, "second thoughts")
    assert stale.status == 409
    assert stale.one("#late-text").text == "second thoughts"


def test_a_stale_answer_to_somebody_elses_question_tells_nothing(
    sitter: Sitter, app: Flask, clock: FakeClock
) -> None:
    stranger = CheckingClient(app)
    other = sit(stranger, clock, slug="three")
    page = stranger.post(
        sitter.question_url(), data={"answer": GOOD, "csrf_token": "stale"}, csrf=False
    )
    assert page.status == 404
    assert other.attempt_id != sitter.attempt_id


def test_a_save_with_a_stale_token_says_so_and_a_fresh_one_is_at_hand(sitter: Sitter) -> None:
    sitter.open()
    refused = sitter.save("typed", csrf=False)
    assert (refused.status, refused.json) == (400, {"reason": "csrf"})
    fresh = sitter.client.get("/csrf-token").json
    assert isinstance(fresh, dict)
    assert fresh["logged_in"] is True
    saved = sitter.save("typed", csrf=False, headers={"X-CSRFToken": fresh["token"]})
    assert saved.status == 200


@pytest.mark.parametrize("tail", ["/finish", "/abandon", "/continue"])
def test_other_forms_of_an_attempt_change_nothing_without_a_token(
    sitter: Sitter, tail: str
) -> None:
    page = sitter.client.post(sitter.url(tail), csrf=False)
    assert page.status == 400
    assert page.texts("h1") == ["This page had grown stale"]
    with sitter.behind() as candidate:
        assert candidate.attempt().state == "open"

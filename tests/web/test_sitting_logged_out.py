"""A log-in that ends while somebody is typing: the text goes through the log-in with them."""

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.attempts import starting
from interview.services.unit import write
from interview.store.users import User
from tests.support.accounts import ADA, add_account, log_in
from tests.support.candidate import GOOD, MOCK, Candidate, add_bank
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, typed


@pytest.fixture
def sitter(app: Flask, client: CheckingClient, clock: FakeClock) -> Sitter:
    """Ada, who knows her password, at the first question."""
    ada = add_account(app)
    with app.app_context():
        choice = starting.Choice(set_slug=add_bank())
        attempt = starting.start(ada.id, choice, MOCK, clock())
    log_in(client)
    return Sitter(client, Candidate(ada.id, attempt, clock))


def end_log_ins(sitter: Sitter) -> None:
    """End every log-in, as a new password on another device does."""
    with sitter.behind() as candidate, write() as session:
        raised = sa.update(User).values(auth_epoch=User.auth_epoch + 1)
        session.execute(raised.where(User.id == candidate.user_id))


@pytest.mark.parametrize("button", ["submit", "skip"])
@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_sent_after_the_log_in_had_ended_is_saved_by_logging_in_again(
    sitter: Sitter, button: str, htmx: bool
) -> None:
    page = sitter.open()
    end_log_ins(sitter)
    asked = sitter.client.submit(page, BUTTONS[button], answer="typed\nin vain?", htmx=htmx)
    assert (asked.status, asked.is_full) == (401, True)
    assert "Nothing is lost" in asked.text
    assert asked.one("textarea[name=typed_text]").text == "typed\nin vain?"
    if htmx:
        assert asked.headers["HX-Retarget"] == "body"
    back = sitter.client.submit(asked, "log-in", email=ADA.email, password=ADA.password)
    assert back.path == sitter.question_url()
    assert typed(back) == "typed\nin vain?"
    assert "Your answer was kept" in back.text
    assert sitter.client.submit(back, BUTTONS["submit"]).path == sitter.question_url(2)


def test_an_emptied_session_keeps_the_answer_too(sitter: Sitter) -> None:
    page = sitter.open()
    sitter.client.flask.delete_cookie("session")
    asked = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD)
    assert asked.status == 401
    back = sitter.client.submit(asked, "log-in", email=ADA.email, password=ADA.password)
    assert (back.path, typed(back)) == (sitter.question_url(), GOOD)


def test_a_mistyped_password_does_not_cost_the_answer(sitter: Sitter) -> None:
    page = sitter.open()
    end_log_ins(sitter)
    asked = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD)
    again = sitter.client.submit(asked, "log-in", email=ADA.email, password="not this one")
    assert again.status == 422
    back = sitter.client.submit(again, "log-in", email=ADA.email, password=ADA.password)
    assert typed(back) == GOOD


def test_a_save_after_the_log_in_had_ended_writes_nothing_and_leads_to_log_in(
    sitter: Sitter,
) -> None:
    sitter.open()
    sitter.save("saved before")
    end_log_ins(sitter)
    refused = sitter.save("typed after", base=1, sequence=2)
    assert refused.status == 303
    assert (refused.location or "").startswith("/log-in")
    assert sitter.client.get("/csrf-token").json["logged_in"] is False  # type: ignore[index]
    log_in(sitter.client)
    assert typed(sitter.open()) == "saved before"


def test_without_any_session_a_save_is_told_that_its_token_is_stale(sitter: Sitter) -> None:
    sitter.open()
    sitter.client.flask.delete_cookie("session")
    refused = sitter.save("typed after")
    assert (refused.status, refused.json) == (400, {"reason": "csrf"})


def test_log_in_leads_back_to_the_question_that_was_asked_for(sitter: Sitter) -> None:
    end_log_ins(sitter)
    page = sitter.client.get(sitter.question_url(1), follow=True)
    back = sitter.client.submit(page, "log-in", email=ADA.email, password=ADA.password)
    assert back.path == sitter.question_url(1)


def test_a_fragment_is_never_swapped_for_a_log_in_form(sitter: Sitter) -> None:
    end_log_ins(sitter)
    page = sitter.client.get(sitter.question_url(1), htmx=True)
    assert (page.status, page.html) == (401, "")
    assert "next=" in page.headers["HX-Redirect"]

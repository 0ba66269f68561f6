"""Opening an attempt again, and hearing from a page, by their addresses."""

from typing import Any

import pytest
from flask import Flask

from tests.support.candidate import Candidate
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.running import Running, running
from tests.support.sitter import sit


@pytest.fixture
def test(app: Flask, client: CheckingClient, clock: FakeClock) -> Running:
    with app.app_context():
        made = running(clock)
    client.log_in(made.room.teacher)
    return made


@pytest.fixture
def ada(app: Flask, test: Running) -> Candidate:
    """Ada has answered one of three questions and handed in."""
    with app.app_context():
        found = test.start("Ada")
        found.question(1)
        found.submit(1)
        found.finish()
        return found


def look(client: CheckingClient, candidate: Candidate) -> Page:
    return client.get(f"/attempts/{candidate.attempt_id}/reopen")


def state(app: Flask, candidate: Candidate) -> str:
    with app.app_context():
        return str(candidate.attempt().state)


def test_the_page_says_what_it_does_and_the_button_does_it(
    app: Flask, client: CheckingClient, ada: Candidate
) -> None:
    page = look(client, ada)
    assert "1 answered, 2 not answered" in page.text
    done = client.submit(page, "Open 2 questions again", minutes="15", reason="A power cut")
    assert "Ada can go on until 09:15:00 UTC." in done.text
    assert done.texts("#live-table tbody .pill") == ["Working"]
    assert state(app, ada) == "open"


def test_the_learner_goes_on_where_questions_are_open(
    app: Flask, client: CheckingClient, ada: Candidate
) -> None:
    client.submit(look(client, ada), "reopen", reason="A power cut")
    client.log_in(ada.user_id)
    page = client.get(f"/attempts/{ada.attempt_id}/continue", follow=True)
    assert page.path == f"/attempts/{ada.attempt_id}/questions/2"
    assert page.texts(".clock-face") == ["until 09:10:00"]


def test_a_second_click_opens_nothing_and_says_so(client: CheckingClient, ada: Candidate) -> None:
    page = look(client, ada)
    client.submit(page, "reopen", reason="A power cut")
    again = client.submit(page, "reopen", reason="A power cut")
    assert again.status == 409
    assert "It is open already." in again.text


def test_where_all_was_answered_the_page_points_to_the_accommodation(
    app: Flask, client: CheckingClient, test: Running
) -> None:
    with app.app_context():
        ada = test.start("Ada")
        for position in (1, 2, 3):
            ada.question(position)
            ada.submit(position)
    page = look(client, ada)
    assert "Every question was answered" in page.text
    assert not page.select("form#reopen")
    card = client.click(page, "Accommodations of Ada")
    assert card.path == f"/assignments/{test.room.assignment}/accommodations/{ada.user_id}"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"minutes": "1441"}, "Enter whole minutes from 1 to 1440."),
        ({"minutes": ""}, "Enter a number of minutes."),
        ({"reason": ""}, "Say why"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    app: Flask, client: CheckingClient, ada: Candidate, typed: dict[str, str], told: str
) -> None:
    fields: dict[str, Any] = {"minutes": "20", "reason": "A power cut", **typed}
    page = client.submit(look(client, ada), "reopen", **fields)
    assert (page.status, state(app, ada)) == (422, "finished")
    assert told in page.text
    assert page.one("#minutes").get("value") == fields["minutes"]


def test_attempts_of_others_are_not_found(
    app: Flask, client: CheckingClient, ada: Candidate, clock: FakeClock
) -> None:
    with app.app_context():
        elsewhere = running(clock)
    for person in (ada.user_id, elsewhere.room.teacher):
        client.log_in(person)
        assert look(client, ada).status == 404
        typed = {"minutes": "5", "reason": "Please"}
        assert client.post(f"/attempts/{ada.attempt_id}/reopen", typed).status == 404
    assert state(app, ada) == "finished"


def test_the_page_of_an_attempt_is_told_its_clocks_in_milliseconds(
    app: Flask, client: CheckingClient, test: Running, clock: FakeClock
) -> None:
    with app.app_context():
        ada = test.start("Ada")
    client.log_in(ada.user_id)
    page = client.get(f"/attempts/{ada.attempt_id}/questions/1")
    address = str(page.one("#answer-form").get("data-presence"))
    face = page.one("[data-clock]")
    told = client.put(address)
    assert told.json == {
        "now": round(clock().timestamp() * 1000),
        "state": "open",
        "clocks": [
            {
                "name": "attempt",
                "deadline": int(face.get("data-deadline") or 0),
                "length": 3_600_000,
                "grace": 5000,
            }
        ],
    }


def test_own_practice_is_not_reported(client: CheckingClient, app: Flask, clock: FakeClock) -> None:
    sitter = sit(client, clock)
    assert sitter.open().one("#answer-form").get("data-presence") is None


def test_nobody_reports_for_somebody_else_or_without_a_token(
    app: Flask, client: CheckingClient, test: Running
) -> None:
    with app.app_context():
        ada = test.start("Ada")
    address = f"/attempts/{ada.attempt_id}/presence"
    assert client.put(address).status == 404
    client.log_in(ada.user_id)
    assert client.put(address, csrf=False).status == 400
    assert client.put(f"{address}?position=99").status == 404
    assert client.put(f"{address}?position=x").status == 200

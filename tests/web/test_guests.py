from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import guests
from interview.services.sweeping import sweep
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.web.config import Settings
from tests.support.accounts import (
    add_account,
    is_logged_in,
    own_number,
    try_it,
    user_count,
)
from tests.support.attempts import add_attempt
from tests.support.candidate import add_bank
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock


@pytest.fixture(autouse=True)
def _bank(app: Flask) -> None:
    with app.app_context():
        add_bank(3, guests.GUEST_SET)


def test_a_visitor_is_at_the_first_question_with_one_press(client: CheckingClient) -> None:
    page = try_it(client)
    assert page.path == "/attempts/1/questions/1"
    assert "1 of 3" in page.text


def test_a_guest_comes_back_after_closing_the_browser(client: CheckingClient) -> None:
    try_it(client)
    client.flask.delete_cookie("session")
    assert client.get("/").texts("h1") == ["Hello, guest"]


def test_a_guest_is_told_when_everything_is_removed(client: CheckingClient) -> None:
    assert "removed after 7 days" in client.get("/").text
    try_it(client)
    assert "removed 7 days after you began" in client.get("/").text
    assert "removed 7 days after you began" in client.get("/register").text


def test_what_a_guest_did_is_removed_after_seven_days(
    client: CheckingClient, app: Flask, clock: FakeClock
) -> None:
    try_it(client)
    with app.app_context():
        sweep(clock.advance(days=7))
    assert user_count(app) == 1
    with app.app_context():
        sweep(clock.advance(seconds=1))
    assert user_count(app) == 0
    assert not is_logged_in(client)


def test_pressing_again_continues_the_one_attempt(client: CheckingClient, app: Flask) -> None:
    page = try_it(client)
    again = client.post("/guest", follow=True)
    assert again.path == page.path
    assert user_count(app) == 1


def test_a_guest_who_has_finished_is_invited_to_register(
    client: CheckingClient, app: Flask
) -> None:
    try_it(client)
    with app.app_context():
        guest = own_number(client)
        _delete_attempts()
        add_attempt(guest)
    page = client.post("/guest", follow=True)
    assert page.path == "/register"
    assert page.texts("h1") == ["Register and keep your result"]
    assert "one session" in page.texts(".notice[data-kind=info]")[0]


def _delete_attempts() -> None:
    with write() as session:
        session.execute(sa.delete(Attempt))


def test_an_account_has_no_use_for_the_trial(client: CheckingClient, app: Flask) -> None:
    client.log_in(add_account(app).id)
    assert client.post("/guest").location == "/practise"
    assert user_count(app) == 1


def test_without_questions_no_guest_is_made(
    client: CheckingClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guests, "GUEST_SET", "no-such-set")
    assert client.post("/guest").status == 404
    assert user_count(app) == 0


class TestTooMany:
    """Guests are not made at will."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, log_in_limit="1 per 15 minutes")

    def test_an_address_makes_ten_times_as_many_guests_as_an_account_has_tries(
        self, app: Flask
    ) -> None:
        visitors = [CheckingClient(app) for _ in range(11)]
        answers = [visitor.post("/guest").status for visitor in visitors]
        assert answers == [303] * 10 + [429]
        assert user_count(app) == 10


def test_a_guest_may_sit_one_attempt_and_an_account_any_number(
    client: CheckingClient, app: Flask
) -> None:
    ada = add_account(app)
    with app.app_context():
        guest, _ = guests.start_as_guest(START)
        add_attempt(ada.id)
        assert guests.may_start(ada, START)
        assert not guests.may_start(guest, START)


def test_a_guest_whose_days_are_over_starts_nothing_that_would_be_removed(app: Flask) -> None:
    with app.app_context():
        guest, _ = guests.start_as_guest(START)
        _delete_attempts()
        assert guests.may_start(guest, START + timedelta(days=6, hours=23))
        assert not guests.may_start(guest, START + timedelta(days=7))
        assert guests.attempt_of_guest(guest.id) is None

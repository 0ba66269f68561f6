from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import guests, mail
from interview.services.principals import Principal, load_principal
from interview.services.sweeping import sweep
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import ADA, Postbox, add_account, is_logged_in, log_in, user_count
from tests.support.attempts import add_attempt, an_open
from tests.support.candidate import add_bank
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.page import Page


@pytest.fixture(autouse=True)
def _bank(app: Flask) -> None:
    with app.app_context():
        add_bank(3, guests.GUEST_SET)


def try_it(client: CheckingClient) -> Page:
    return client.submit(client.get("/"), "Try one short interview")


def register(client: CheckingClient, email: str = ADA.email) -> Page:
    return client.submit(
        client.get("/register"), "register",
        email=email, display_name=ADA.name, password=ADA.password,
    )  # fmt: skip


def attempts_of(app: Flask, user_id: int) -> list[int]:
    with app.app_context():
        owned = sa.select(Attempt.id).where(Attempt.user_id == user_id).order_by(Attempt.id)
        return list(db.session.scalars(owned))


def guest_of(client: CheckingClient) -> int:
    with client.flask.session_transaction() as session:
        return int(session["_user_id"].partition(".")[0])


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
        guest = guest_of(client)
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


def test_registering_as_a_guest_keeps_the_attempt(client: CheckingClient, app: Flask) -> None:
    try_it(client)
    guest = guest_of(client)
    before = attempts_of(app, guest)
    page = register(client)
    assert page.texts("h1") == ["Hello, Ada"]
    assert len(page.select(".card a[href$=continue]")) == 1
    assert user_count(app) == 1
    assert attempts_of(app, guest) == before


def test_whoever_still_holds_the_guests_cookie_does_not_get_the_account(
    client: CheckingClient, app: Flask
) -> None:
    try_it(client)
    thief = CheckingClient(app)
    thief.log_in(guest_of(client))
    assert is_logged_in(thief)
    register(client)
    assert is_logged_in(client)
    assert not is_logged_in(thief)


def test_logging_in_as_a_guest_moves_the_attempt_to_the_account(
    client: CheckingClient, app: Flask
) -> None:
    ada = add_account(app)
    try_it(client)
    guest = guest_of(client)
    before = attempts_of(app, guest)
    assert "moves to your account" in client.get("/log-in").text
    page = log_in(client)
    assert "in your history now" in page.texts(".notice[data-kind=ok]")[0]
    assert attempts_of(app, ada.id) == before
    assert user_count(app) == 1


def test_an_address_that_is_taken_tells_a_guest_how_to_keep_the_attempt(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    try_it(client)
    page = register(client)
    assert page.status == 422
    assert "log in instead" in page.texts("#email-error")[0]
    assert "what you did as a guest moves to it" in page.text


def test_two_open_attempts_at_the_same_set_are_both_kept(app: Flask) -> None:
    ada = add_account(app)
    with app.app_context():
        guest, theirs = guests.start_as_guest(START)
        own = add_attempt(ada.id, an_open(scope=_scope(theirs)))
        assert guests.hand_over(guest.id, ada.id) == 1
        states = db.session.execute(
            sa.select(Attempt.id, Attempt.state, Attempt.scope).where(Attempt.user_id == ada.id)
        ).all()
    assert {(row.id, row.state) for row in states} == {(own, "open"), (theirs, "open")}
    assert len({row.scope for row in states}) == 2


def _scope(attempt_id: int) -> str:
    return str(db.session.scalar(sa.select(Attempt.scope).where(Attempt.id == attempt_id)))


def test_an_account_is_never_handed_over_to_another(app: Flask) -> None:
    ada = add_account(app)
    bea = add_account(app, replace(ADA, email="bea@example.org"))
    with app.app_context():
        add_attempt(ada.id)
        assert guests.hand_over(ada.id, bea.id) == 0
    assert len(attempts_of(app, ada.id)) == 1
    assert user_count(app) == 2


class TestByMail:
    """Where mail is sent, the guest stays a guest until the address is confirmed."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return accounts.with_mail(settings)

    @pytest.fixture
    def postbox(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Postbox:
        box = Postbox(app)
        monkeypatch.setattr(mail, "post", box.post)
        return box

    def test_confirming_in_another_browser_keeps_the_attempt_and_ends_the_guest(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        try_it(client)
        guest = guest_of(client)
        before = attempts_of(app, guest)
        register(client)
        assert client.get("/").texts("h1") == ["Hello, guest"]
        phone = CheckingClient(app)
        page = phone.submit(phone.get(postbox.link()), "Confirm and log in")
        assert page.texts("h1") == ["Hello, Ada"]
        assert attempts_of(app, guest) == before
        assert not is_logged_in(client)
        assert log_in(client).path == "/"

    def test_a_guest_who_mistyped_the_address_can_register_again(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        try_it(client)
        guest = guest_of(client)
        register(client, "mistyped@example.org")
        mistyped = postbox.link()
        register(client)
        client.submit(client.get(postbox.link()), "Confirm and log in")
        assert len(attempts_of(app, guest)) == 1
        stranger = CheckingClient(app)
        page = stranger.submit(stranger.get(mistyped), "Confirm and log in")
        assert page.texts("h1") == ["Hello, Ada"]
        assert len(page.select(".card a[href$=continue]")) == 0, "it belongs to the other account"

    def test_a_guest_who_was_removed_meanwhile_still_gets_the_account(
        self, client: CheckingClient, app: Flask, postbox: Postbox, clock: FakeClock
    ) -> None:
        try_it(client)
        clock.advance(days=6)
        register(client)
        link = postbox.link()
        with app.app_context():
            sweep(clock.advance(days=1, seconds=1))
        page = client.submit(client.get(link), "Confirm and log in")
        assert page.texts("h1") == ["Hello, Ada"]
        with app.app_context():
            made = db.session.execute(sa.text("SELECT id FROM users")).scalar_one()
            assert isinstance(load_principal(made, 0), Principal)

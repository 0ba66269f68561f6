from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import guests, mail
from interview.services.principals import Principal, load_principal
from interview.services.sweeping import sweep
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import (
    ADA,
    Postbox,
    add_account,
    attempts_of,
    is_logged_in,
    log_in,
    own_number,
    register,
    try_it,
    user_count,
)
from tests.support.attempts import add_attempt, an_open
from tests.support.candidate import add_bank
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock


@pytest.fixture(autouse=True)
def _bank(app: Flask) -> None:
    with app.app_context():
        add_bank(3, guests.GUEST_SET)


def test_registering_as_a_guest_keeps_the_attempt(client: CheckingClient, app: Flask) -> None:
    try_it(client)
    guest = own_number(client)
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
    thief.log_in(own_number(client))
    assert is_logged_in(thief)
    register(client)
    assert is_logged_in(client)
    assert not is_logged_in(thief)


def test_logging_in_as_a_guest_moves_the_attempt_to_the_account(
    client: CheckingClient, app: Flask
) -> None:
    ada = add_account(app)
    try_it(client)
    guest = own_number(client)
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
        guest = own_number(client)
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
        guest = own_number(client)
        register(client, email="mistyped@example.org")
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

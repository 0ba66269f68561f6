from dataclasses import replace

import pytest
from flask import Flask

from interview.services import mail
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import ADA, Postbox, add_account, is_logged_in, log_in
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page

NEW = "another good password"


def change(client: CheckingClient, current: str = ADA.password, new: str = NEW) -> Page:
    page = client.get("/profile/password")
    return client.submit(page, "change-password", current_password=current, new_password=new)


def test_a_changed_password_ends_every_other_log_in_and_keeps_this_one(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    elsewhere = CheckingClient(app)
    log_in(client)
    log_in(elsewhere, remember="y")
    page = change(client)
    assert page.path == "/profile"
    assert "Every other log-in has ended" in page.texts(".notice")[0]
    assert is_logged_in(client)
    assert not is_logged_in(elsewhere)
    assert log_in(elsewhere).status == 422
    assert log_in(elsewhere, password=NEW).path == "/"


def test_a_remembered_log_in_stays_remembered_through_a_change(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    log_in(client, remember="y")
    change(client)
    client.flask.delete_cookie("session")
    assert is_logged_in(client)


def test_a_password_is_not_changed_without_the_current_one(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    log_in(client)
    page = change(client, current="a guess at it")
    assert page.status == 422
    assert page.texts("#current_password-error") == ["This is not your current password."]
    assert "a guess at it" not in page.html


def test_the_current_password_cannot_be_guessed_at_an_unwatched_screen(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    log_in(client)
    for _ in range(10):
        assert change(client, current="a guess at it").status == 422
    page = change(client)
    assert page.status == 429
    assert "wait" in page.texts(".notice[role=alert]")[0]


def test_a_profile_is_changed_and_times_are_shown_in_the_new_zone(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    log_in(client)
    page = client.get("/profile")
    assert page.one("select option[selected]").get("value") == "Europe/London"
    page = client.submit(page, "profile", display_name="Ada L.", time_zone="Asia/Tokyo")
    assert page.texts(".notice[data-kind=ok]") == ["Your profile was changed."]
    assert page.one("input[name=display_name]").get("value") == "Ada L."
    assert page.one("select option[selected]").get("value") == "Asia/Tokyo"


def test_a_profile_that_cannot_be_used_is_not_changed(client: CheckingClient, app: Flask) -> None:
    add_account(app)
    log_in(client)
    page = client.submit(client.get("/profile"), "profile", display_name="", time_zone="Nowhere")
    assert page.status == 422
    assert len(page.select(".field-error")) == 2
    assert client.get("/profile").one("input[name=display_name]").get("value") == "Ada"


def test_without_mail_the_page_says_who_can_read_the_link(client: CheckingClient) -> None:
    page = client.get("/reset-password")
    assert "console" in page.text
    page = client.submit(page, "ask-reset", email="unknown@example.org")
    assert "ask whoever runs it" in page.text


class TestForgotten:
    """A forgotten password is chosen anew by a link in a mail."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return accounts.with_mail(settings)

    @pytest.fixture
    def postbox(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Postbox:
        box = Postbox(app)
        monkeypatch.setattr(mail, "post", box.post)
        return box

    def ask(self, client: CheckingClient, email: str = ADA.email) -> Page:
        return client.submit(client.get("/reset-password"), "ask-reset", email=email)

    def test_the_answer_does_not_tell_whether_there_is_an_account(
        self, client: CheckingClient, app: Flask
    ) -> None:
        add_account(app)
        known, unknown = self.ask(client), self.ask(client, "unknown@example.org")
        assert (known.status, known.path) == (unknown.status, unknown.path)
        assert known.texts("main") == unknown.texts("main")

    def test_the_link_lets_choose_a_password_once_and_ends_every_log_in(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        add_account(app)
        elsewhere = CheckingClient(app)
        log_in(elsewhere)
        self.ask(client)
        link = postbox.link()
        page = client.submit(client.get(link), "reset-password", password=NEW)
        assert page.path == "/profile"
        assert not is_logged_in(elsewhere)
        assert client.get(link).status == 410
        assert log_in(elsewhere).status == 422

    def test_a_password_that_is_too_short_does_not_use_the_link_up(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        add_account(app)
        self.ask(client)
        link = postbox.link()
        page = client.submit(client.get(link), "reset-password", password="short")
        assert page.status == 422
        assert client.submit(page, "reset-password", password=NEW).path == "/profile"

    def test_a_link_works_for_an_hour(
        self, client: CheckingClient, app: Flask, postbox: Postbox, clock: FakeClock
    ) -> None:
        add_account(app)
        self.ask(client)
        page = client.get(postbox.link())
        clock.advance(minutes=61)
        assert client.submit(page, "reset-password", password=NEW).status == 410

    def test_links_begin_with_the_public_address_whatever_host_was_asked(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        add_account(app)
        page = client.get("/reset-password", headers={"Host": "evil.example"})
        client.post(
            "/reset-password",
            {"email": ADA.email, "csrf_token": page.token},
            headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
        )
        (letter,) = postbox.collect()
        assert "evil.example" not in letter.text
        assert f"{accounts.PUBLIC_URL}/reset-password/" in letter.text

    @pytest.mark.parametrize("email", [ADA.email, "unknown@example.org"])
    def test_mail_cannot_be_asked_for_at_will(
        self, client: CheckingClient, app: Flask, email: str
    ) -> None:
        add_account(app)
        for _ in range(10):
            assert self.ask(client, email).status == 200
        page = self.ask(client, email)
        assert page.status == 429
        assert "wait" in page.texts(".notice[role=alert]")[0]
        assert self.ask(client, replace(ADA, email="other@example.org").email).status == 200

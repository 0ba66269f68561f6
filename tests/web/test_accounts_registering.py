from typing import Any

import pytest
from flask import Flask

from interview.services import mail
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import ADA, Postbox, add_account, is_logged_in, register, user_count
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock


def test_registering_logs_in_at_once_where_no_mail_is_sent(
    client: CheckingClient, app: Flask
) -> None:
    page = register(client)
    assert page.path == "/"
    assert page.texts("h1") == ["Hello, Ada"]
    assert page.texts(".notice[data-kind=ok]") == ["Welcome, Ada. Your account is ready."]
    assert user_count(app) == 1


def test_the_password_field_of_a_registration_asks_for_a_new_one(client: CheckingClient) -> None:
    page = client.get("/register")
    assert page.one("input[name=password]").get("autocomplete") == "new-password"
    assert page.one("input[name=email]").get("autocomplete") == "username"


def test_limits_are_stated_before_they_are_broken(client: CheckingClient) -> None:
    hints = " ".join(client.get("/register").texts("small"))
    for limit in ("254 characters", "80 characters", "10 to 1,000 characters"):
        assert limit in hints


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("email", "", "Enter your email address."),
        ("email", "nobody", "@"),
        ("email", f"{'a' * 250}@example.org", "254 characters"),
        ("display_name", " ", "Enter the name"),
        ("display_name", "x" * 81, "80 characters"),
        ("password", "short", "at least 10 characters"),
        ("password", "x" * 1001, "1,000 characters"),
        ("time_zone", "Mars/Base", "from the list"),
    ],
)
def test_a_registration_that_cannot_be_used_says_why_and_keeps_what_was_typed(
    client: CheckingClient, app: Flask, field: str, value: str, said: str
) -> None:
    page = register(client, **{field: value})
    assert page.status == 422
    assert said in page.one(f"[id={field}-error]").text_content()
    assert page.one(f"[name={field}]").get("aria-invalid") == "true"
    assert user_count(app) == 0
    if field != "display_name":
        assert page.one("input[name=display_name]").get("value") == ADA.name
    if field != "time_zone":
        assert page.one("select[name=time_zone] option[selected]").get("value") == ADA.zone


def test_a_password_is_never_sent_back(client: CheckingClient) -> None:
    page = register(client, email="nobody", password="my secret password")
    assert "my secret password" not in page.html


def test_an_address_that_is_taken_is_an_error_of_its_field(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    page = register(client, email="ADA@example.org")
    assert page.status == 422
    assert "log in instead" in page.texts("#email-error")[0]
    assert not is_logged_in(client)


def test_somebody_who_is_logged_in_is_led_home(client: CheckingClient, app: Flask) -> None:
    client.log_in(add_account(app).id)
    assert client.get("/register").location == "/"


class TestByMail:
    """Where mail is sent, an address is confirmed before there is an account."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return accounts.with_mail(settings)

    @pytest.fixture
    def postbox(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Postbox:
        box = Postbox(app)
        monkeypatch.setattr(mail, "post", box.post)
        return box

    def test_the_link_leads_to_an_account(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        assert register(client).texts("h1") == ["Check your mail"]
        assert user_count(app) == 0
        page = client.get(postbox.link())
        assert ADA.email in page.text
        assert user_count(app) == 0, "a program that follows links must not confirm"
        page = client.submit(page, "Confirm and log in")
        assert page.texts("h1") == ["Hello, Ada"]
        assert user_count(app) == 1

    def test_the_answer_is_the_same_where_the_address_has_an_account(
        self, client: CheckingClient, app: Flask
    ) -> None:
        unknown = register(client, email="unknown@example.org")
        add_account(app)
        known = register(client)
        assert (known.status, known.path) == (unknown.status, unknown.path)
        assert known.texts("main") == unknown.texts("main")

    def test_the_owner_of_an_account_is_told_and_keeps_the_password(
        self, client: CheckingClient, app: Flask, postbox: Postbox
    ) -> None:
        add_account(app)
        register(client, password="a password of somebody else")
        (letter,) = postbox.collect()
        assert letter.subject == "You already have an account at Mock Interview"
        assert not is_logged_in(client)
        assert accounts.log_in(client).path == "/"

    def test_a_link_that_was_used_says_so(self, client: CheckingClient, postbox: Postbox) -> None:
        register(client)
        link = postbox.link()
        client.submit(client.get(link), "Confirm and log in")
        page = client.get(link)
        assert (page.status, page.texts("h1")) == (410, ["This link no longer works"])

    def test_a_link_that_lapsed_while_it_was_open_says_so(
        self, client: CheckingClient, app: Flask, postbox: Postbox, clock: FakeClock
    ) -> None:
        register(client)
        page = client.get(postbox.link())
        clock.advance(days=2, seconds=1)
        assert client.submit(page, "Confirm and log in").status == 410
        assert user_count(app) == 0


def test_registering_leads_on_to_where_the_visitor_wanted_to_go(client: CheckingClient) -> None:
    asked = client.get("/history?topic=Django", follow=True)
    form = client.get(asked.one("main a[href*=register]").get("href") or "")
    page = client.submit(form, "register", **typed())
    assert page.path == "/history?topic=Django"


def test_registering_never_leads_to_another_site(client: CheckingClient) -> None:
    form = client.get("/register?next=https://example.org/")
    assert client.submit(form, "register", **typed()).path == "/"


def test_who_has_an_account_after_all_is_led_on_by_logging_in(client: CheckingClient) -> None:
    form = client.get("/register?next=/history")
    assert form.one("main a[href*=log-in]").get("href") == "/log-in?next=/history"


def typed() -> dict[str, Any]:
    names = {"email": ADA.email, "display_name": ADA.name, "password": ADA.password}
    return {**names, "time_zone": ADA.zone}

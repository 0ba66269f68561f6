import re
from dataclasses import replace

import pytest
from flask import Flask, session
from werkzeug.http import parse_cookie

from interview.web.config import Settings
from tests.support.accounts import ADA, add_account, is_logged_in, log_in
from tests.support.client import CheckingClient
from tests.support.page import Page

WRONG = [("ada@example.org", "not the password"), ("unknown@example.org", ADA.password),
         ("not an address", ADA.password)]  # fmt: skip


def cookie(page: Page, name: str) -> str | None:
    """What an answer sets a cookie to; empty when it takes it away."""
    for header in page.headers.getlist("Set-Cookie"):
        values = parse_cookie(header.partition(";")[0])
        if name in values:
            return values[name]
    return None


def test_the_right_password_logs_in(client: CheckingClient, app: Flask) -> None:
    add_account(app)
    page = log_in(client, email=" ADA@Example.org ")
    assert (page.path, page.texts("h1")) == ("/", ["Hello, Ada"])


@pytest.mark.parametrize(("email", "password"), WRONG)
def test_what_is_wrong_is_not_told(
    client: CheckingClient, app: Flask, email: str, password: str
) -> None:
    add_account(app)
    page = log_in(client, email=email, password=password)
    assert page.status == 422
    assert page.texts(".notice[role=alert]") == [
        "This address and password do not belong together. Check both and try again."
    ]
    assert page.one("input[name=email]").get("value") == email
    assert password not in page.html
    assert not is_logged_in(client)


def test_fields_of_the_log_in_form_can_be_filled_by_a_password_manager(
    client: CheckingClient,
) -> None:
    page = client.get("/log-in")
    assert page.one("input[name=email]").get("autocomplete") == "username"
    assert page.one("input[name=password]").get("autocomplete") == "current-password"


@pytest.mark.parametrize("missing", ["email", "password"])
def test_an_empty_field_is_named(client: CheckingClient, missing: str) -> None:
    given = {"email": ADA.email, "password": ADA.password, missing: ""}
    page = log_in(client, email=given["email"], password=given["password"])
    assert page.status == 422
    assert len(page.select(f"#{missing}-error")) == 1


def test_a_password_too_long_to_be_one_is_not_hashed(
    client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview.services.accounts.entering.is_right", None)
    assert log_in(client, password="x" * 1001).status == 422


def test_logging_in_leads_where_it_was_asked_for(client: CheckingClient, app: Flask) -> None:
    add_account(app)
    page = client.get("/profile", follow=True)
    assert page.path == "/log-in?next=/profile"
    page = client.submit(page, "log-in", email=ADA.email, password=ADA.password)
    assert page.path == "/profile"


@pytest.mark.parametrize("next_", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_logging_in_never_leads_to_another_site(
    client: CheckingClient, app: Flask, next_: str
) -> None:
    add_account(app)
    form = client.get("/log-in", query_string={"next": next_})
    page = client.submit(form, "log-in", follow=False, email=ADA.email, password=ADA.password)
    assert page.location == "/"
    assert client.get("/log-in", query_string={"next": next_}).location == "/"


def test_nothing_of_the_session_before_survives_a_log_in(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    page = client.get("/log-in")
    with client.flask.session_transaction() as planted:
        planted["planted"] = "by somebody else"
        secret = planted["csrf_token"]
    with client.flask:
        client.submit(page, "log-in", follow=False, email=ADA.email, password=ADA.password)
        assert "planted" not in session
        assert session.get("csrf_token") != secret
    old_token = page.token
    refused = client.post("/log-out", headers={"X-CSRFToken": str(old_token)})
    assert refused.status == 400


def test_logging_out_ends_the_log_in(client: CheckingClient, app: Flask) -> None:
    add_account(app)
    page = log_in(client)
    page = client.submit(page, "Log out")
    assert page.texts(".notice[data-kind=ok]") == ["You are logged out."]
    assert not is_logged_in(client)


def test_logging_out_needs_a_post(client: CheckingClient) -> None:
    assert client.get("/log-out").status == 405


def test_a_log_in_is_remembered_only_when_asked(client: CheckingClient, app: Flask) -> None:
    add_account(app)
    form = client.get("/log-in")
    typed = {"email": ADA.email, "password": ADA.password}
    page = client.post("/log-in", {**typed, "csrf_token": form.token})
    assert cookie(page, "remember_token") is None
    client.submit(client.get("/"), "Log out")
    form = client.get("/log-in")
    page = client.post("/log-in", {**typed, "csrf_token": form.token, "remember": "y"})
    assert cookie(page, "remember_token")
    client.flask.delete_cookie("session")
    assert is_logged_in(client)


def test_logging_out_forgets_what_was_remembered(client: CheckingClient, app: Flask) -> None:
    add_account(app)
    page = log_in(client, remember="y")
    page = client.submit(page, "Log out", follow=False)
    assert cookie(page, "remember_token") == ""
    client.flask.delete_cookie("session")
    assert not is_logged_in(client)


def test_logging_in_takes_away_what_was_remembered_of_somebody_else(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    bea = replace(ADA, email="bea@example.org")
    add_account(app, bea)
    log_in(client, remember="y")
    page = client.get("/")
    typed = {"email": bea.email, "password": bea.password, "csrf_token": page.token}
    assert client.post("/log-in", typed).location == "/"
    assert is_logged_in(client)
    client.flask.delete_cookie("session")
    assert not is_logged_in(client)


def test_a_log_in_without_a_token_of_this_browser_is_refused(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    typed = {"email": ADA.email, "password": ADA.password}
    assert client.post("/log-in", typed, csrf=False).status == 400
    assert not is_logged_in(client)


@pytest.mark.parametrize("path", ["/log-in", "/register", "/reset-password", "/log-out", "/guest",
                                  "/theme", "/profile", "/profile/password", "/confirm/x",
                                  "/reset-password/x"])  # fmt: skip
def test_every_form_needs_a_token(client: CheckingClient, path: str) -> None:
    assert client.post(path, {}, csrf=False).status == 400


def test_log_in_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: CheckingClient, app: Flask
) -> None:
    add_account(app)
    page = client.submit(
        client.get("/log-in"), "log-in", follow=False,
        email=ADA.email, password=ADA.password, remember="y",
    )  # fmt: skip
    headers = page.headers.getlist("Set-Cookie")
    assert len(headers) == 2
    assert all("HttpOnly" in header and "SameSite=Lax" in header for header in headers)


class TestTooManyTries:
    """Passwords cannot be tried at will, neither of one account nor from one address."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, log_in_limit="2 per 15 minutes")

    @pytest.mark.parametrize("email", ["ada@example.org", "unknown@example.org"])
    def test_an_account_is_closed_for_a_while_whether_or_not_there_is_one(
        self, client: CheckingClient, app: Flask, email: str
    ) -> None:
        add_account(app)
        for spelling in (email, email.upper()):
            assert log_in(client, email=spelling, password="a guess at it").status == 422
        page = log_in(client, email=email)
        assert page.status == 429
        assert re.search("wait 1[56] minutes", page.texts(".notice[role=alert]")[0])
        assert page.one("input[name=email]").get("value") == email
        assert int(page.headers["Retry-After"]) > 0

    def test_other_accounts_stay_open(self, client: CheckingClient, app: Flask) -> None:
        add_account(app)
        for _ in range(3):
            log_in(client, email="bea@example.org")
        assert log_in(client).path == "/"

    def test_an_address_has_ten_times_as_many_tries(
        self, client: CheckingClient, app: Flask
    ) -> None:
        add_account(app)
        for number in range(20):
            assert log_in(client, email=f"{number}@example.org").status == 422
        assert log_in(client).status == 429

    def test_log_ins_that_succeed_hold_nobody_up_at_the_same_address(
        self, client: CheckingClient, app: Flask
    ) -> None:
        details = [replace(ADA, email=f"{number}@example.org") for number in range(21)]
        for one in details:
            add_account(app, one)
        for one in details:
            assert log_in(CheckingClient(app), one).path == "/"
        assert client.get("/log-in").status == 200

"""What every answer carries, what every write must show, and errors that are pages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.store.db import Base, db
from interview.web.assets import ASSETS
from interview.web.config import Settings
from tests.support.accounts import ADA, add_account, log_in
from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.sitter import Sitter, sit

CSP = "Content-Security-Policy"
ROWS = {"attempt_id": 1, "position": 1, "token": "x", "what": "reset", "slug": "x"}
PATHS = (
    "/",
    "/log-in",
    "/practise",
    "/healthz",
    "/readyz",
    "/csrf-token",
    "/static/app.css",
    "/static/missing.css",
    "/history",
    "/nowhere",
)


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_headers(client: CheckingClient, path: str) -> None:
    page = client.get(path)
    # A file that is sent stays open until then.
    page.response.close()
    headers = page.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers[CSP].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == f"'self' {ASSETS['htmx'].url}"
    assert policy["style-src"] == f"'self' {ASSETS['pico'].url}"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers[CSP]
    assert headers["X-Content-Type-Options"] == "nosniff"
    # no-referrer would break the check of forms over HTTPS.
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


def test_nothing_of_a_person_is_kept_by_a_cache(sitter: Sitter) -> None:
    pages = [sitter.open(), sitter.open(htmx=True), sitter.save("x"), sitter.press("overview")]
    pages += [sitter.client.get(path) for path in ("/", "/history", "/csrf-token", "/nowhere")]
    pages.append(sitter.client.post(sitter.url("/finish"), follow=True))
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store", page


def test_static_files_may_be_kept(client: CheckingClient) -> None:
    page = client.get("/static/app.css")
    page.response.close()
    assert "no-store" not in page.headers["Cache-Control"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    cookie = CheckingClient(app).get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


class TestInProduction:
    @pytest.fixture
    def backend(self) -> str:
        return "sqlite"

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, secure_cookies=True, assets="vendor")

    def test_cookies_are_secure_and_browsers_stay_on_https(self, client: CheckingClient) -> None:
        page = client.get("/", base_url="https://localhost")
        assert "; Secure" in page.headers["Set-Cookie"]
        assert page.headers["Strict-Transport-Security"] == "max-age=31536000"

    def test_vendored_files_leave_no_other_host_in_the_policy(self, client: CheckingClient) -> None:
        page = client.get("/", base_url="https://localhost")
        assert "http" not in page.headers[CSP]
        assert "cdn." not in page.html


def writes(app: Flask) -> Iterator[tuple[str, str]]:
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
            yield (
                method,
                adapter.build(rule.endpoint, {name: ROWS.get(name, 1) for name in rule.arguments}),
            )


def everything(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """All rows of the database."""
    with app.app_context():
        return {
            name: [tuple(row) for row in db.session.execute(sa.select(table))]
            for name, table in Base.metadata.tables.items()
        }


@pytest.mark.parametrize("token", ["none", "garbage", "of another session"])
def test_no_write_is_done_without_a_token_of_the_same_session(
    app: Flask, clock: FakeClock, token: str
) -> None:
    client = CheckingClient(app)
    sit(client, clock).open()
    other = CheckingClient(app).get("/").token
    sent = {"none": None, "garbage": "x", "of another session": other}[token]
    before = everything(app)
    for method, path in writes(app):
        headers = {"X-CSRFToken": sent} if sent else {}
        data = {"answer": GOOD, "email": ADA.email, **({"csrf_token": sent} if sent else {})}
        page = client.request(method, path, csrf=False, headers=headers, data=data)
        assert page.status == 400, (method, path, page.status)
    assert everything(app) == before


def test_a_stale_form_gives_back_what_was_typed_but_no_password(
    app: Flask, client: CheckingClient
) -> None:
    add_account(app)
    page = client.get("/log-in")
    typed = "ada@example.org <b>"
    stale = client.submit(page, "log-in", email=typed, password=ADA.password, csrf_token="stale")
    assert stale.status == 400
    assert stale.texts("textarea") == [typed]
    assert ADA.password not in stale.html
    assert "stale" not in [area.text for area in stale.select("textarea")]


def test_a_token_serves_a_whole_session(sitter: Sitter, clock: FakeClock) -> None:
    page = sitter.open()
    clock.advance(days=20)
    assert sitter.client.submit(page, "Skip", answer="kept").path == sitter.question_url(2)
    assert sitter.client.submit(page, "Flag", answer="kept").status == 200


def is_page(page: Page, status: int) -> None:
    assert (page.status, page.is_full) == (status, True)
    assert page.texts(".eyebrow") == [str(status)]
    assert page.select("main a[role=button]")


def test_what_there_is_not_is_a_page(client: CheckingClient) -> None:
    is_page(client.get("/nowhere"), 404)
    is_page(client.get("/nowhere", htmx=True), 404)


def test_a_wrong_method_is_a_page(client: CheckingClient) -> None:
    page = client.post("/practise")
    is_page(page, 405)
    assert "GET" in page.headers["Allow"]
    is_page(client.get("/log-out"), 405)


@pytest.mark.parametrize("size", [2 * 1024 * 1024, 5 * 1024 * 1024])
def test_an_oversized_body_is_a_page_that_says_the_limit(sitter: Sitter, size: int) -> None:
    page = sitter.client.post(sitter.question_url(), data={"answer": "x" * size})
    is_page(page, 413)
    assert "20,000 characters" in page.text
    assert sitter.save("x" * size).status == 413
    log_in_page = sitter.client.post("/log-in", data={"email": "x" * size})
    is_page(log_in_page, 413)


@pytest.mark.parametrize("kind", ["multipart/form-data", "application/x-www-form-urlencoded"])
def test_a_body_of_many_small_parts_is_refused_too(sitter: Sitter, kind: str) -> None:
    fields = {f"field-{number}": "x" for number in range(2000)}
    is_page(sitter.client.post(sitter.question_url(), data=fields, content_type=kind), 413)


@pytest.mark.parametrize("path", ["/bank/new", "/bank/import"])
def test_nobody_has_millions_of_fields_read_where_much_may_be_sent(
    client: CheckingClient, path: str
) -> None:
    kind = "application/x-www-form-urlencoded"
    page = client.request("POST", path, data="&a" * 3_000_000, content_type=kind, csrf=False)
    is_page(page, 413)


def test_a_fault_of_ours_is_a_page_for_visitors_and_learners(
    app: Flask, client: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("a secret detail")

    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "home.how_it_works", fail)
    page = client.get("/how-grading-works")
    is_page(page, 500)
    assert CSP in page.headers
    add_account(app)
    log_in(client)
    page = client.get("/how-grading-works", htmx=True)
    is_page(page, 500)
    assert "secret detail" not in page.html
    # What a learner had typed stays where it is: the error is never swapped over it.
    assert page.headers["HX-Reswap"] == "none"

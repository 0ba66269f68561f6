"""A database that is locked, slow or away: requests wait or say so, and nothing typed is lost."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import TimeoutError as PoolTimeout

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import drafts
from interview.store.db import db
from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.postgres import Postgres
from tests.support.sitter import BUTTONS, sit, typed
from tests.support.threads import meanwhile

LOCKED_SECONDS = 3.0


@contextmanager
def write_lock(url: str) -> Iterator[sqlite3.Connection]:
    """Hold SQLite's one write lock, as another program may."""
    other = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


class TestLocked:
    @pytest.fixture
    def backend(self) -> str:
        return "sqlite"

    def test_readers_are_not_held_up(
        self, client: CheckingClient, clock: FakeClock, database_url: str
    ) -> None:
        sitter = sit(client, clock)
        sitter.sit_through()
        with write_lock(database_url):
            for path in (sitter.url("/results"), "/history", "/practise", "/study", "/readyz"):
                assert client.get(path).status == 200

    @pytest.mark.parametrize("what", ["save", "submit", "show"])
    def test_writers_wait_for_three_seconds_and_then_succeed(
        self, client: CheckingClient, clock: FakeClock, database_url: str, what: str
    ) -> None:
        sitter = sit(client, clock)
        page = sitter.open()
        jobs: dict[str, Callable[[], object]] = {
            "save": lambda: sitter.save("typed meanwhile").status,
            "submit": lambda: client.submit(page, BUTTONS["submit"], answer=GOOD).status,
            "show": lambda: sitter.open().status,
        }
        with write_lock(database_url) as lock, meanwhile(jobs[what]) as asked:
            time.sleep(LOCKED_SECONDS)
            assert not asked.done()
            lock.execute("COMMIT")
        assert asked.result() == 200

    def test_a_wait_for_the_lock_costs_nobody_time(
        self, client: CheckingClient, clock: FakeClock, database_url: str
    ) -> None:
        sitter = sit(client, clock, Plan(Preset.MOCK, Feedback.END, timedelta(minutes=10), None))
        sitter.open()
        clock.advance(minutes=9, seconds=59)
        with write_lock(database_url) as lock:
            arrived = threading.Event()

            def save() -> int:
                arrived.set()
                return sitter.save("sent in time").status

            with meanwhile(save) as asked:
                arrived.wait()
                time.sleep(0.5)
                clock.advance(minutes=1)
                lock.execute("COMMIT")
        assert asked.result() == 200


@contextmanager
def unreachable(app: Flask, url: str, postgres: Callable[[], Postgres]) -> Iterator[None]:
    """The database cannot be reached for the length of the block."""
    with app.app_context():
        db.engine.dispose()
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        hidden = path.rename(path.with_suffix(".away"))
        path.mkdir()
        try:
            yield
        finally:
            path.rmdir()
            hidden.rename(path)
        return
    with psycopg.connect(postgres().url("postgres"), autocommit=True) as admin:
        name = parsed.database
        admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        try:
            yield
        finally:
            admin.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())


Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def away(request: pytest.FixtureRequest, app: Flask, database_url: str) -> Away:
    """``with away()``: no database."""

    def server() -> Postgres:
        found: Postgres = request.getfixturevalue("postgres")
        return found

    return lambda: unreachable(app, database_url, server)


def test_without_its_database_the_app_is_alive_and_not_ready(
    client: CheckingClient, away: Away
) -> None:
    with away():
        assert client.get("/healthz").status == 200
        page = client.get("/readyz")
        assert page.status == 503
        assert page.html == (
            "the database does not answer, or `flask db upgrade` has not been run\n"
        )
    assert client.get("/readyz").status == 200


def test_a_visitor_gets_a_page_that_says_so(client: CheckingClient, away: Away) -> None:
    with away():
        for path in ("/", "/practise", "/study"):
            page = client.get(path)
            assert (page.status, page.texts("h1")) == (503, ["The database is busy"])
    assert client.get("/").status == 200


def test_a_learner_gets_the_same_page_and_goes_on_afterwards(
    client: CheckingClient, clock: FakeClock, away: Away
) -> None:
    sitter = sit(client, clock)
    page = sitter.open()
    with away():
        for htmx in (False, True):
            failed = client.submit(page, BUTTONS["submit"], answer=GOOD, htmx=htmx)
            assert (failed.status, failed.texts("h1")) == (503, ["The database is busy"])
            # The typed text on the page is not swapped for the error.
            assert failed.headers["HX-Reswap"] == "none"
        assert sitter.save("typed meanwhile").status == 503
        assert client.get("/nowhere").status == 404
    assert sitter.save("typed meanwhile").status == 200
    assert typed(sitter.open()) == "typed meanwhile"


def test_an_error_page_for_learners_needs_no_second_look_at_the_database(
    client: CheckingClient, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_connection_left(*_arguments: object) -> None:
        raise PoolTimeout

    sitter = sit(client, clock)
    sitter.open()
    monkeypatch.setattr(drafts, "write_draft", no_connection_left)
    failed = sitter.save("typed")
    assert failed.status == 503
    assert "Log out" in failed.text

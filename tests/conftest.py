"""Fixtures that every test may ask for."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from interview.services.grading import forget_compiled
from interview.store.db import db
from interview.web.app import create_app
from interview.web.config import Settings
from tests.support.browser import Visitor
from tests.support.chromium import chromium, flags
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock, ShiftedClock
from tests.support.databases import SECRET, migrate, sqlite_copy, sqlite_template
from tests.support.kept_rules import KeptRule
from tests.support.kept_statements import KeptStatements
from tests.support.live import serving
from tests.support.needs import cannot_run, notice
from tests.support.postgres import Postgres, PostgresError, running_postgres
from tests.support.statements import Statements, counted, guard_writes
from tests.support.templates import KeptTemplates

# Databases of tests need not outlive a power cut: where there is memory to write to, no test
# waits for a disk. Set it yourself to look at what a test has left behind.
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there
if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > 2 * 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))

BACKENDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
TEMPLATES = KeptTemplates()
Flask.url_rule_class = KeptRule
KeptStatements().install()
# What the modules hold stays: looking through it again and again would take time from tests.
gc.freeze()
gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the schema and no rows, to be copied."""
    return sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this test process."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_postgres())
        except PostgresError as error:
            cannot_run(f"PostgreSQL: {error}")
        yield server


@pytest.fixture(scope="session")
def migrated_database(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a PostgreSQL database with the schema, emptied after each test."""
    name = postgres.create()
    migrate(postgres.url(name), tmp_path_factory.mktemp("postgres"))
    return name


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each database in turn; override it where a test is about one alone."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> Iterator[str]:
    """A migrated database of the test's own."""
    if backend == "sqlite":
        yield sqlite_copy(request.getfixturevalue("migrated_file"), tmp_path)
        return
    name = request.getfixturevalue("migrated_database")
    server: Postgres = request.getfixturevalue("postgres")
    yield server.url(name)
    server.empty(name)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """What the app of a test is set to; override it to change a setting."""
    return Settings(
        database_url=database_url,
        secret_key=SECRET,
        public_url="http://localhost",
        instance=tmp_path / "instance",
    )


@pytest.fixture
def clock() -> FakeClock:
    """The time that the app goes by."""
    return FakeClock()


@contextmanager
def app_under_test(settings: Settings, clock: Callable[[], object]) -> Iterator[Flask]:
    """Build an app whose writes are watched, and give back its connections at the end."""
    # Compiled rubrics are kept by version, and another test's database has the same numbers.
    forget_compiled()
    app = create_app(settings)
    app.extensions["clock"] = clock
    app.jinja_env.bytecode_cache = TEMPLATES
    with app.app_context():
        engine = db.engine
    guard_writes(engine)
    yield app
    engine.dispose()


@pytest.fixture
def app(settings: Settings, clock: FakeClock) -> Iterator[Flask]:
    """The app on each database, with a clock that stands still."""
    with app_under_test(settings, clock) as app:
        app.testing = True
        yield app


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """A visitor without scripts, who checks every page."""
    return CheckingClient(app)


@pytest.fixture
def statements(app: Flask) -> Callable[[], AbstractContextManager[Statements]]:
    """``with statements() as seen``: what the app tells its database meanwhile."""
    with app.app_context():
        return partial(counted, db.engine)


@pytest.fixture
def live_app(migrated_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """The app that the browser visits: on SQLite, with a clock that runs and can be put on."""
    settings = Settings(
        database_url=sqlite_copy(migrated_file, tmp_path),
        secret_key=SECRET,
        instance=tmp_path / "instance",
    )
    with app_under_test(settings, ShiftedClock()) as app:
        yield app


@pytest.fixture
def live_url(live_app: Flask) -> Iterator[str]:
    """Where the live app is served."""
    with serving(live_app) as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    program = chromium()
    if program is None:
        cannot_run("no Chromium on this machine (`make test` says how to get it)")
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=program, args=flags())
        except PlaywrightError as error:
            cannot_run(f"Chromium does not start: {error.message.splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser, live_url: str) -> Iterator[Callable[..., Visitor]]:
    """Browsers of different people; what they complain of fails the test."""
    visitors: list[Visitor] = []

    def arrive(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, live_url, **options))
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.close()
    complaints = [one for visitor in visitors for one in visitor.complaints.unexpected()]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """One person's browser, with scripts and the CDN."""
    return visit()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, so that no test can forget to."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Close with what this machine could not run, where nobody can miss it."""
    yield
    for line in notice(terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(f"!!! {line}", red=True, bold=True)

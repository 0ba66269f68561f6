"""Every page of classes, questions and grades: full, empty and refused, for each reader."""

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, Response

from interview.web.config import Settings
from tests.conftest import app_under_test
from tests.journeys.looks import look
from tests.journeys.pages_contested_states import CONTESTED
from tests.journeys.pages_states import STATES, State
from tests.journeys.pages_term import Term, build
from tests.journeys.steps import allow, give_log_in
from tests.support.browser import Visitor
from tests.support.classes import principal
from tests.support.clock import ShiftedClock
from tests.support.databases import SECRET, sqlite_copy

AREAS = {
    "classes", "people", "rosters", "sets", "assignments", "accommodations", "live", "gradebook",
    "marking", "audit", "mail_choices", "home", "bank", "imports", "exports", "reports",
    "appeals", "regrades", "marking_queue", "analytics", "notifications", "jobs", "personal",
}  # fmt: skip
NO_PAGES = {
    "people.roster_csv", "rosters.example", "gradebook.gradebook_csv", "gradebook.record_csv",
    "audit.all_csv", "audit.class_csv", "sets.parts.supply", "imports.problems",
    "regrades.table", "analytics.assignment_csv", "analytics.of_class_csv",
}  # fmt: skip

ALL = {**STATES, **CONTESTED}
LOOKED_AT = {"home.how_it_works"}
"""Pages that test_pages.py looks at."""


@pytest.fixture(scope="module")
def term() -> Term:
    """Filled where the database is written."""
    return Term()


@pytest.fixture(scope="module")
def migrated_file(
    migrated_file: Path, term: Term, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The database with the bank and a term of a class in it."""
    folder = tmp_path_factory.mktemp("term")
    url = sqlite_copy(migrated_file, folder)
    settings = Settings(database_url=url, secret_key=SECRET, instance=folder)
    clock = ShiftedClock()
    with app_under_test(settings, clock) as app, app.app_context():
        term.numbers = build(clock).numbers
    return Path(url.removeprefix("sqlite:///"))


@pytest.fixture
def opened(live_app: Flask, visitor: Visitor, term: Term, who: str) -> Page:
    """A browser in which one of them is logged in."""
    allow(visitor, 403, 404, 409, 422)
    with live_app.app_context():
        person = principal(term[who.partition(":")[0]])
    give_log_in(visitor, live_app, person)
    return visitor.page()


@pytest.mark.parametrize("who", ALL)
def test_pages_are_fit_for_whoever_opens_them(opened: Page, term: Term, who: str) -> None:
    for name, state in ALL[who].items():
        response = opened.goto(term.path(state.path))
        if state.form:
            response = _send(opened, term, state)
        assert response is not None
        assert (name, response.status) == (name, state.status)
        look(opened, name)


def _send(page: Page, term: Term, state: State) -> Response:
    """Fill a form in as no browser would let one, and send it."""
    form = page.locator(f"#{term.path(state.form)}")
    form.evaluate("form => { form.noValidate = true }")
    for name, text in state.typed.items():
        form.locator(f"[name={name}]").evaluate("(field, text) => { field.value = text }", text)
    with page.expect_response(lambda response: response.request.method == "POST") as sent:
        form.evaluate("form => form.requestSubmit()")
    page.wait_for_load_state()
    return sent.value


def test_no_page_of_these_areas_is_forgotten(live_app: Flask) -> None:
    addresses = live_app.url_map.bind("localhost")
    paths = [state.path for states in ALL.values() for state in states.values()]
    seen = {addresses.match(Term().path(path.partition("?")[0]))[0] for path in paths}
    there = {
        rule.endpoint
        for rule in live_app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in AREAS and "GET" in (rule.methods or ())
    }
    assert there - seen - NO_PAGES - LOOKED_AT == set()
    assert there >= NO_PAGES

"""Every route, asked by everybody, for what is theirs and for what is not.

``roles.txt`` says what each gets; it is written anew by ``python -m tests.web.roles`` and read
line by line before it is committed: 200, 303 and 422 are an open door, 403 says "yours, but
not to do this with", 404 says nothing.
"""

from pathlib import Path

import pytest
from flask import Flask

from interview.services.attempts.loading import LARGEST
from tests.support.page import Page
from tests.support.world import ROLES, SECRETS
from tests.web.roles import LISTED, Walk, asked, line

DENIED = (401, 403, 404)
# A place that was taken out of a set by another tab: told beside what was typed for it.
NOTHING_THERE = (404, 409)
# The head of every page names its reader.
OWN_NAMES = {"learner": "Quokka", "instructor": "Ocelot"}


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def walk(app: Flask, tmp_path: Path) -> Walk:
    return Walk.of(app, tmp_path / "test.db", tmp_path / "world.db")


def test_everybody_gets_what_the_list_says_and_is_told_nothing_else(app: Flask, walk: Walk) -> None:
    found, told = [], []
    for one in asked(app):
        pages = {role: walk.ask(one, role) for role in ROLES}
        found.append(line(one, {role: page.status for role, page in pages.items()}))
        told += [(one, role) for role, page in pages.items() if secrets_in(page, role)]
    assert told == []
    assert found == LISTED.read_text(encoding="utf-8").splitlines()[1:]


def secrets_in(page: Page, role: str) -> list[str]:
    """What a refusal tells its reader, who asked for it in other words."""
    if page.status not in DENIED:
        return []
    known = {OWN_NAMES.get(role), *(word for word in SECRETS if word in page.path)}
    return [word for word in SECRETS if word in page.html and word not in known]


def test_nobody_outside_a_class_opens_any_door_of_it(app: Flask, walk: Walk) -> None:
    for one in asked(app):
        if not one.is_of_a_class:
            continue
        for role in ("visitor", "guest", "other learner", "other instructor"):
            page = walk.ask(one, role)
            expected = (303, 401) if role == "visitor" else (403, 404)
            assert page.status in expected, (one, role, page.status)


def test_an_address_that_mixes_two_classes_leads_nowhere(app: Flask, walk: Walk) -> None:
    for one in asked(app):
        for mixed in walk.mixtures(one):
            page = walk.request(one.method, mixed, "instructor")
            assert page.status in NOTHING_THERE, (one.method, mixed, page.status)


def test_a_number_that_no_row_can_have_is_not_found(app: Flask, walk: Walk) -> None:
    for one in asked(app):
        for path in walk.beyond(one, LARGEST + 1):
            page = walk.request(one.method, path, "administrator")
            assert page.status in NOTHING_THERE, (one.method, path, page.status)

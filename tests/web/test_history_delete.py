"""Deleting an attempt: asked first, done wholly, and refused where it must be."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.store.attempts import Attempt, AttemptItem, Draft
from interview.store.db import db
from interview.store.grades import Grade, Submission
from tests.support.attempts import ENDED_AT, Item, add_attempt, add_person, an_open
from tests.support.client import CheckingClient

EVERYTHING = (Attempt, AttemptItem, Draft, Submission, Grade)


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    with app.app_context():
        user = add_person("Ada")
    client.log_in(user)
    return user


def counts(app: Flask) -> list[int]:
    """How many rows each table has that belongs to attempts."""
    with app.app_context():
        tables = (sa.select(sa.func.count()).select_from(table) for table in EVERYTHING)
        return [db.session.scalar(count) or 0 for count in tables]


def test_an_attempt_goes_with_everything_of_it_and_nothing_else(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        add_attempt(ada, title="Kept", items=[Item(draft="Kept too", grades=2)])
        kept = counts(app)
        doomed = add_attempt(ada, title="Doomed", items=[Item(draft="a", grades=2), Item()])
    asked = client.get(f"/attempts/{doomed}/delete")
    assert "This cannot be undone" in asked.text
    assert counts(app) != kept
    page = client.submit(asked, "Delete it for good")
    assert counts(app) == kept
    assert page.texts(".notice") == ["“Doomed” and everything in it is deleted."]
    assert page.texts(".session-title a") == ["Kept"]


def test_deleting_leads_back_to_the_filters_and_the_page(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        for day in range(22):
            add_attempt(ada, title=f"Day {day}", ended_at=ENDED_AT + timedelta(days=day))
    second = client.click(client.get("/history?topic=Django"), "Older")
    asked = client.get(second.select(".session-delete a")[0].get("href") or "")
    page = client.submit(asked, "Delete it for good")
    assert _query(page.path) == _query(second.path)
    assert page.texts(".session-title a") == ["Day 0"]


def _query(path: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(path).query)


def test_keeping_it_leads_back_and_changes_nothing(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        attempt = add_attempt(ada)
    page = client.click(client.get(f"/attempts/{attempt}/delete?topic=Django"), "Keep it")
    assert page.path == "/history?topic=Django"
    assert len(page.select(".session-list > li")) == 1


def test_an_open_attempt_is_not_deleted_but_may_be_abandoned(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        attempt = add_attempt(ada, an_open(items=[Item(state="open", text=None, draft="Mine")]))
    before = counts(app)
    asked = client.get(f"/attempts/{attempt}/delete")
    assert asked.status == 409
    assert "cannot be deleted" in asked.text
    assert asked.link("Abandon it") == f"/attempts/{attempt}/abandon"
    assert client.post(f"/attempts/{attempt}/delete").status == 409
    assert counts(app) == before


def test_an_attempt_whose_time_is_up_is_handed_in_and_can_then_be_deleted(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        items = [Item(state="unseen", text=None)]
        attempt = add_attempt(ada, an_open(cutoff_at=ENDED_AT, items=items))
    client.submit(client.get(f"/attempts/{attempt}/delete"), "Delete it for good")
    assert counts(app) == [0, 0, 0, 0, 0]


@pytest.mark.usefixtures("ada")
def test_the_attempt_of_another_is_not_there(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        attempt = add_attempt(add_person("Bob"))
    before = counts(app)
    assert client.get(f"/attempts/{attempt}/delete").status == 404
    assert client.post(f"/attempts/{attempt}/delete").status == 404
    assert counts(app) == before


def test_deleting_twice_finds_nothing_the_second_time(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        attempt = add_attempt(ada)
    assert client.post(f"/attempts/{attempt}/delete").status == 303
    assert client.post(f"/attempts/{attempt}/delete").status == 404


def test_deleting_needs_the_token_of_a_page(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        attempt = add_attempt(ada)
    assert client.post(f"/attempts/{attempt}/delete", csrf=False).status == 400
    assert counts(app)[0] == 1

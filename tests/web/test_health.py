"""What a balancer asks: does the process live, and can it take requests."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask

from interview.services.database import SCHEMA_HEAD
from interview.services.unit import write
from tests.support.client import CheckingClient


@contextmanager
def changed(app: Flask, change: str, back: str) -> Iterator[None]:
    """The schema's version as another release left it, for a while."""
    try:
        run(app, change)
        yield
    finally:
        run(app, back)


def run(app: Flask, statement: str) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.text(statement))


def test_a_process_that_lives_says_so(client: CheckingClient) -> None:
    page = client.get("/healthz")
    assert (page.status, page.html) == (200, "ok\n")
    assert page.response.mimetype == "text/plain"


def test_a_migrated_database_is_ready(client: CheckingClient) -> None:
    page = client.get("/readyz")
    assert (page.status, page.html) == (200, "ready\n")


def test_another_schema_is_not_ready_and_the_reason_is_one_line(
    app: Flask, client: CheckingClient
) -> None:
    setting = "UPDATE alembic_version SET version_num = '{}'".format
    with changed(app, setting("9999"), setting(SCHEMA_HEAD)):
        page = client.get("/readyz")
    assert page.status == 503
    assert page.html == (
        f"the schema is at 9999, this code needs {SCHEMA_HEAD}: run `flask db upgrade`\n"
    )
    assert client.get("/readyz").status == 200


def test_a_database_without_a_schema_is_not_ready(app: Flask, client: CheckingClient) -> None:
    away, back = (
        f"ALTER TABLE {old} RENAME TO {new}"
        for old, new in (("alembic_version", "elsewhere"), ("elsewhere", "alembic_version"))
    )
    with changed(app, away, back):
        page = client.get("/readyz")
    assert page.status == 503
    assert "`flask db upgrade` has not been run" in page.html
    assert page.html.count("\n") == 1


def test_a_token_for_forms_is_at_hand_and_says_whether_somebody_is_logged_in(
    client: CheckingClient,
) -> None:
    answer = client.get("/csrf-token").json
    assert isinstance(answer, dict)
    assert answer["logged_in"] is False
    page = client.post("/log-out", csrf=False, headers={"X-CSRFToken": answer["token"]})
    assert page.status == 303

"""What a balancer asks: does the process live, and can it take requests."""

import sqlalchemy as sa
from flask import Flask

from interview.services.database import SCHEMA_HEAD
from interview.services.unit import write
from tests.support.client import CheckingClient


def migrated_to(app: Flask, revision: str) -> None:
    with app.app_context(), write() as session:
        statement = sa.text("UPDATE alembic_version SET version_num = :revision")
        session.execute(statement, {"revision": revision})


def test_a_process_that_lives_says_so_without_asking_the_database(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.text("DROP TABLE alembic_version"))
    page = client.get("/healthz")
    assert (page.status, page.html) == (200, "ok\n")
    assert page.response.mimetype == "text/plain"


def test_a_migrated_database_is_ready(client: CheckingClient) -> None:
    page = client.get("/readyz")
    assert (page.status, page.html) == (200, "ready\n")


def test_another_schema_is_not_ready_and_the_reason_is_one_line(
    app: Flask, client: CheckingClient
) -> None:
    migrated_to(app, "9999")
    page = client.get("/readyz")
    assert page.status == 503
    assert page.html == (
        f"the schema is at 9999, this code needs {SCHEMA_HEAD}: run `flask db upgrade`\n"
    )
    migrated_to(app, SCHEMA_HEAD)
    assert client.get("/readyz").status == 200


def test_a_database_without_a_schema_is_not_ready(app: Flask, client: CheckingClient) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.text("DROP TABLE alembic_version"))
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

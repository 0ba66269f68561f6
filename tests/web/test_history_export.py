"""Downloads of everything: names, kinds and who gets what."""

import csv
import io
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.support.attempts import Item, add_attempt, add_person
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock

TEXT = 'Line one\nline two \u2028 “quoted” "twice" 🐍'


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    """Somebody in Auckland, where it is tomorrow already."""
    with app.app_context():
        user = add_person("Ada", zone="Pacific/Auckland")
        add_attempt(user, items=[Item(text=TEXT), Item(text="=1+1")])
        add_attempt(add_person("Bob"), items=[Item(text="Bob's words")])
    client.log_in(user)
    return user


@pytest.mark.usefixtures("ada")
def test_json_is_a_file_named_by_the_readers_day(client: CheckingClient, clock: FakeClock) -> None:
    clock.set(datetime(2026, 3, 2, 18, 0, tzinfo=UTC))
    page = client.get("/history/export.json")
    assert page.headers["Content-Disposition"] == (
        "attachment; filename=mock-interview-2026-03-03.json"
    )
    assert page.response.mimetype == "application/json"
    assert page.headers["Cache-Control"] == "no-store"
    (attempt,) = page.json["attempts"]  # type: ignore[index]
    assert [item["answer"]["text"] for item in attempt["items"]] == [TEXT, "=1+1"]


@pytest.mark.usefixtures("ada")
def test_csv_opens_in_a_spreadsheet_program_and_computes_nothing(client: CheckingClient) -> None:
    page = client.get("/history/export.csv")
    assert page.headers["Content-Disposition"].endswith(".csv")
    assert page.response.data.startswith(b"\xef\xbb\xbf")
    text = page.html.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["answer"] for row in rows] == [TEXT, "'=1+1"]


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_nobody_gets_the_words_of_another(client: CheckingClient, kind: str) -> None:
    assert "Bob" not in client.get(f"/history/export.{kind}").html


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_a_visitor_gets_nothing(client: CheckingClient, kind: str) -> None:
    assert client.get(f"/history/export.{kind}").status == 303


@pytest.mark.usefixtures("ada")
def test_the_history_page_leads_to_both_files(client: CheckingClient) -> None:
    page = client.get("/history")
    assert client.click(page, "Download as JSON").status == 200
    assert client.click(page, "Download as CSV").status == 200

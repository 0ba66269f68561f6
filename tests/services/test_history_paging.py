"""Paging through the history by key."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from interview.services import history
from interview.services.history import PAGE, Cursor, Filters, Spot
from interview.store.db import db
from tests.support.attempts import ENDED_AT, add_attempt, add_person, add_set

MOMENTS = st.timedeltas(timedelta(days=-9999), timedelta(days=9999)).map(ENDED_AT.__add__)


@pytest.fixture(autouse=True)
def in_app(request: pytest.FixtureRequest) -> Iterator[None]:
    if "app" not in request.fixturenames:
        yield
        return
    app: Flask = request.getfixturevalue("app")
    with app.app_context():
        yield


@given(moment=MOMENTS, number=st.integers(1, 10**18 - 1))
def test_a_place_is_read_back_exactly(moment: datetime, number: int) -> None:
    assert Cursor.parse(str(Cursor(moment, number))) == Cursor(moment, number)


@given(text=st.text() | st.from_regex(r"[0-9T:.Z-]{20,40}"))
def test_anything_else_is_no_place_or_means_exactly_what_it_says(text: str) -> None:
    try:
        cursor = Cursor.parse(text)
    except ValueError:
        return
    assert Cursor.parse(str(cursor)) == cursor


def test_a_place_can_be_read_by_people() -> None:
    assert str(Cursor(ENDED_AT, 42)) == "2026-03-01T12:00:00.000000Z-42"


def walk(user: int, filters: Filters) -> tuple[list[list[int]], str]:
    """Go from page to page to the oldest; also return where the last page came from."""
    pages, spot = [], Spot()
    while True:
        page = history.listing(user, filters, spot, ENDED_AT)
        pages.append([line.id for line in page.lines])
        if not page.older:
            return pages, page.newer
        spot = Spot(older_than=Cursor.parse(page.older))


@pytest.mark.usefixtures("app")
def test_walking_the_pages_meets_every_attempt_once_in_order() -> None:
    user = add_person()
    # Several attempts end at the same moment: the number decides between them.
    moments = [ENDED_AT + timedelta(hours=number // 7) for number in range(2 * PAGE + 3)]
    numbers = [add_attempt(user, ended_at=moment) for moment in moments]
    pages, _ = walk(user, Filters())
    assert [len(page) for page in pages] == [PAGE, PAGE, 3]
    assert list(chain(*pages)) == sorted(numbers, reverse=True)


@pytest.mark.usefixtures("app")
def test_newer_leads_back_to_the_page_before() -> None:
    user = add_person()
    for day in range(2 * PAGE + 3):
        add_attempt(user, ended_at=ENDED_AT + timedelta(days=day))
    pages, newer = walk(user, Filters())
    second = history.listing(user, Filters(), Spot(newer_than=Cursor.parse(newer)), ENDED_AT)
    assert [line.id for line in second.lines] == pages[1]
    first = history.listing(user, Filters(), Spot(newer_than=Cursor.parse(second.newer)), ENDED_AT)
    assert [line.id for line in first.lines] == pages[0]
    assert first.newer == ""


@pytest.mark.usefixtures("app")
def test_paging_keeps_to_the_filters() -> None:
    user = add_person()
    kept = [
        add_attempt(user, topic=topic, ended_at=ENDED_AT + timedelta(hours=number))
        for number in range(PAGE + 4)
        for topic in ("Django", "SQL")
    ][::2]
    pages, _ = walk(user, Filters(topic="Django"))
    assert list(chain(*pages)) == kept[::-1]


@pytest.mark.usefixtures("app")
def test_a_page_that_holds_everything_leads_nowhere() -> None:
    user = add_person()
    for _ in range(PAGE):
        add_attempt(user)
    page = history.listing(user, Filters(), Spot(), ENDED_AT)
    assert (len(page.lines), page.older, page.newer) == (PAGE, "", "")


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    ("filters", "spot"),
    [
        (Filters(), Spot()),
        (Filters(), Spot(older_than=Cursor(ENDED_AT, 5))),
        (Filters(), Spot(newer_than=Cursor(ENDED_AT, 5))),
        (Filters(set_id=1), Spot(older_than=Cursor(ENDED_AT, 5))),
        (Filters(topic="Django", preset="mock"), Spot()),
        (Filters(first_day=date(2026, 1, 1), last_day=date(2026, 3, 1)), Spot()),
    ],
)
def test_every_listing_reads_the_history_index_in_order(filters: Filters, spot: Spot) -> None:
    user = add_person()
    chosen = add_set()
    for _ in range(3):
        add_attempt(user, set_id=chosen)
    plan = explain(user, filters, spot)
    assert "USING INDEX ix_attempts_history (user_id=?" in plan
    assert "TEMP B-TREE" not in plan
    assert "SCAN" not in plan


def explain(user: int, filters: Filters, spot: Spot) -> str:
    """How SQLite goes about a listing."""
    seen: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, sql: str, values: object, *_: object) -> None:
        seen.append((sql, values))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        history.listing(user, filters, spot, ENDED_AT)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    sql, values = seen[-1]
    rows = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
    return "\n".join(row.detail for row in rows)

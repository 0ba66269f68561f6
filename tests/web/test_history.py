"""The history page: list, filters and paging, with and without htmx."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.support.attempts import ENDED_AT, Item, add_attempt, add_person, add_set, an_open
from tests.support.client import CheckingClient
from tests.support.page import Page
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    """Somebody in Berlin who is logged in."""
    with app.app_context():
        user = add_person("Ada", zone="Europe/Berlin")
    client.log_in(user)
    return user


@pytest.fixture
def sat(app: Flask, ada: int) -> int:
    """The same, with 23 attempts at a set and two at another topic."""
    with app.app_context():
        essentials = add_set("Essentials", "essentials")
        for day in range(23):
            ended = ENDED_AT + timedelta(days=day)
            add_attempt(ada, set_id=essentials, title=f"Day {day}", ended_at=ended, score=0.8)
        for name in ("SQL one", "SQL two"):
            add_attempt(ada, topic="SQL", preset="mock", title=name, state="abandoned", score=None)
    return ada


def titles(page: Page) -> list[str]:
    return page.texts(".session-title a")


def test_a_visitor_is_sent_to_log_in_and_back(client: CheckingClient) -> None:
    page = client.get("/history?topic=SQL")
    assert page.status == 303
    assert "next=/history?topic%3DSQL" in (page.location or "").replace("%2F", "/").replace(
        "%3F", "?"
    )


@pytest.mark.usefixtures("ada")
def test_a_new_learner_is_told_what_to_do_next(client: CheckingClient) -> None:
    page = client.get("/history")
    assert "Nothing to look back on yet" in page.text
    assert client.click(page, "Choose what to practise").status == 200
    assert page.select("#history-filters") == []
    assert page.select("svg.mastery") == []


@pytest.mark.usefixtures("sat")
def test_a_line_shows_when_what_and_how_it_went_in_the_readers_zone(
    client: CheckingClient,
) -> None:
    page = client.get("/history?from=2026-03-23")
    (line,) = page.texts(".session-list > li")
    assert line == (
        "Day 22 Practice Strong, 80 % 23 Mar 2026, 13:00 CET 1 of 1 answered 1 min used Delete"
    )
    assert page.link("Day 22").endswith("/results")


@pytest.mark.usefixtures("sat")
def test_an_abandoned_attempt_is_listed_without_a_score(client: CheckingClient) -> None:
    page = client.get("/history?topic=SQL")
    assert titles(page) == ["SQL two", "SQL one"]
    assert "Abandoned, no score" in page.text


@pytest.mark.usefixtures("sat")
def test_filters_are_kept_in_the_address_the_form_and_the_links(client: CheckingClient) -> None:
    page = client.submit(
        client.get("/history"), "history-filters", set="essentials", to="2026-12-01"
    )
    assert "set=essentials" in page.path
    assert page.one("select#set option[selected]").get("value") == "essentials"
    older = client.click(page, "Older")
    assert len(titles(older)) == 3
    assert "set=essentials" in older.path
    assert older.one("select#set option[selected]").get("value") == "essentials"
    assert older.one("input#to").get("value") == "2026-12-01"


@pytest.mark.usefixtures("sat")
def test_older_and_newer_lead_there_and_back(client: CheckingClient) -> None:
    first = client.get("/history")
    second = client.click(first, "Older")
    assert len(titles(first)) == 20
    assert len(titles(second)) == 5
    assert titles(client.click(second, "Newer")) == titles(first)
    assert first.select("#history-newer") == []
    assert second.select("#history-older") == []


@pytest.mark.usefixtures("sat")
def test_htmx_gets_the_list_alone_and_pushes_its_address(client: CheckingClient) -> None:
    page = client.get("/history")
    form = page.one("#history-filters")
    assert (form.get("hx-target"), form.get("hx-push-url")) == ("#history", "true")
    fragment = client.get("/history?topic=SQL", htmx=True)
    assert not fragment.is_full
    assert fragment.one("#history").tag == "section"
    assert titles(fragment) == ["SQL two", "SQL one"]
    assert "HX-Request" in fragment.headers["Vary"]


@pytest.mark.usefixtures("sat")
@pytest.mark.parametrize(
    ("query", "field", "typed", "message"),
    [
        ("from=yesterday", "from", "yesterday", "“yesterday” is no day. Write it like 2026-03-31."),
        ("from=0026-03-01", "from", "0026-03-01", "Choose a day from 2000 to 2099."),
        ("to=9999-12-31", "to", "9999-12-31", "Choose a day from 2000 to 2099."),
        ("from=2026-03-02&to=2026-03-01", "to", "2026-03-01", "This day comes before"),
        ("topic=Cobol", "topic", "Cobol", "“Cobol” is not in your history."),
        ("set=nothing%00", "set", "nothing\ufffd", "is not in your history."),
        ("preset=exam", "preset", "exam", "“exam” is not in your history."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_filter_is_named_and_nothing_typed_is_lost(
    client: CheckingClient, query: str, field: str, typed: str, message: str, htmx: bool
) -> None:
    page = client.get(f"/history?{query}&preset=mock" if field != "preset" else f"/history?{query}")
    assert page.status == 422
    assert message in " ".join(page.texts(".field-error"))
    shown = page.one(f"#{field}")
    chosen = shown.get("value") or page.one(f"#{field} option[selected]").get("value")
    assert (chosen or "").replace("\x00", "\ufffd") == typed
    if field != "preset":
        assert page.one("#preset option[selected]").get("value") == "mock"
    assert titles(page) == []
    again = client.get(f"/history?{query}", htmx=htmx)
    assert (again.status, again.is_full) == (422, not htmx)


@pytest.mark.usefixtures("sat")
@pytest.mark.parametrize("place", ["before=nonsense", "after=2026-13-45T00:00:00.000000Z-1"])
def test_a_damaged_place_leads_back_to_the_newest(client: CheckingClient, place: str) -> None:
    page = client.get(f"/history?topic=SQL&{place}")
    assert page.status == 422
    assert titles(client.click(page, "Start from the newest")) == ["SQL two", "SQL one"]


@pytest.mark.usefixtures("sat")
def test_filters_that_match_nothing_say_so_and_lead_back(client: CheckingClient) -> None:
    page = client.get("/history?topic=SQL&preset=practice")
    assert "No session fits these filters" in page.text
    assert len(titles(client.click(page, "Show all sessions"))) == 20


@pytest.mark.usefixtures("sat")
def test_a_place_past_the_oldest_says_so(client: CheckingClient) -> None:
    page = client.get("/history?before=2000-01-01T00:00:00.000000Z-1")
    assert "No more sessions this way" in page.text
    assert len(titles(client.click(page, "Back to the newest"))) == 20


def test_days_are_those_of_the_readers_calendar(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    late = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
    with app.app_context():
        add_attempt(ada, title="After midnight", ended_at=late)
    assert titles(client.get("/history?from=2026-03-30&to=2026-03-30")) == ["After midnight"]
    assert titles(client.get("/history?from=2026-03-29&to=2026-03-29")) == []


def test_an_attempt_whose_time_is_up_is_listed_at_once(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        items = [Item(state="unseen", text=None)]
        add_attempt(ada, an_open(title="Ran out", cutoff_at=ENDED_AT, items=items))
    assert titles(client.get("/history")) == ["Ran out"]


@pytest.mark.parametrize("htmx", [False, True])
def test_the_number_of_statements_is_fixed(
    app: Flask, client: CheckingClient, statements: Count, htmx: bool
) -> None:
    def cost(attempts: int) -> int:
        with app.app_context():
            user = add_person()
            for day in range(attempts):
                add_attempt(user, ended_at=ENDED_AT + timedelta(days=day))
        client.log_in(user)
        with statements() as seen:
            client.get("/history?topic=Django&from=2026-01-01", htmx=htmx)
        return len(seen)

    assert cost(1) == cost(25) == (4 if htmx else 8)

"""Choosing what to practise, the rules before the clock starts, and one open attempt at a time."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from tests.support.attempts import add_person, add_question
from tests.support.candidate import add_bank
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.sitter import Sitter, sit

TIMED = Plan(Preset.MOCK, Feedback.END, timedelta(minutes=10), None)
START = "/practise/start?set=three"


@pytest.fixture
def bank(app: Flask) -> str:
    with app.app_context():
        return add_bank()


@pytest.fixture
def learner(bank: str, app: Flask, client: CheckingClient) -> CheckingClient:
    with app.app_context():
        client.log_in(add_person("Ada"))
    return client


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock, TIMED)


def minutes(page: Page) -> list[Any]:
    names = ("whole_minutes", "question_minutes", "feedback", "preset")
    values = page.submission("Start", {}).values
    return [values[name][0] for name in names]


def begin(client: CheckingClient, path: str = START, **fields: Any) -> Page:
    return client.submit(client.get(path), "Start", **fields)


def test_an_empty_bank_says_how_to_fill_it(client: CheckingClient) -> None:
    assert "flask bank load" in client.get("/practise").text


def test_sets_and_topics_are_offered(learner: CheckingClient) -> None:
    page = learner.get("/practise")
    assert learner.click(page, "Practise Three questions").texts("h1") == ["Three questions"]
    drawn = learner.submit(page, "See the rules", topic="Django", count="2")
    assert drawn.texts("h1") == ["Django"]
    assert "2 questions, about 3 min" in drawn.text


@pytest.mark.parametrize(
    ("preset", "filled"),
    [
        ("mock", ["9", "", "end", "mock"]),
        ("practice", ["15", "", "each", "practice"]),
        ("untimed", ["", "", "each", "untimed"]),
        ("no such", ["9", "", "end", "mock"]),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_preset_fills_in_limits_and_grades(
    learner: CheckingClient, preset: str, filled: list[str], htmx: bool
) -> None:
    page = learner.get(f"{START}&preset={preset}", htmx=htmx)
    assert (page.status, page.is_full) == (200, not htmx)
    assert minutes(page) == filled


def test_starting_shows_the_first_question_with_the_clock_running(
    learner: CheckingClient, clock: FakeClock
) -> None:
    page = begin(learner)
    assert page.texts("h1") == ["What is three-1?"]
    assert page.texts(".clock-face") == ["until 09:09:00"]


def test_limits_and_grades_are_independent_of_the_preset(learner: CheckingClient) -> None:
    page = begin(learner, whole_minutes="20", question_minutes="2", feedback="each")
    assert page.texts(".clock-face") == ["until 09:02:00", "until 09:20:00"]
    graded = learner.submit(page, "Submit answer", answer="The point that has to be made.")
    assert "Key points" in graded.text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("whole_minutes", "0", "1 to 300"),
        ("whole_minutes", "301", "1 to 300"),
        ("whole_minutes", "9" * 40, "1 to 300"),
        ("whole_minutes", "soon", "integer"),
        ("question_minutes", "61", "1 to 60"),
        ("question_minutes", "-1", "1 to 60"),
        ("feedback", "never", "choice"),
        ("preset", "exam", "choice"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_beside_its_field(
    learner: CheckingClient, field: str, value: str, words: str
) -> None:
    data = {"preset": "mock", "feedback": "end", "whole_minutes": "", "question_minutes": ""}
    page = learner.post(START, data={**data, field: value})
    assert page.status == 422
    if field != "preset":
        assert words.lower() in page.one(f"#{field}-error").text_content().lower()
    assert learner.get("/").select("aside.open-attempts") == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "set=missing",
        "set=%00",
        "set=three%00",
        "topic=Missing",
        "topic=%00",
        "topic=Django&difficulty=%00",
        "topic=Django&difficulty=impossible",
        "topic=%F0%90",
    ],
)
def test_what_there_is_not_is_not_found(learner: CheckingClient, query: str) -> None:
    assert learner.get(f"/practise/start?{query}").status == 404
    assert learner.post(f"/practise/start?{query}").status == 404


@pytest.mark.parametrize("count", ["", "0", "-3", "x", "1.5", "9" * 30, "9" * 5000, "²", "٣"])
def test_a_number_of_questions_that_makes_no_sense_is_made_one(
    learner: CheckingClient, count: str
) -> None:
    page = learner.get("/practise/start", query_string={"topic": "Django", "count": count})
    assert page.status == 200
    assert "3 questions" in page.text


def test_no_draw_is_longer_than_fifty_questions(learner: CheckingClient, app: Flask) -> None:
    with app.app_context():
        for _ in range(55):
            add_question(topic="SQL")
    page = learner.get("/practise/start?topic=SQL&count=1000")
    assert "50 questions" in page.text


@pytest.mark.usefixtures("bank")
def test_a_visitor_reads_the_rules_and_logs_in_to_start(client: CheckingClient) -> None:
    page = client.get(f"{START}&preset=practice")
    assert "set%3Dthree" in page.link("Log in to start").replace("=", "%3D")
    refused = client.post(START, data={"preset": "mock", "feedback": "end"})
    assert (refused.status, refused.location) == (303, "/log-in?next=/")


def test_the_rules_name_the_open_attempt_first(sitter: Sitter) -> None:
    page = sitter.client.get(START)
    assert "You have an open session on this" in page.text
    assert page.one("form.prepare-form button[type=submit]").get("disabled") is not None
    assert sitter.client.click(page, "Continue").path == sitter.question_url()


@pytest.mark.parametrize("htmx", [False, True])
def test_starting_again_offers_to_continue_or_abandon(sitter: Sitter, htmx: bool) -> None:
    data = {"preset": "untimed", "feedback": "each"}
    page = sitter.client.post(START, data=data, htmx=htmx)
    assert (page.status, page.is_full) == (409, not htmx)
    assert minutes(page)[2:] == ["each", "untimed"]
    asked = sitter.client.click(page, "Abandon it")
    assert asked.texts("h1") == ["Abandon this session?"]
    sitter.client.submit(asked, "Abandon it")
    assert begin(sitter.client).texts("h1") == ["What is three-1?"]


def test_ordinary_pages_remind_of_the_open_attempt_with_the_time_left(
    sitter: Sitter, clock: FakeClock
) -> None:
    sitter.press("submit")
    clock.advance(minutes=3, seconds=30)
    for path in ("/practise", "/history", "/study", START):
        banner = sitter.client.get(path).one("aside.open-attempts")
        assert "question 2 of 3, 6 min 30 s left" in " ".join(banner.text_content().split())
    page = sitter.client.get("/practise")
    assert sitter.client.click(page, "Continue Three questions").path == sitter.question_url(2)


def test_the_reminder_keeps_away_from_the_attempt_itself(sitter: Sitter) -> None:
    for tail in ("/questions/1", "/overview", "/abandon"):
        assert sitter.client.get(sitter.url(tail)).select("aside.open-attempts") == []


def test_the_reminder_goes_with_the_end_of_the_attempt(sitter: Sitter, clock: FakeClock) -> None:
    clock.advance(minutes=11)
    assert sitter.client.get("/practise").select("aside.open-attempts") == []

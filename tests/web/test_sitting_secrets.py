"""Reference answers and key points reach nobody before the review policy allows it."""

import json
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services import grading
from interview.services.unit import write
from interview.store.bank import Question, QuestionVersion
from tests.support.candidate import MOCK
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.sitter import BUTTONS, Sitter, sit

EACH = Plan(Preset.PRACTICE, Feedback.EACH, None, None)


def rubric(number: int) -> dict[str, object]:
    """A rubric whose every word can be recognised."""
    return {
        "references": [f"Secret reference {number}.", f"Secret second reference {number}."],
        "key_points": [
            {
                "id": f"secret-id-{number}",
                "text": f"Secret point {number}.",
                "phrasings": [f"secret phrasing {number}"],
                "weight": 1.0,
                "required": True,
            }
        ],
        "misconceptions": [
            {
                "id": f"secret-mistake-{number}",
                "text": f"Secret mistake {number}.",
                "phrasings": [],
                "feedback": f"Secret feedback {number}.",
            }
        ],
    }


def sit_on_secrets(client: CheckingClient, clock: FakeClock, plan: Plan) -> Sitter:
    sitter = sit(client, clock, plan)
    with client.app.app_context(), write() as session:
        for number in (1, 2, 3):
            question = sa.select(Question.id).where(Question.slug == f"three-{number}")
            session.execute(
                sa.update(QuestionVersion)
                .where(QuestionVersion.question_id == question.scalar_subquery())
                .values(rubric=rubric(number))
            )
    return sitter


@pytest.fixture
def mock(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit_on_secrets(client, clock, MOCK)


@pytest.fixture
def practice(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit_on_secrets(client, clock, EACH)


def told(page: Page) -> bool:
    return "secret" in f"{page.html} {page.headers}".lower()


def of_question(number: int, page: Page) -> bool:
    return f"reference {number}" in page.html or f"point {number}" in page.html


READING = (
    "/",
    "/history",
    "/history/export.json",
    "/history/export.csv",
    "/practise",
    "/practise/start?set=three",
    "/study",
    "/study/three",
    "/study/three?q=phrasing",
    "/how-grading-works",
    "/nowhere",
)


def every_move(mock: Sitter) -> Iterator[Page]:
    """Everything that can be pressed or asked for in a mock interview that stays open."""
    yield mock.open()
    yield mock.open(htmx=True)
    for button in ("flag", "skip", "overview"):
        yield mock.press(button, "so far", htmx=button == "flag")
    for position in (1, 2, 3):
        yield mock.open(position)
    yield mock.save("a draft", position=3)
    yield mock.save("from another page", position=3, writer="other")
    yield mock.save("x" * 20_001, position=3)
    page = mock.open(3)
    for answer in ("", "x" * 20_001, "in conflict"):
        mock.save(f"another {len(answer)}", position=3, base=1, writer=f"w{len(answer)}")
        yield mock.client.submit(page, BUTTONS["submit"], answer=answer)
    yield mock.client.submit(page, BUTTONS["submit"], answer="stale", csrf_token="x")
    for position in (1, 2):
        yield mock.press("submit", position=position, htmx=position == 1, follow=False)
        yield mock.press("submit", "again", position=3, csrf_token="x")
    for tail in ("/continue", "/overview", "/results", "/abandon", "/delete"):
        yield mock.client.get(mock.url(tail), follow=True)
    for position in (1, 2, 3):
        yield mock.client.get(mock.url(f"/answers/{position}"), follow=True)
        yield mock.client.get(mock.url(f"/answers/{position}/next"), follow=True)
    for path in READING:
        yield mock.client.get(path)


def test_an_open_mock_interview_tells_nothing_anywhere(mock: Sitter) -> None:
    pages = list(every_move(mock))
    with mock.behind() as candidate:
        assert candidate.attempt().state == "open"
        assert candidate.states() == ["submitted", "submitted", "open"]
    assert [page for page in pages if told(page)] == []


def test_search_does_not_even_count_what_is_hidden(mock: Sitter) -> None:
    mock.open()
    page = mock.client.get("/study/search?q=phrasing")
    assert "Secret" not in page.html
    assert page.select("article a[href*=three]") == []


@pytest.mark.parametrize("tail", ["/answers/1", "/answers/2"])
def test_a_graded_answer_of_an_open_mock_interview_is_not_found(mock: Sitter, tail: str) -> None:
    mock.press("submit")
    assert mock.client.get(mock.url(tail)).status == 404
    assert mock.client.get(mock.url(tail), htmx=True).status == 404


def test_after_its_end_a_mock_interview_tells_everything(mock: Sitter) -> None:
    results = mock.sit_through()
    for number in (1, 2, 3):
        assert of_question(number, results)
    exported = json.loads(mock.client.get("/history/export.json").html)
    assert "Secret reference 3." in exported["attempts"][0]["items"][2]["references"]


def test_practice_tells_of_an_answered_question_and_of_no_other(practice: Sitter) -> None:
    answered = practice.press("submit")
    assert of_question(1, answered)
    pages = [
        answered,
        practice.client.click(answered, "Go on"),
        practice.press("flag", position=2, htmx=True),
        practice.press("overview", position=2),
        practice.client.get("/history/export.json"),
        practice.client.get(practice.url("/answers/2")),
    ]
    assert not any(of_question(number, page) for page in pages for number in (2, 3))


def test_an_answer_that_is_asked_for_in_practice_is_that_one_alone(practice: Sitter) -> None:
    page = practice.press("reveal")
    assert of_question(1, page)
    assert not of_question(2, page)
    assert "counts as not answered" in page.text


def test_an_error_in_the_grader_shows_nothing_of_the_rubric(
    mock: Sitter, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(version: int, text: str) -> None:
        raise RuntimeError(repr(grading.compiled(version)) + json.dumps(rubric(1)) + text)

    page = mock.open()
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(grading, "grade_answer", fail)
    failed = mock.client.submit(page, BUTTONS["submit"], answer="text")
    assert (failed.status, told(failed)) == (500, False)
    assert failed.headers["HX-Reswap"] == "none"

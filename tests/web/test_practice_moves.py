"""What only practice has: a pause, and asking for the answer."""

from datetime import timedelta

import pytest

from interview.rules.attempt import Feedback, Plan, Preset
from tests.support.attempts import REFERENCE
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, sit, typed

TEN = timedelta(minutes=10)
PRACTICE = Plan(Preset.PRACTICE, Feedback.EACH, TEN, None)
AT_THE_END = Plan(Preset.PRACTICE, Feedback.END, TEN, None)
UNTIMED = Plan(Preset.UNTIMED, Feedback.EACH, None, None)


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock, PRACTICE)


def test_a_pause_hides_the_question_and_stops_the_clock(sitter: Sitter, clock: FakeClock) -> None:
    paused = sitter.press("pause", "half a thought")
    assert paused.texts("h1") == ["Paused"]
    assert "three-1" not in paused.html
    assert "paused" in sitter.client.get("/practise").one("aside.open-attempts").text_content()
    clock.advance(minutes=60)
    for tail in ("/questions/1", "/questions/2", "/overview"):
        assert sitter.client.get(sitter.url(tail)).texts("h1") == ["Paused"]
    page = sitter.client.submit(paused, "Go on")
    assert typed(page) == "half a thought"
    assert page.texts(".clock-face") == ["until 10:10:00"]


@pytest.mark.parametrize("htmx", [False, True])
def test_what_another_tab_sends_during_a_pause_is_given_back(sitter: Sitter, htmx: bool) -> None:
    page = sitter.open()
    sitter.press("pause", "half a thought")
    refused = sitter.client.submit(page, BUTTONS["submit"], answer="a whole thought", htmx=htmx)
    assert refused.status == 409
    assert refused.one("#typed-text").text == "a whole thought"
    resumed = sitter.client.submit(refused, "Go on")
    assert typed(resumed) == "half a thought"


def test_untimed_sessions_have_no_pause(client: CheckingClient, clock: FakeClock) -> None:
    sitter = sit(client, clock, UNTIMED)
    assert sitter.open().select("button[value=pause]") == []
    page = client.post(sitter.question_url(), data={"do": "pause", "answer": ""})
    assert page.status == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_that_is_asked_for_counts_as_not_answered(sitter: Sitter, htmx: bool) -> None:
    page = sitter.press("reveal", "my own try", htmx=htmx)
    assert page.is_full is not htmx
    assert "counts as not answered" in page.text
    assert REFERENCE in page.text
    assert page.texts(".own-text") == ["my own try"]
    following = sitter.client.click(page, "Go on")
    assert following.path == sitter.question_url(2)
    for position in (2, 3):
        sitter.press("submit", position=position)
    results = sitter.client.get(sitter.url("/results"))
    assert "over 3 questions, 2 answered" in results.text
    with sitter.behind() as candidate:
        assert (candidate.item(1).state, candidate.item(1).score) == ("revealed", 0.0)


def test_an_answer_can_be_asked_for_where_grades_wait_for_the_end(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, AT_THE_END)
    page = sitter.press("reveal")
    assert REFERENCE in page.text
    following = client.click(page, "Go on")
    assert following.path == sitter.question_url(2)
    following = client.submit(following, BUTTONS["submit"], answer="An answer.")
    assert REFERENCE not in following.html


def test_going_back_to_an_answer_that_was_asked_for_shows_it_again(sitter: Sitter) -> None:
    page = sitter.open()
    shown = sitter.client.submit(page, BUTTONS["reveal"], answer="my own try")
    assert sitter.client.submit(page, BUTTONS["reveal"], answer="").path == shown.path
    again = sitter.client.get(sitter.question_url(), follow=True)
    assert again.path == shown.path


def test_after_each_answer_comes_its_grade_and_then_the_next_question(sitter: Sitter) -> None:
    graded = sitter.press("submit")
    assert graded.path == sitter.url("/answers/1")
    assert graded.texts("h1") == ["What is three-1?"]
    assert "Found in your words" in graded.text
    assert sitter.client.click(graded, "Go on").path == sitter.question_url(2)


def test_after_the_last_grade_come_the_results(sitter: Sitter) -> None:
    graded = sitter.sit_through()
    assert graded.path == sitter.url("/answers/3")
    assert sitter.client.click(graded, "Go on").path == sitter.url("/results")

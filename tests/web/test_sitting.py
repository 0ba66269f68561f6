"""Sitting an attempt by plain pages and by fragments: every button, and where it leads."""

from datetime import timedelta

import pytest

from interview.rules.attempt import Feedback, Plan, Preset
from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.sitter import BUTTONS, Sitter, sit, typed

PER_QUESTION = Plan(Preset.MOCK, Feedback.END, None, timedelta(minutes=1))


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock)


def test_a_question_is_the_headline_of_its_page(sitter: Sitter) -> None:
    page = sitter.open()
    assert page.texts("h1") == ["What is three-1?"]
    assert "1 of 3" in page.text
    assert page.texts("title")[0].startswith("Question 1 of 3 · Three questions")


def test_submitting_leads_to_the_next_question_by_a_redirect(sitter: Sitter) -> None:
    page = sitter.press("submit", follow=False)
    assert (page.status, page.location) == (303, sitter.question_url(2))
    with sitter.behind() as candidate:
        assert [s.text for s in candidate.submissions()] == [GOOD]


def test_with_htmx_the_next_question_comes_at_once_as_a_fragment(sitter: Sitter) -> None:
    page = sitter.press("submit", htmx=True, follow=False)
    assert (page.status, page.is_full) == (200, False)
    assert page.texts("h1") == ["What is three-2?"]
    assert page.headers["HX-Push-Url"] == sitter.question_url(2)
    assert "HX-Request" in page.headers["Vary"]


def test_a_page_that_htmx_restores_from_history_is_whole(sitter: Sitter) -> None:
    page = sitter.open(htmx=True, headers={"HX-History-Restore-Request": "true"})
    assert page.is_full


def test_submitting_twice_leads_on_both_times(sitter: Sitter) -> None:
    page = sitter.open()
    first = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD, follow=False)
    again = sitter.client.submit(page, BUTTONS["submit"], answer=GOOD, follow=False)
    assert first.location == again.location == sitter.question_url(2)
    with sitter.behind() as candidate:
        assert len(candidate.submissions()) == candidate.grades() == 1


def test_another_text_for_a_closed_question_is_given_back_and_not_graded(sitter: Sitter) -> None:
    page = sitter.open()
    sitter.client.submit(page, BUTTONS["submit"], answer=GOOD)
    again = sitter.client.submit(page, BUTTONS["submit"], answer="<b>Second thoughts</b>")
    assert again.status == 409
    assert again.one("#late-text").text == "<b>Second thoughts</b>"
    assert sitter.client.click(again, "Go on").texts("h1") == ["What is three-2?"]


def test_skipping_keeps_the_draft_and_the_question_can_be_opened_again(sitter: Sitter) -> None:
    page = sitter.press("skip", "half a thought")
    assert page.path == sitter.question_url(2)
    assert typed(sitter.open(1)) == "half a thought"
    assert page.select("a.dot")[0].get("href") == sitter.question_url(1)


def test_with_a_limit_per_question_a_skipped_one_stays_closed(
    client: CheckingClient, clock: FakeClock
) -> None:
    sitter = sit(client, clock, PER_QUESTION)
    left = sitter.open()
    page = client.submit(left, BUTTONS["skip"], answer="left behind")
    assert page.select("a.dot") == []
    assert sitter.client.follow(sitter.open(1)).path == sitter.question_url(2)
    refused = client.submit(left, BUTTONS["submit"], answer="from an old page")
    assert refused.status == 409
    assert refused.one("#late-text").text == "from an old page"


def test_a_flag_is_put_and_taken_back_and_the_text_stays(sitter: Sitter) -> None:
    flagged = sitter.press("flag", "so far", htmx=True)
    assert flagged.one("button[value=flag]").get("aria-pressed") == "true"
    assert typed(flagged) == "so far"
    assert "flagged" in flagged.texts(".dots li")[0]
    assert "Flagged" in sitter.client.get(sitter.url("/overview")).text
    cleared = sitter.client.submit(sitter.open(), "Flagged")
    assert cleared.one("button[value=flag]").get("aria-pressed") == "false"


def test_the_overview_says_what_finishing_would_hand_in(sitter: Sitter) -> None:
    sitter.press("submit")
    page = sitter.press("overview", "a draft of four", position=2)
    assert page.path == sitter.url("/overview")
    assert "1 of 3 submitted. 1 with a draft" in page.text
    assert "1 without text, which will count as not answered" in page.text
    assert "Draft, 4 words: “a draft of four”" in page.text


def test_the_overview_does_not_tell_questions_before_their_turn(sitter: Sitter) -> None:
    page = sitter.press("overview")
    assert "What is three-1?" in page.text
    assert "three-2" not in page.html
    assert "Not seen yet" in page.text


def test_finishing_shows_the_results_and_doing_it_twice_changes_nothing(sitter: Sitter) -> None:
    overview = sitter.press("overview", GOOD)
    results = sitter.client.submit(overview, "Finish and see the results")
    assert results.path == sitter.url("/results")
    with sitter.behind() as candidate:
        score = candidate.attempt().score
    again = sitter.client.submit(overview, "Finish and see the results")
    assert again.path == results.path
    with sitter.behind() as candidate:
        assert candidate.attempt().score == score
        assert candidate.grades() == 1


def test_the_last_answer_of_a_mock_interview_ends_on_the_results(sitter: Sitter) -> None:
    assert sitter.sit_through().path == sitter.url("/results")


def test_with_htmx_the_end_loads_a_whole_page(sitter: Sitter) -> None:
    for position in (1, 2):
        sitter.press("submit", position=position)
    page = sitter.press("submit", position=3, htmx=True, follow=False)
    assert (page.status, page.headers["HX-Redirect"]) == (204, sitter.url("/results"))


def test_once_everything_is_over_every_address_of_the_attempt_leads_to_the_results(
    sitter: Sitter,
) -> None:
    sitter.sit_through()
    for tail in ("/questions/2", "/continue", "/overview"):
        assert sitter.client.get(sitter.url(tail), follow=True).path == sitter.url("/results")


def test_continue_goes_to_where_the_attempt_stands(sitter: Sitter) -> None:
    sitter.press("submit")
    page = sitter.client.get(sitter.url("/continue"), follow=True)
    assert page.path == sitter.question_url(2)


def test_abandoning_asks_first_and_gives_no_score(sitter: Sitter) -> None:
    sitter.press("submit")
    overview = sitter.press("overview", position=2)
    asked = sitter.client.click(overview, "Abandon this session")
    assert asked.texts("h1") == ["Abandon this session?"]
    with sitter.behind() as candidate:
        assert candidate.attempt().state == "open"
    results = sitter.client.submit(asked, "Abandon it")
    assert results.path == sitter.url("/results")
    assert "no score" in results.text
    with sitter.behind() as candidate:
        assert (candidate.attempt().state, candidate.attempt().score) == ("abandoned", None)


def test_a_button_that_there_is_not_is_not_found(sitter: Sitter) -> None:
    sitter.open()
    page = sitter.client.post(sitter.question_url(), data={"do": "cheat", "answer": "x"})
    assert page.status == 404


@pytest.mark.parametrize("button", ["pause", "reveal"])
def test_a_mock_interview_has_neither_pause_nor_answers(sitter: Sitter, button: str) -> None:
    assert sitter.open().select(f"button[value={button}]") == []
    page = sitter.client.post(sitter.question_url(), data={"do": button, "answer": "x"})
    assert page.status == 404
    with sitter.behind() as candidate:
        assert candidate.attempt().paused_at is None
        assert candidate.states()[0] == "open"

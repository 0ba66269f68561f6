"""Results: what the score is made of, in the learner's own words."""

import pytest
from flask import Flask

from tests.support.attempts import (
    ENDED_AT,
    KEY_POINT,
    REFERENCE,
    Item,
    add_attempt,
    add_person,
    add_question,
    add_set,
)
from tests.support.candidate import GOOD
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.sitter import Sitter, sit


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    with app.app_context():
        user = add_person("Ada", zone="Europe/Berlin")
    client.log_in(user)
    return user


@pytest.fixture
def sitter(client: CheckingClient, clock: FakeClock) -> Sitter:
    return sit(client, clock)


def results(client: CheckingClient, attempt: int) -> Page:
    return client.get(f"/attempts/{attempt}/results")


def test_an_open_attempt_is_gone_on_with_instead(sitter: Sitter) -> None:
    page = sitter.client.get(sitter.url("/results"), follow=True)
    assert page.path == sitter.question_url()


def test_every_answer_is_there_with_its_key_points_and_reference(
    sitter: Sitter, clock: FakeClock
) -> None:
    first = sitter.open()
    clock.advance(seconds=45)
    sitter.client.submit(first, "Submit answer", answer=GOOD)
    sitter.press("submit", position=2)
    page = sitter.press("submit", position=3)
    assert page.texts("h1") == ["Three questions"]
    assert page.texts(".own-text")[0].replace("key point 1", "").startswith(GOOD[:-1])
    assert page.text.count(KEY_POINT) == 3
    assert page.text.count(REFERENCE) == 3
    assert "Submitted at 09:00:45, 45 s used of about 1 min 30 s" in page.text


def test_words_that_earned_a_point_are_marked_with_its_number(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        attempt = add_attempt(ada, items=[Item(text="Cookies carry the session key.", score=0.8)])
    page = results(client, attempt)
    mark = page.one("mark[data-verdict=found]")
    assert (mark.text, mark.text_content()) == ("Cookies", "Cookieskey point 1")
    assert "Found in your words: Cookies" in page.text
    assert "Strong" in page.text
    assert "80 %" in page.text


def test_the_chart_says_the_same_as_its_table(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        items = [Item(score=0.8, seconds=30), Item(state="unanswered", text=None, seconds=5)]
        attempt = add_attempt(ada, items=items, score=0.4)
    page = results(client, attempt)
    assert page.texts("figure desc") == [
        "Question 1: 80 %, 30 s of about 1 min 30 s. Question 2: 0 %, 5 s of about 1 min 30 s."
    ]
    assert page.texts("table.data-table tbody td") == [
        *("80 %", "30 s", "1 min 30 s"),
        *("0 %", "5 s", "1 min 30 s"),
    ]


def test_the_moment_is_told_in_the_viewers_zone(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        attempt = add_attempt(ada, ended_at=ENDED_AT)
    assert "1 Mar 2026, 13:00 CET" in results(client, attempt).text


def test_tags_say_what_to_practise_next(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        good, bad = add_question(tags=["orm"]), add_question(tags=["forms"])
        items = [Item(version=good, score=0.9), Item(version=bad, score=0.1)]
        attempt = add_attempt(ada, items=items)
    page = results(client, attempt)
    assert page.texts("dl dd") == ["orm", "forms"]


def test_a_set_can_be_tried_again_and_read(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        version = add_question()
        chosen = add_set("Essentials", "essentials")
        attempt = add_attempt(ada, set_id=chosen, preset="mock", items=[Item(version=version)])
    page = results(client, attempt)
    assert page.link("Try this set again") == "/practise/start?set=essentials&preset=mock"
    assert page.link("Read the answers") == "/study/essentials"


def test_a_draw_can_be_repeated(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        attempt = add_attempt(ada, items=[Item(), Item()], topic="Django")
    again = client.click(results(client, attempt), "Draw again")
    assert again.texts("h1") == ["Django"]
    assert "2 questions" in again.text


def test_an_abandoned_attempt_has_no_score_but_its_answers(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        items = [Item(), Item(state="open", text=None, draft="half a thought")]
        attempt = add_attempt(ada, items=items, state="abandoned", score=None)
    page = results(client, attempt)
    assert "Abandoned: no score" in page.text
    assert page.texts(".own-text")[-1] == "half a thought"


def test_one_answer_has_a_page_of_its_own(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        attempt = add_attempt(ada, items=[Item(), Item(text="The second one.")])
    page = client.get(f"/attempts/{attempt}/answers/2")
    assert page.texts("h1")[0].startswith("What is")
    assert "second one." in page.texts(".own-text")[0]
    assert client.click(page, "Go on").path == f"/attempts/{attempt}/results"


def test_results_are_kept_by_no_cache(app: Flask, client: CheckingClient, ada: int) -> None:
    with app.app_context():
        attempt = add_attempt(ada)
    for tail in ("results", "answers/1"):
        page = client.get(f"/attempts/{attempt}/{tail}")
        assert page.headers["Cache-Control"] == "no-store"

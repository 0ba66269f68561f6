"""Contesting a key point from the results, and deciding it."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from interview.services.appeals import contesting
from tests.support.appealed import SAID, TEXT, Appealed, appealed, set_terms
from tests.support.attempts import Item, add_attempt
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.page import Page

LINK = "I did say this: key point 2 of question 1"
PROMPT = "What is a mutex in concurrent programming?"


@pytest.fixture
def case(app: Flask, client: CheckingClient) -> Appealed:
    """Ada has sat the assignment and is logged in."""
    with app.app_context():
        made = appealed()
    client.log_in(made.ada.id)
    return made


def results(client: CheckingClient, case: Appealed) -> Page:
    return client.get(f"/attempts/{case.attempt}/results")


def test_a_learner_contests_what_was_not_found_and_takes_it_back(
    client: CheckingClient, case: Appealed
) -> None:
    page = results(client, case)
    # One point was found, two were not.
    assert page.text.count("I did say this") == 2
    form = client.click(page, LINK)
    assert form.texts(".sentences label")[1] == SAID
    page = client.submit(form, "Contest it", why="<b>They</b> wait there.")
    assert page.status == 422
    assert "Tick the sentence that says it" in page.text
    assert page.one("#why").text_content().strip() == "<b>They</b> wait there."
    page = client.submit(page, "Contest it", sentences=["1"])
    assert page.path == f"/attempts/{case.attempt}/results"
    assert "Contested 2 Mar 2026, 09:00 UTC: waiting" in page.text
    assert page.text.count("I did say this") == 1
    page = client.submit(page, "Withdraw: key point 2 of question 1")
    assert page.text.count("I did say this") == 2
    assert "Withdrawn" in client.get("/appeals").text


def test_a_second_tab_is_led_to_what_the_first_has_sent(
    client: CheckingClient, case: Appealed
) -> None:
    form = client.click(results(client, case), LINK)
    client.submit(form, "Contest it", sentences=["1"], why="They wait.\r\nOutside. ")
    page = client.submit(form, "Contest it", sentences=["1"], why="They wait.\r\nOutside. ")
    assert page.texts("h1") == ["Contested key point"]
    assert SAID in page.text
    assert client.submit(page, "Withdraw it").path == f"/attempts/{case.attempt}/results"


@pytest.mark.parametrize("is_at_once", [False, True])
def test_what_a_second_tab_says_in_other_words_is_given_back(
    client: CheckingClient,
    case: Appealed,
    monkeypatch: pytest.MonkeyPatch,
    is_at_once: bool,
) -> None:
    form = client.click(results(client, case), LINK)
    client.submit(form, "Contest it", sentences=["1"], why="Said first.")
    if is_at_once:
        # As if the first had been committed between this one's look and its writing.
        looks, look = iter((True, False)), contesting.look

        def seen(*args: Any) -> contesting.Contestable:
            found = look(*args)
            return replace(found, standing=None) if next(looks, False) else found

        monkeypatch.setattr(contesting, "look", seen)
    page = client.submit(form, "Contest it", sentences=["0"], why="Said <second>.")
    assert page.status == 409
    assert page.texts(".card .appeal-quote, .card .appeal-words") == [SAID, "Said first."]
    assert page.texts(".card .pill") == ["Waiting"]
    first, second = (page.texts(f".contest > .{kind}") for kind in ("appeal-words", "appeal-quote"))
    assert first == ["Said <second>."]
    assert second == [TEXT.removesuffix(f" {SAID}")]
    assert client.submit(form, "Contest it", sentences=[], why="No words.").status == 409


def test_what_was_typed_in_vain_is_given_back(
    app: Flask, client: CheckingClient, clock: FakeClock, case: Appealed
) -> None:
    with app.app_context():
        set_terms(case.assignment, appeals_until=START)
    form = client.click(results(client, case), LINK)
    clock.advance(seconds=1)
    assert LINK not in results(client, case).text
    page = client.submit(form, "Contest it", sentences=["1"], why="They wait.")
    assert page.status == 409
    assert "Key points could be contested until" in page.text
    assert "They wait." in page.text
    clock.set(START)
    stale = form.submission("contest", {"point": "another", "sentences": ["1"]})
    assert client.post(stale.action, stale.values).status == 409


def test_own_practice_is_not_contested_here(
    app: Flask, client: CheckingClient, case: Appealed
) -> None:
    with app.app_context():
        attempt = add_attempt(case.ada.id, items=[Item()])
    assert client.get(f"/attempts/{attempt}/answers/1/contest/1").status == 404
    client.log_in(case.ben.id)
    assert client.get(f"/attempts/{case.attempt}/answers/1/contest/2").status == 404


def test_nothing_contested_yet_is_said(client: CheckingClient, case: Appealed) -> None:
    assert "Nothing contested" in client.get("/appeals").text
    client.log_in(case.tim.id)
    assert "Nothing contested" in client.get("/classes/1/appeals").text


def test_the_window_is_stated_and_told_in_the_assignments_zone(
    app: Flask, client: CheckingClient, case: Appealed
) -> None:
    client.log_in(case.iris.id)
    edit = f"/assignments/{case.assignment}/edit"
    page = client.submit(
        client.get(edit),
        "Save the changes",
        appeals_from="2026-03-03T10:00",
        appeals_until="2026-03-03T10:00",
    )
    assert page.status == 422
    assert "It must end after it begins." in page.text
    page = client.submit(page, "Save the changes", appeals_until="2026-03-05T10:00")
    assert "5 Mar 2026, 09:00 UTC" in page.text
    assert client.get(edit).one("#appeals_until").get("value") == "2026-03-05T10:00"
    assert "appeals until" in client.get("/classes/1/audit").text
    client.log_in(case.ada.id)
    page = client.get(f"/assignments/{case.assignment}")
    told = "You can contest key points that were not found from 3 Mar 2026, 09:00 UTC"
    assert told in page.text
    assert "until 5 Mar 2026, 09:00 UTC" in page.text
    client.log_in(case.iris.id)
    client.submit(client.get(edit), "Save the changes", appeals=None)
    client.log_in(case.ada.id)
    assert "You can contest" not in client.get(f"/assignments/{case.assignment}").text

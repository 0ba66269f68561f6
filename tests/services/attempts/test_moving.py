"""Skipping, flagging, asking for the answer, pausing, abandoning: and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import admitting, moving, overview, reviewing, showing
from interview.services.attempts.records import (
    Conflict,
    Ended,
    Graded,
    NotFound,
    NotShownYet,
    Outcome,
    Paused,
    Showing,
    ToOverview,
)
from interview.store.attempts import Draft
from interview.store.db import db
from tests.support.attempts import REFERENCE
from tests.support.candidate import Candidate, start
from tests.support.clock import FakeClock

TEN = timedelta(minutes=10)
PRACTICE = Plan(Preset.PRACTICE, Feedback.EACH, TEN, None)
AT_THE_END = Plan(Preset.PRACTICE, Feedback.END, TEN, None)
BUTTONS = ["skip", "flag", "to_overview", "reveal", "pause"]


@pytest.fixture
def candidate(database: Flask, clock: FakeClock) -> Candidate:
    made = start(clock, PRACTICE)
    made.show(1)
    return made


def overtaken_by(monkeypatch: pytest.MonkeyPatch, other: Callable[[], object]) -> None:
    """Have something else happen once, between the look and the write of a move."""
    waiting = [other]
    admit = admitting.admit

    def then_the_other(*arguments: Any) -> Any:
        admitted = admit(*arguments)
        if waiting:
            waiting.pop()()
            db.session.rollback()
        return admitted

    monkeypatch.setattr(moving, "admit", then_the_other)


def test_skipping_goes_forward_and_then_to_the_overview(candidate: Candidate) -> None:
    for position in (1, 2):
        outcome = candidate.act("skip", position)
        assert isinstance(outcome, Showing)
        assert outcome.screen.position == position + 1
    assert candidate.act("skip", 3) == ToOverview(candidate.attempt_id)
    assert candidate.states() == ["open", "open", "open"]


def test_skipping_passes_over_what_was_submitted(candidate: Candidate) -> None:
    candidate.act("skip", 1)
    candidate.submit(2)
    candidate.show(1)
    outcome = candidate.act("skip", 1)
    assert isinstance(outcome, Showing)
    assert outcome.screen.position == 3


def test_a_flag_stays_on_its_question(candidate: Candidate) -> None:
    outcome = candidate.act("flag", 1, "so far")
    assert isinstance(outcome, Showing)
    assert (outcome.screen.position, outcome.screen.flagged) == (1, True)
    candidate.act("skip", 1)
    assert [dot.flagged for dot in candidate.question(2).dots] == [True, False, False]


def test_an_answer_that_was_asked_for_scores_nothing_and_is_not_submitted(
    candidate: Candidate, clock: FakeClock
) -> None:
    clock.advance(seconds=30)
    assert candidate.act("reveal", 1, "my own try") == Graded(candidate.attempt_id, 1)
    item = candidate.item(1)
    assert (item.state, item.score, item.seconds_used) == ("revealed", 0.0, 30)
    assert candidate.submissions() == []
    screen = reviewing.answer(candidate.user_id, candidate.attempt_id, 1, clock())
    assert (screen.references, screen.text, screen.evidence) == ((REFERENCE,), "my own try", None)


def test_an_answer_that_was_asked_for_is_shown_though_grades_wait_for_the_end(
    database: Flask, clock: FakeClock
) -> None:
    candidate = start(clock, AT_THE_END)
    candidate.show(1)
    assert candidate.act("reveal", 1) == Graded(candidate.attempt_id, 1)
    screen = reviewing.answer(candidate.user_id, candidate.attempt_id, 1, clock())
    assert screen.references == (REFERENCE,)
    outcome = showing.after(candidate.user_id, candidate.attempt_id, 1, clock())
    assert isinstance(outcome, Showing)
    candidate.pages[2] = outcome.screen
    candidate.submit(2)
    with pytest.raises(NotFound):
        reviewing.answer(candidate.user_id, candidate.attempt_id, 2, clock())


def test_asking_for_the_last_answer_ends_the_attempt(candidate: Candidate) -> None:
    for position in (1, 2, 3):
        candidate.show(position)
        candidate.act("reveal", position)
    attempt = candidate.attempt()
    assert (attempt.state, attempt.score) == ("finished", 0.0)


def test_during_a_pause_no_question_can_be_seen(candidate: Candidate, clock: FakeClock) -> None:
    outcome = candidate.act("pause", 1, "wait")
    assert outcome == Paused(candidate.attempt_id, "Three questions", clock())
    assert candidate.show(1) == candidate.show(2) == outcome
    assert candidate.overview() == outcome


def test_what_arrives_during_a_pause_is_given_back(candidate: Candidate, clock: FakeClock) -> None:
    candidate.act("pause", 1, "saved before")
    page = Paused(candidate.attempt_id, "Three questions", clock())
    late = candidate.submit(1, "typed in another tab")
    assert late == Paused(**{**_fields(page), "typed": "typed in another tab"})
    assert candidate.submit(1, "saved before") == page


def _fields(page: Paused) -> dict[str, Any]:
    return {name: getattr(page, name) for name in Paused.__slots__}


def test_going_on_twice_moves_the_deadline_once(candidate: Candidate, clock: FakeClock) -> None:
    before = candidate.attempt().deadline_at
    candidate.act("pause", 1)
    clock.advance(minutes=5)
    for _ in range(2):
        moving.go_on(candidate.user_id, candidate.attempt_id, clock())
        assert candidate.attempt().deadline_at == before + timedelta(minutes=5)
        clock.advance(minutes=1)


def test_a_paused_attempt_can_be_finished(candidate: Candidate) -> None:
    candidate.act("pause", 1, "a draft")
    candidate.finish()
    assert [s.text for s in candidate.submissions()] == ["a draft"]
    assert candidate.attempt().paused_at is None


def test_abandoning_hands_in_nothing_more(candidate: Candidate, clock: FakeClock) -> None:
    candidate.submit(1)
    candidate.show(2)
    candidate.save(2, "never handed in")
    overview.abandon(candidate.user_id, candidate.attempt_id, clock())
    attempt = candidate.attempt()
    assert (attempt.state, attempt.score, attempt.finished_at) == ("abandoned", None, clock())
    assert [s.position for s in candidate.submissions()] == [1]


def test_abandoning_after_the_time_comes_too_late(candidate: Candidate, clock: FakeClock) -> None:
    candidate.save(1, "handed in by the clock")
    clock.advance(minutes=11)
    overview.abandon(candidate.user_id, candidate.attempt_id, clock())
    assert (candidate.attempt().state, candidate.attempt().finish_reason) == ("finished", "time")
    assert [s.text for s in candidate.submissions()] == ["handed in by the clock"]


@pytest.mark.parametrize("button", BUTTONS)
def test_no_button_works_on_a_question_that_was_not_shown(
    candidate: Candidate, button: str
) -> None:
    with pytest.raises(NotShownYet):
        candidate.act(button, 2, "early")


@pytest.mark.parametrize("button", BUTTONS)
def test_every_button_leads_on_after_the_finish(candidate: Candidate, button: str) -> None:
    candidate.finish()
    assert candidate.act(button, 1, "too late") == Ended(candidate.attempt_id, "too late")


@pytest.mark.parametrize("button", BUTTONS)
def test_another_tab_that_saves_in_between_is_noticed(
    candidate: Candidate, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other() -> None:
        candidate.save(1, "from the other tab", writer="other")

    overtaken_by(monkeypatch, other)
    outcome = candidate.act(button, 1, "from this tab")
    assert isinstance(outcome, Conflict)
    assert (outcome.typed, outcome.screen.text) == ("from this tab", "from the other tab")


@pytest.mark.parametrize("button", BUTTONS)
def test_a_save_of_the_same_page_in_between_is_followed_by_what_the_button_sent(
    candidate: Candidate, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def own_save() -> None:
        candidate.save(1, "a thou", writer=candidate.pages[1].writer, sequence=7)

    overtaken_by(monkeypatch, own_save)
    candidate.act(button, 1, "a thought")
    assert db.session.scalars(sa.select(Draft.text)).all() == ["a thought"]


@pytest.mark.parametrize("button", BUTTONS)
def test_an_attempt_that_ends_in_between_takes_no_more_moves(
    candidate: Candidate, button: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken_by(monkeypatch, candidate.finish)
    outcome: Outcome = candidate.act(button, 1, "typed last")
    assert outcome == Ended(candidate.attempt_id, "typed last")
    assert set(candidate.states()) == {"unanswered"}

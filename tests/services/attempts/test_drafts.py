"""Saving drafts: what is acknowledged stays, and an older text never replaces a newer one."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts import overview
from interview.services.attempts.drafts import NotSaved
from interview.services.attempts.records import AlreadyClosed, Conflict, Saved
from tests.support.candidate import Candidate, start
from tests.support.clock import FakeClock

TIMED = Plan(Preset.PRACTICE, Feedback.EACH, timedelta(minutes=10), None)
PER_QUESTION = Plan(Preset.MOCK, Feedback.END, None, timedelta(minutes=1))


@pytest.fixture
def candidate(database: Flask, clock: FakeClock) -> Candidate:
    made = start(clock, TIMED)
    made.show(1)
    return made


@pytest.fixture
def hurried(database: Flask, clock: FakeClock) -> Candidate:
    made = start(clock, PER_QUESTION)
    made.show(1)
    return made


def test_each_save_raises_the_revision(candidate: Candidate, clock: FakeClock) -> None:
    first = candidate.save(1, "a")
    clock.advance(seconds=1)
    second = candidate.save(1, "ab", base=1, sequence=2)
    assert (first, second) == (Saved(1, clock() - timedelta(seconds=1), 0), Saved(2, clock(), 0))
    assert candidate.question(1).text == "ab"


def test_an_older_revision_gets_the_newer_text_and_changes_nothing(candidate: Candidate) -> None:
    candidate.save(1, "from the other tab", writer="other")
    assert candidate.save(1, "from this tab") == NotSaved("newer", "from the other tab", 1)
    assert candidate.question(1).text == "from the other tab"


def test_a_conflict_is_solved_by_saving_on_top_of_what_was_shown(candidate: Candidate) -> None:
    candidate.save(1, "from the other tab", writer="other")
    refused = candidate.save(1, "from this tab")
    assert isinstance(refused, NotSaved)
    again = candidate.save(1, "from this tab", base=refused.revision, sequence=2)
    assert isinstance(again, Saved)
    assert candidate.question(1).text == "from this tab"


def test_the_same_text_from_another_tab_is_no_conflict(candidate: Candidate) -> None:
    candidate.save(1, "the same", writer="other")
    assert isinstance(candidate.save(1, "the same"), Saved)


def test_a_retry_whose_first_answer_was_lost_is_no_conflict(candidate: Candidate) -> None:
    candidate.save(1, "typed")
    assert isinstance(candidate.save(1, "typed"), Saved)
    assert isinstance(candidate.save(1, "typed on", base=0, sequence=2), Saved)


def test_a_save_that_was_overtaken_by_its_own_page_changes_nothing(candidate: Candidate) -> None:
    candidate.save(1, "newest", sequence=2)
    assert candidate.save(1, "older", sequence=1) == NotSaved("newer", "newest", 1)
    assert candidate.question(1).text == "newest"


def test_a_save_under_way_does_not_undo_what_a_button_sent(candidate: Candidate) -> None:
    page = candidate.pages[1]
    candidate.save(1, "a thought", writer=page.writer, sequence=1)
    candidate.act("skip", 1, "a thought, finished")
    late = candidate.save(1, "a thought, fin", base=1, writer=page.writer, sequence=2)
    assert late == NotSaved("newer", "a thought, finished", 2)
    assert candidate.question(1).text == "a thought, finished"


@pytest.mark.parametrize("button", ["skip", "flag", "to_overview", "pause", "reveal"])
def test_every_button_keeps_what_was_typed(candidate: Candidate, button: str) -> None:
    candidate.act(button, 1, "typed last")
    with_text = candidate.save(1, "probe", writer="probe")
    assert isinstance(with_text, NotSaved)
    assert with_text.text == "typed last"


@pytest.mark.parametrize("button", ["skip", "flag", "to_overview", "pause", "reveal"])
def test_no_button_overwrites_what_another_tab_saved(candidate: Candidate, button: str) -> None:
    candidate.save(1, "from the other tab", writer="other")
    outcome = candidate.act(button, 1, "from this tab")
    assert isinstance(outcome, Conflict)
    assert (outcome.typed, outcome.screen.text) == ("from this tab", "from the other tab")
    assert candidate.states()[0] == "open"


def test_twenty_thousand_characters_are_saved_and_one_more_is_not(candidate: Candidate) -> None:
    assert isinstance(candidate.save(1, "🙂" * 20_000), Saved)
    assert candidate.save(1, "🙂" * 20_001, base=1, sequence=2) == NotSaved("long")
    assert candidate.question(1).text == "🙂" * 20_000


def test_a_question_that_was_not_shown_takes_no_draft(candidate: Candidate) -> None:
    assert candidate.save(2, "early") == NotSaved("not shown")


def test_a_paused_attempt_takes_no_draft(candidate: Candidate) -> None:
    candidate.act("pause", 1, "before the pause")
    refused = candidate.save(1, "during the pause", writer="other")
    assert isinstance(refused, NotSaved)
    assert (refused.reason, refused.text) == ("paused", "before the pause")


def test_a_submitted_question_takes_no_draft(candidate: Candidate) -> None:
    candidate.save(1, "first")
    candidate.submit(1, "first and last", base=1)
    refused = candidate.save(1, "and more", base=1, sequence=2)
    assert isinstance(refused, NotSaved)
    assert refused.reason == "closed"


@pytest.mark.parametrize("base", [0, 1])
def test_after_the_time_a_save_is_told_that_it_is_over(
    candidate: Candidate, clock: FakeClock, base: int
) -> None:
    candidate.save(1, "in time", writer="other")
    clock.advance(minutes=11)
    assert candidate.save(1, "too late", base=base) == NotSaved("closed", "in time", 1)


@pytest.mark.parametrize("base", [0, 1])
def test_a_question_left_behind_is_told_to_be_closed(hurried: Candidate, base: int) -> None:
    hurried.act("skip", 1, "left behind")
    refused = hurried.save(1, "from an old page", base=base)
    assert refused == NotSaved("closed", "left behind", 1)


def test_a_question_left_behind_is_closed_and_not_out_of_time(
    hurried: Candidate, clock: FakeClock
) -> None:
    hurried.act("skip", 1, "left behind")
    clock.advance(minutes=1, seconds=30)
    hurried.show(2)
    clock.advance(seconds=10)
    outcome = hurried.submit(1, "from an old page", writer="other")
    assert outcome == AlreadyClosed(hurried.attempt_id, 1, "from an old page")
    assert hurried.states()[0] == "open"


@pytest.mark.parametrize("end", [overview.finish_now, overview.abandon])
def test_an_attempt_that_has_ended_takes_no_draft(
    candidate: Candidate, end: Callable[[int, int, datetime], object]
) -> None:
    end(candidate.user_id, candidate.attempt_id, candidate.now())
    for position in (1, 2):
        refused = candidate.save(position, "too late")
        assert isinstance(refused, NotSaved)
        assert refused.reason == "closed"


def test_a_late_repeat_of_the_newest_text_lets_no_older_one_through(candidate: Candidate) -> None:
    candidate.save(1, "first", sequence=1)
    candidate.save(1, "newest", base=1, sequence=5)
    assert isinstance(candidate.save(1, "newest", sequence=2), Saved)
    assert isinstance(candidate.save(1, "older", sequence=3), NotSaved)
    assert candidate.question(1).text == "newest"

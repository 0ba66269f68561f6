from datetime import timedelta

import pytest
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts.drafts import NotSaved
from interview.services.attempts.moving import go_on
from interview.services.attempts.records import Ended, Saved, Showing, TimeUp
from interview.services.sweeping import sweep
from tests.support.candidate import Candidate, start
from tests.support.clock import FakeClock

TEN = timedelta(minutes=10)
WHOLE = Plan(Preset.MOCK, Feedback.END, TEN, None)
PER_QUESTION = Plan(Preset.MOCK, Feedback.END, None, timedelta(minutes=1))
PRACTICE = Plan(Preset.PRACTICE, Feedback.EACH, TEN, None)


@pytest.fixture
def candidate(database: Flask, clock: FakeClock) -> Candidate:
    return start(clock, WHOLE)


@pytest.fixture
def hurried(database: Flask, clock: FakeClock) -> Candidate:
    return start(clock, PER_QUESTION)


def test_a_deadline_does_not_move_for_a_reload_or_another_page(
    candidate: Candidate, clock: FakeClock
) -> None:
    first = candidate.question(1).clocks
    clock.advance(minutes=3)
    assert candidate.question(1).clocks == first


def test_an_answer_within_the_grace_counts(candidate: Candidate, clock: FakeClock) -> None:
    candidate.show(1)
    clock.advance(minutes=10, seconds=5)
    assert isinstance(candidate.submit(1), Showing)


def test_after_the_grace_the_saved_draft_is_handed_in_and_the_late_text_given_back(
    candidate: Candidate, clock: FakeClock
) -> None:
    candidate.show(1)
    candidate.save(1, "what was saved")
    deadline = candidate.attempt().deadline_at
    clock.advance(minutes=10, seconds=5.001)
    assert candidate.submit(1, "what came late") == Ended(candidate.attempt_id, "what came late")
    [handed_in] = candidate.submissions()
    assert (handed_in.text, handed_in.source) == ("what was saved", "deadline")
    assert handed_in.submitted_at == deadline
    assert candidate.states() == ["submitted", "unanswered", "unanswered"]
    assert candidate.attempt().finish_reason == "time"


def test_a_save_obeys_the_same_cut_off(candidate: Candidate, clock: FakeClock) -> None:
    candidate.show(1)
    clock.advance(minutes=10, seconds=5)
    assert isinstance(candidate.save(1, "just in time"), Saved)
    clock.advance(seconds=1)
    refused = candidate.save(1, "too late", base=1, sequence=2)
    assert refused == NotSaved("closed", "just in time", 1)


def test_the_sweeper_hands_in_with_the_browser_closed(
    candidate: Candidate, clock: FakeClock
) -> None:
    candidate.show(1)
    candidate.save(1, "typed before the crash")
    clock.advance(minutes=10, seconds=4)
    assert sweep(clock()) == 0
    clock.advance(seconds=2)
    assert sweep(clock()) == 1
    assert sweep(clock()) == 0
    assert [s.text for s in candidate.submissions()] == ["typed before the crash"]
    assert candidate.attempt().state == "finished"


def test_the_next_look_settles_what_no_sweeper_has(candidate: Candidate, clock: FakeClock) -> None:
    candidate.show(1)
    candidate.save(1, "typed before the crash")
    clock.advance(days=1)
    assert candidate.show(1) == Ended(candidate.attempt_id)
    assert candidate.attempt().finished_at == candidate.attempt().deadline_at


def test_settling_twice_hands_in_once(candidate: Candidate, clock: FakeClock) -> None:
    candidate.show(1)
    candidate.save(1, "once")
    clock.advance(days=1)
    candidate.show(1)
    sweep(clock())
    candidate.finish()
    assert len(candidate.submissions()) == candidate.grades() == 1


def test_a_questions_clock_starts_at_its_first_display(
    hurried: Candidate, clock: FakeClock
) -> None:
    clock.advance(minutes=30)
    assert hurried.question(1).clocks[0].deadline == clock() + timedelta(minutes=1)
    clock.advance(seconds=30)
    hurried.submit(1)
    assert hurried.pages[2].clocks[0].deadline == clock() + timedelta(minutes=1)


def test_a_question_whose_time_is_up_hands_in_its_draft_and_the_next_one_waits(
    hurried: Candidate, clock: FakeClock
) -> None:
    hurried.show(1)
    hurried.save(1, "half")
    saved_at = clock()
    clock.advance(minutes=5)
    assert hurried.show(1) == TimeUp(hurried.attempt_id, 1, 2, "half", saved_at, "")
    assert hurried.states() == ["submitted", "unseen", "unseen"]
    clock.advance(minutes=5)
    assert hurried.question(2).clocks[0].deadline == clock() + timedelta(minutes=1)


def test_a_late_answer_to_one_question_is_given_back(hurried: Candidate, clock: FakeClock) -> None:
    hurried.show(1)
    clock.advance(minutes=2)
    outcome = hurried.submit(1, "late words")
    assert isinstance(outcome, TimeUp)
    assert (outcome.submitted, outcome.late_text) == ("", "late words")
    assert hurried.states()[0] == "unanswered"


def test_the_last_question_running_out_ends_the_attempt(
    hurried: Candidate, clock: FakeClock
) -> None:
    for position in (1, 2):
        hurried.show(position)
        hurried.submit(position)
    hurried.save(3, "the last words", writer="another")
    clock.advance(minutes=2)
    assert sweep(clock()) == 1
    assert hurried.attempt().state == "finished"
    assert hurried.submissions()[-1].text == "the last words"


def test_there_is_no_way_back_with_a_limit_per_question(
    hurried: Candidate, clock: FakeClock
) -> None:
    hurried.show(1)
    hurried.act("skip", 1, "left behind")
    shown = hurried.show(1)
    assert isinstance(shown, Showing)
    assert shown.screen.position == 2
    assert hurried.save(1, "from an old page").__class__ is NotSaved


def test_what_was_skipped_under_a_limit_per_question_is_handed_in_at_the_end(
    hurried: Candidate, clock: FakeClock
) -> None:
    hurried.show(1)
    hurried.act("skip", 1, "left behind")
    hurried.submit(2)
    assert hurried.act("skip", 3) == Ended(hurried.attempt_id)
    assert [(s.position, s.source) for s in hurried.submissions()] == [
        (1, "finish"),
        (2, "learner"),
    ]
    assert hurried.states() == ["submitted", "submitted", "unanswered"]


def test_the_nearer_of_two_clocks_ends_a_question(database: Flask, clock: FakeClock) -> None:
    both = Plan(Preset.MOCK, Feedback.END, timedelta(seconds=90), timedelta(minutes=1))
    candidate = start(clock, both)
    candidate.show(1)
    clock.advance(seconds=50)
    candidate.submit(1)
    assert candidate.item(2).deadline_at == candidate.attempt().deadline_at


def test_a_pause_moves_the_deadline_by_its_length(database: Flask, clock: FakeClock) -> None:
    candidate = start(clock, PRACTICE)
    candidate.show(1)
    before = candidate.attempt().deadline_at
    candidate.act("pause", 1, "wait a moment")
    clock.advance(minutes=60)
    assert sweep(clock()) == 0
    assert go_on(candidate.user_id, candidate.attempt_id, clock()) == 1
    assert candidate.attempt().deadline_at == before + timedelta(minutes=60)
    assert candidate.question(1).text == "wait a moment"
    assert candidate.item(1).seconds_used == 0


def test_finishing_early_hands_in_drafts_and_leaves_the_rest_unanswered(
    candidate: Candidate, clock: FakeClock
) -> None:
    candidate.show(1)
    candidate.submit(1)
    candidate.save(2, "a draft", writer="another")
    clock.advance(seconds=10)
    candidate.finish()
    assert candidate.states() == ["submitted", "submitted", "unanswered"]
    assert [s.source for s in candidate.submissions()] == ["learner", "finish"]
    attempt = candidate.attempt()
    scores = [candidate.item(n).score for n in (1, 2, 3)]
    assert attempt.score == pytest.approx(sum(scores) / 3)
    assert scores[2] == 0.0

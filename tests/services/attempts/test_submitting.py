from datetime import timedelta

import pytest
from flask import Flask

from interview.rules.attempt import Feedback, Plan, Preset
from interview.services.attempts.records import (
    AlreadyClosed,
    Conflict,
    Ended,
    Graded,
    NotFound,
    NotShownYet,
    Refused,
    Showing,
    ToOverview,
)
from tests.support.candidate import GOOD, Candidate, start
from tests.support.clock import FakeClock

EACH = Plan(Preset.PRACTICE, Feedback.EACH, None, None)


@pytest.fixture
def candidate(database: Flask, clock: FakeClock) -> Candidate:
    return start(clock)


def test_an_answer_is_graded_and_the_next_question_shown(candidate: Candidate) -> None:
    candidate.show(1)
    outcome = candidate.submit(1)
    assert isinstance(outcome, Showing)
    assert outcome.screen.position == 2
    assert [(s.position, s.text, s.source) for s in candidate.submissions()] == [
        (1, GOOD, "learner")
    ]
    assert candidate.grades() == 1
    assert candidate.item(1).score > 0.5


def test_second_submit_returns_the_first_result(candidate: Candidate) -> None:
    candidate.show(1)
    candidate.submit(1)
    again = candidate.submit(1)
    assert isinstance(again, Showing)
    assert again.screen.position == 2
    assert len(candidate.submissions()) == candidate.grades() == 1


def test_second_submit_with_another_text_changes_nothing_and_gives_the_text_back(
    candidate: Candidate,
) -> None:
    candidate.show(1)
    candidate.submit(1)
    again = candidate.submit(1, "Something else")
    assert again == AlreadyClosed(candidate.attempt_id, 1, "Something else")
    assert [s.text for s in candidate.submissions()] == [GOOD]


def test_a_question_cannot_be_answered_before_it_was_shown(candidate: Candidate) -> None:
    with pytest.raises(NotShownYet):
        candidate.submit(2)
    assert candidate.submissions() == []


@pytest.mark.parametrize("position", [0, 4, 10**6])
def test_a_question_number_out_of_range_is_not_found(candidate: Candidate, position: int) -> None:
    with pytest.raises(NotFound):
        candidate.show(position)
    with pytest.raises(NotFound):
        candidate.submit(position)


def test_somebody_elses_attempt_is_not_found(candidate: Candidate, clock: FakeClock) -> None:
    other = start(clock, slug="three")
    stranger = Candidate(other.user_id, candidate.attempt_id, clock)
    candidate.show(1)
    with pytest.raises(NotFound):
        stranger.show(1)
    with pytest.raises(NotFound):
        stranger.submit(1)
    with pytest.raises(NotFound):
        stranger.save(1, "mine now")
    with pytest.raises(NotFound):
        stranger.finish()


def test_an_empty_answer_asks_first(candidate: Candidate) -> None:
    candidate.show(1)
    outcome = candidate.submit(1, " \n ")
    assert isinstance(outcome, Refused)
    assert outcome.reason == "empty"
    assert candidate.submissions() == []


def test_an_empty_answer_that_is_meant_scores_zero(candidate: Candidate) -> None:
    candidate.show(1)
    assert isinstance(candidate.submit(1, "", confirmed=True), Showing)
    assert candidate.item(1).score == 0.0


def test_an_answer_that_is_too_long_comes_back_whole(candidate: Candidate) -> None:
    candidate.show(1)
    text = "x" * 20_001
    outcome = candidate.submit(1, text)
    assert isinstance(outcome, Refused)
    assert (outcome.reason, outcome.typed) == ("long", text)
    assert candidate.submissions() == []


def test_the_limit_counts_code_points_after_line_ends_became_one(candidate: Candidate) -> None:
    candidate.show(1)
    assert isinstance(candidate.submit(1, "\r\n" * 9_999 + "🙂" * 10_001), Showing)


def test_a_stale_tab_gets_both_texts(candidate: Candidate) -> None:
    candidate.show(1)
    candidate.save(1, "from the other tab", writer="other")
    outcome = candidate.submit(1, "from this tab")
    assert isinstance(outcome, Conflict)
    assert outcome.typed == "from this tab"
    assert outcome.screen.text == "from the other tab"
    assert candidate.submissions() == []


def test_a_conflict_is_solved_by_submitting_again_knowingly(candidate: Candidate) -> None:
    candidate.show(1)
    candidate.save(1, "from the other tab", writer="other")
    conflict = candidate.submit(1, "from this tab")
    assert isinstance(conflict, Conflict)
    again = candidate.submit(1, "from this tab", base=conflict.screen.base)
    assert isinstance(again, Showing)
    assert [s.text for s in candidate.submissions()] == ["from this tab"]


def test_the_last_answer_ends_a_mock_interview(candidate: Candidate, clock: FakeClock) -> None:
    candidate.show(1)
    for position in (1, 2):
        clock.advance(seconds=30)
        candidate.submit(position)
    assert candidate.submit(3) == Ended(candidate.attempt_id)
    attempt = candidate.attempt()
    assert (attempt.state, attempt.finish_reason) == ("finished", "learner")
    assert attempt.finished_at == clock()
    assert attempt.score == pytest.approx(candidate.item(1).score)


def test_skipped_questions_wait_on_the_overview(candidate: Candidate) -> None:
    candidate.show(1)
    candidate.act("skip", 1, "half a thought")
    candidate.submit(2)
    outcome = candidate.submit(3)
    assert outcome == ToOverview(candidate.attempt_id)
    assert candidate.question(1).text == "half a thought"


def test_practice_shows_each_grade_before_the_next_question(
    database: Flask, clock: FakeClock
) -> None:
    candidate = start(clock, EACH)
    candidate.show(1)
    assert candidate.submit(1) == Graded(candidate.attempt_id, 1)
    assert candidate.states() == ["submitted", "unseen", "unseen"]
    assert candidate.submit(1) == Graded(candidate.attempt_id, 1)


def test_submitting_after_the_finish_leads_to_the_results(candidate: Candidate) -> None:
    candidate.show(1)
    candidate.finish()
    assert candidate.submit(1, "too late") == Ended(candidate.attempt_id, "too late")
    assert candidate.submissions() == []


def test_time_is_counted_per_question(candidate: Candidate, clock: FakeClock) -> None:
    candidate.show(1)
    clock.advance(seconds=40)
    candidate.act("skip", 1, "later")
    clock.advance(seconds=10)
    candidate.submit(2)
    clock.advance(seconds=5)
    candidate.show(1)
    clock.advance(seconds=20)
    candidate.submit(1)
    assert [candidate.item(n).seconds_used for n in (1, 2, 3)] == [60, 10, 5]


def test_a_closed_browser_counts_only_as_far_as_its_last_save(
    candidate: Candidate, clock: FakeClock
) -> None:
    candidate.show(1)
    clock.advance(seconds=15)
    candidate.save(1, "and then the lights went out")
    clock.advance(minutes=600)
    candidate.show(1)
    clock.advance(seconds=5)
    candidate.submit(1)
    assert candidate.item(1).seconds_used == pytest.approx(20)


def test_deadline_is_not_needed_to_submit_an_untimed_answer_days_later(
    candidate: Candidate, clock: FakeClock
) -> None:
    candidate.show(1)
    clock.advance(days=3)
    assert candidate.attempt().deadline_at is None
    assert isinstance(candidate.submit(1), Showing)
    assert candidate.submissions()[0].submitted_at - candidate.attempt().started_at == timedelta(
        days=3
    )

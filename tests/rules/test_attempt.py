from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.rules.attempt import (
    Feedback,
    ItemState,
    Preset,
    may_open,
    must_finish,
    next_open,
    preset_plan,
)

states = st.lists(st.sampled_from(ItemState), min_size=1, max_size=12)
QUICK = timedelta(minutes=2)
SUBMITTED, OPEN, UNSEEN = ItemState.SUBMITTED, ItemState.OPEN, ItemState.UNSEEN


def test_mock_interview_has_one_clock_and_shows_grades_at_the_end() -> None:
    plan = preset_plan(Preset.MOCK, 10, QUICK)
    assert (plan.whole_limit, plan.question_limit) == (timedelta(minutes=30), None)
    assert plan.feedback is Feedback.END
    assert not plan.pausable


def test_mock_interview_never_allows_less_than_a_prepared_candidate_needs() -> None:
    plan = preset_plan(Preset.MOCK, 5, timedelta(minutes=16, seconds=30))
    assert plan.whole_limit == timedelta(minutes=17)


def test_only_practice_can_be_paused() -> None:
    assert [preset for preset in Preset if preset_plan(preset, 3, QUICK).pausable] == [
        Preset.PRACTICE
    ]


def test_untimed_has_no_clock() -> None:
    plan = preset_plan(Preset.UNTIMED, 3, QUICK)
    assert (plan.whole_limit, plan.question_limit) == (None, None)


def test_after_a_question_comes_the_next_one_that_is_open() -> None:
    assert next_open([SUBMITTED, SUBMITTED, SUBMITTED, UNSEEN], 1) == 4


def test_going_on_never_leads_back() -> None:
    assert next_open([OPEN, OPEN, SUBMITTED], 3) is None


def test_with_return_an_attempt_ends_when_everything_is_closed() -> None:
    assert not must_finish([OPEN, SUBMITTED], 2, returnable=True)
    assert must_finish([SUBMITTED, SUBMITTED], 2, returnable=True)


def test_without_return_an_attempt_ends_after_the_last_question() -> None:
    assert must_finish([OPEN, SUBMITTED], 2, returnable=False)
    assert not must_finish([SUBMITTED, UNSEEN], 1, returnable=False)


@given(states, st.data())
def test_a_closed_question_never_opens_again(found: list[ItemState], data: st.DataObject) -> None:
    position = data.draw(st.integers(1, len(found)))
    current = data.draw(st.integers(1, len(found)))
    for returnable in (True, False):
        opens = may_open(found, current, position, returnable=returnable)
        assert not (opens and found[position - 1].is_closed)


@given(states, st.data())
def test_the_next_question_is_open_and_later(found: list[ItemState], data: st.DataObject) -> None:
    position = data.draw(st.integers(1, len(found)))
    following = next_open(found, position)
    assert following is None or (following > position and not found[following - 1].is_closed)


@pytest.mark.parametrize("state", [ItemState.SUBMITTED, ItemState.REVEALED, ItemState.UNANSWERED])
def test_three_states_are_final(state: ItemState) -> None:
    assert state.is_closed

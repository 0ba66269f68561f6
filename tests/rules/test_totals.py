import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.rules.totals import mean_score, strong_and_weak

scores = st.lists(st.floats(0, 1), max_size=50)


def test_a_question_not_answered_counts_as_zero() -> None:
    assert mean_score([1.0, 0.0]) == 0.5


def test_an_empty_attempt_scores_zero() -> None:
    assert mean_score([]) == 0.0


@given(scores)
def test_a_total_stays_between_zero_and_one_in_any_order(found: list[float]) -> None:
    total = mean_score(found)
    assert 0 <= total <= 1
    assert total == mean_score(list(reversed(found)))


def test_tags_are_sorted_into_strong_and_weak() -> None:
    found = [("orm", 0.9), ("orm", 0.8), ("forms", 0.2), ("urls", 0.6), ("admin", 1.0)]
    assert strong_and_weak(found) == (["admin", "orm"], ["forms"])


def test_a_tag_is_judged_by_its_mean() -> None:
    strong, weak = strong_and_weak([("orm", 1.0), ("orm", 0.0)])
    assert (strong, weak) == ([], [])
    assert mean_score([1.0, 0.0]) == pytest.approx(0.5)

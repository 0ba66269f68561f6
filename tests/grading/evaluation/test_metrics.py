import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from interview.grading.evaluation import metrics

NAN = pytest.approx(math.nan, nan_ok=True)
values = st.integers(0, 20).map(lambda twentieths: twentieths / 20)
pairs = st.lists(st.tuples(values, values, st.integers(0, 3)), min_size=1, max_size=60)


def columns(
    rows: list[tuple[float, float, int]],
) -> tuple[metrics.Floats, metrics.Floats, metrics.Ints]:
    marks, scores, questions = zip(*rows, strict=True)
    return np.array(marks), np.array(scores), np.array(questions, dtype=np.intp)


def array(*numbers: float) -> metrics.Floats:
    return np.array(numbers, dtype=float)


def test_pearson_is_what_is_computed_by_hand() -> None:
    # Deviations (-1, 0, 1) and (-1, 1, 0): covariance 1, variances 2 and 2.
    assert metrics.pearson_r(array(0, 1, 2), array(0, 2, 1)) == pytest.approx(0.5)


@given(pairs)
def test_pearson_lies_between_its_ends_and_agrees_with_numpy(
    rows: list[tuple[float, float, int]],
) -> None:
    marks, scores, _ = columns(rows)
    r = metrics.pearson_r(marks, scores)
    if np.ptp(marks) == 0 or np.ptp(scores) == 0:
        assert math.isnan(r)
    else:
        assert -1 <= r <= 1
        assert r == pytest.approx(np.corrcoef(marks, scores)[0, 1], abs=1e-9)


@pytest.mark.parametrize("same", [0.0, 0.1, 1 / 3, 1.0])
def test_equal_marks_leave_r_undefined(same: float) -> None:
    scores = np.linspace(0, 1, 7)
    assert metrics.pearson_r(np.full(7, same), scores) == NAN
    assert metrics.spearman_rho(scores, np.full(7, same)) == NAN
    assert metrics.within_question_r(np.full(7, same), scores, np.zeros(7, int), 2) == NAN


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    assert metrics.ranks(array(0.5, 0.1, 0.5, 0.9)).tolist() == [2.5, 1, 2.5, 4]


def test_spearman_sees_the_order_alone() -> None:
    marks = array(0.1, 0.4, 0.2, 0.9)
    assert metrics.spearman_rho(marks, marks**3) == pytest.approx(1)
    # Squared differences of the ranks 1, 3, 2, 4 and 2, 3, 1, 4: 1 - 6 * 2 / (4 * 15).
    assert metrics.spearman_rho(marks, array(0.3, 0.4, 0.1, 0.8)) == pytest.approx(0.8)


def test_within_question_r_weighs_questions_by_their_answers() -> None:
    rising, falling = np.linspace(0, 1, 30), np.linspace(1, 0, 10)
    marks = np.concatenate([rising, rising[:10], array(0.5)])
    scores = np.concatenate([rising, falling, array(0.5)])
    questions = np.repeat([0, 1, 2], [30, 10, 1])
    assert metrics.within_question_r(marks, scores, questions) == pytest.approx((30 - 10) / 40)


def test_within_question_r_leaves_out_small_questions_and_equal_marks() -> None:
    rising = np.linspace(0, 1, 10)
    marks = np.concatenate([rising, rising[:9], np.ones(12)])
    scores = np.concatenate([rising, -rising[:9], np.linspace(0, 1, 12)])
    questions = np.repeat([0, 1, 2], [10, 9, 12])
    assert metrics.within_question_r(marks, scores, questions) == pytest.approx(1)


def test_within_question_r_does_not_see_that_one_question_is_harder() -> None:
    noise = np.tile(array(0, 0.1), 6)
    marks = np.concatenate([noise, noise + 0.8])
    scores = np.concatenate([noise, 0.9 - noise])
    assert metrics.pearson_r(marks, scores) > 0.9
    assert metrics.within_question_r(marks, scores, np.repeat([0, 1], 12)) == pytest.approx(0)


def test_errors_are_what_is_computed_by_hand() -> None:
    marks, scores = array(0, 0.5, 1, 1), array(0.3, 0.5, 0.6, 1)
    assert metrics.rmse(marks, scores) == pytest.approx(0.25)
    assert metrics.mae(marks, scores) == pytest.approx(0.175)


def test_halves_go_up_to_the_next_level() -> None:
    assert metrics.levels(array(0, 0.124, 0.125, 0.5, 0.625, 1)).tolist() == [0, 0, 1, 2, 3, 4]


@given(pairs)
def test_kappa_agrees_with_scikit_learn(rows: list[tuple[float, float, int]]) -> None:
    marks, scores, _ = columns(rows)
    kappa = metrics.quadratic_weighted_kappa(marks, scores)
    ours, theirs = metrics.levels(marks), metrics.levels(scores)
    if len(set(ours) | set(theirs)) == 1:
        assert math.isnan(kappa)
    else:
        expected = cohen_kappa_score(ours, theirs, labels=range(5), weights="quadratic")
        assert kappa == pytest.approx(expected, abs=1e-9)
        assert metrics.quadratic_weighted_kappa(marks, marks) in (pytest.approx(1), NAN)


def test_kappa_of_marks_with_themselves_is_one() -> None:
    marks = array(0, 0.25, 0.5, 1)
    assert metrics.quadratic_weighted_kappa(marks, marks) == pytest.approx(1)
    assert metrics.quadratic_weighted_kappa(marks, 1 - marks) < 0


def test_an_interval_holds_a_mark_on_its_end() -> None:
    marks, low, high = array(0.2, 0.5, 0.9), array(0.2, 0.1, 0.3), array(0.6, 0.4, 0.9)
    assert metrics.interval_coverage(marks, low, high) == pytest.approx(2 / 3)


def test_errors_are_told_apart_by_length() -> None:
    lengths = np.arange(8.0)
    scores = array(0, 0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3)
    by_length = metrics.errors_by_length(np.zeros(8), scores, lengths)
    assert by_length == pytest.approx([0, 0.1, 0.2, 0.3])


def test_equal_lengths_stay_in_one_quarter() -> None:
    by_length = metrics.errors_by_length(np.zeros(4), np.ones(4), np.full(4, 7.0))
    assert by_length == [1.0, NAN, NAN, NAN]


@given(pairs.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_the_rows_does_not_matter(
    both: tuple[list[tuple[float, float, int]], list[tuple[float, float, int]]],
) -> None:
    rows, turned = both
    for measure in (metrics.pearson_r, metrics.spearman_rho, metrics.rmse, metrics.mae):
        first, second = columns(rows)[:2], columns(turned)[:2]
        assert measure(*first) == pytest.approx(measure(*second), abs=1e-9, nan_ok=True)
    one, other = (metrics.within_question_r(*columns(given), 2) for given in (rows, turned))
    assert one == pytest.approx(other, abs=1e-9, nan_ok=True)


def test_no_answers_leave_everything_undefined() -> None:
    none = array()
    for measure in (
        metrics.pearson_r,
        metrics.spearman_rho,
        metrics.rmse,
        metrics.mae,
        metrics.quadratic_weighted_kappa,
    ):
        assert measure(none, none) == NAN
    assert metrics.within_question_r(none, none, np.array([], int)) == NAN
    assert metrics.errors_by_length(none, none, none) == [NAN] * 4

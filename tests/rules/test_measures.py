"""The measures against the libraries of the field, and at their ends."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from interview.grading.evaluation import metrics
from interview.rules import measures
from interview.rules.measures import Part

SHARES = st.integers(0, 100).map(lambda number: number / 100)
MANY = st.lists(SHARES, min_size=2, max_size=60)
PAIRS = st.lists(st.tuples(SHARES, SHARES), min_size=2, max_size=60)
RATINGS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=60)


@given(MANY)
def test_quartiles_are_those_of_numpy(values: list[float]) -> None:
    found = measures.quartiles(values)
    assert found is not None
    ours = (found.least, found.lower, found.median, found.upper, found.greatest)
    assert ours == pytest.approx(np.quantile(values, [0, 0.25, 0.5, 0.75, 1]), abs=1e-12)


def test_one_value_is_all_its_quartiles() -> None:
    assert measures.quartiles([0.4]) == measures.Quartiles(0.4, 0.4, 0.4, 0.4, 0.4)


@given(MANY, st.sampled_from([4, 10]))
def test_a_histogram_holds_every_value_in_the_bin_that_begins_below_it(
    values: list[float], bins: int
) -> None:
    counts = measures.histogram(values, bins)
    exact = [min(bins - 1, int(Fraction(round(100 * value), 100) * bins)) for value in values]
    assert counts == tuple(exact.count(place) for place in range(bins))


@given(PAIRS)
def test_r_is_that_of_numpy(pairs: list[tuple[float, float]]) -> None:
    first, second = (np.array(values) for values in zip(*pairs, strict=True))
    ours = measures.pearson_r(first.tolist(), second.tolist())
    if min(first.std(), second.std()) < 1e-9:
        assert ours is None
    else:
        assert ours == pytest.approx(np.corrcoef(first, second)[0, 1], abs=1e-9)
        assert ours == pytest.approx(metrics.pearson_r(first, second), abs=1e-9)


@given(RATINGS)
def test_kappa_is_that_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    first, second = (list(values) for values in zip(*pairs, strict=True))
    ours = measures.quadratic_weighted_kappa(first, second, 4)
    if len({*first, *second}) == 1:
        assert ours is None
    else:
        theirs = cohen_kappa_score(first, second, weights="quadratic", labels=[0, 1, 2, 3])
        assert ours == pytest.approx(theirs, abs=1e-9)


def test_all_the_same_is_no_correlation_and_no_kappa_rather_than_noise() -> None:
    alike = [0.1] * 7
    assert measures.pearson_r(alike, [n / 7 for n in range(7)]) is None
    assert measures.quadratic_weighted_kappa([2] * 7, [2] * 7, 4) is None


@given(st.lists(st.lists(SHARES, min_size=3, max_size=3), min_size=2, max_size=40))
def test_discrimination_is_the_correlation_with_the_sum_of_the_other_questions(
    attempts: list[list[float]],
) -> None:
    worth = np.array([1.0, 2.0, 0.5])
    table = np.array(attempts) * worth
    ours = measures.discrimination(
        [Part(row[0], 1.0, float(row.sum()), float(worth.sum())) for row in table]
    )
    rests = table[:, 1:].sum(axis=1)
    if min(table[:, 0].std(), rests.std()) < 1e-5:
        return
    assert ours == pytest.approx(np.corrcoef(table[:, 0], rests)[0, 1], abs=1e-7)


def test_a_question_that_was_asked_alone_tells_nobody_apart() -> None:
    assert measures.discrimination([Part(0.2, 1.0, 0.2, 1.0), Part(0.9, 1.0, 0.9, 1.0)]) is None


@given(PAIRS)
def test_bias_is_the_difference_of_the_means(pairs: list[tuple[float, float]]) -> None:
    scores, marks = (list(values) for values in zip(*pairs, strict=True))
    assert measures.mean_bias(scores, marks) == pytest.approx(np.mean(scores) - np.mean(marks))


def test_nothing_measured_is_nothing_said() -> None:
    assert measures.mean([]) is None
    assert measures.mean_bias([], []) is None
    assert measures.quartiles([]) is None
    assert measures.histogram([], 4) == (0, 0, 0, 0)
    assert measures.pearson_r([], []) is None
    assert measures.quadratic_weighted_kappa([], [], 4) is None
    assert measures.discrimination([]) is None

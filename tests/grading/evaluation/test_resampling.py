import math

import numpy as np
import pytest

from interview.grading.evaluation.metrics import (
    Floats,
    Ints,
    moments,
    pearson_of_sums,
    pearson_r,
    question_sums,
)
from interview.grading.evaluation.resampling import cluster_bootstrap, percentile_interval


def answers(questions: int, each: int, noise: float) -> tuple[Floats, Floats, Ints]:
    random = np.random.default_rng(7)
    marks = random.random(questions * each)
    scores = marks + noise * random.standard_normal(len(marks))
    return marks, scores, np.repeat(np.arange(questions), each)


def resampled(marks: Floats, scores: Floats, questions: Ints, seed: int = 1) -> Floats:
    sums = question_sums(moments(marks, scores), questions)
    return cluster_bootstrap(sums, pearson_of_sums, resamples=300, seed=seed)


def test_sums_of_questions_give_the_r_of_all_answers() -> None:
    marks, scores, questions = answers(9, 5, 0.3)
    sums = question_sums(moments(marks, scores), questions)
    assert float(pearson_of_sums(sums.sum(axis=0))) == pytest.approx(pearson_r(marks, scores))


def test_a_draw_is_the_r_of_the_answers_to_its_questions() -> None:
    marks, scores, questions = answers(6, 4, 0.4)
    drawn = np.random.default_rng(1).integers(6, size=6)
    rows = np.concatenate([np.flatnonzero(questions == one) for one in drawn])
    first = resampled(marks, scores, questions)[0]
    assert first == pytest.approx(pearson_r(marks[rows], scores[rows]))


def test_the_same_seed_draws_the_same() -> None:
    columns = answers(8, 6, 0.3)
    assert np.array_equal(resampled(*columns), resampled(*columns))
    assert not np.array_equal(resampled(*columns), resampled(*columns, seed=2))


def test_the_interval_holds_r_and_narrows_with_more_questions() -> None:
    few, many = answers(8, 6, 0.5), answers(200, 6, 0.5)
    for columns in (few, many):
        low, high = percentile_interval(resampled(*columns))
        assert low <= pearson_r(*columns[:2]) <= high
    width = [np.ptp(percentile_interval(resampled(*columns))) for columns in (few, many)]
    assert width[1] < width[0] / 2


def test_one_question_says_nothing_about_others() -> None:
    low, high = percentile_interval(resampled(*answers(1, 40, 0.2)))
    assert math.isnan(low)
    assert math.isnan(high)


def test_draws_without_a_value_are_left_out() -> None:
    values = np.append(np.linspace(0, 1, 101), np.nan)
    assert percentile_interval(values) == pytest.approx((0.025, 0.975))

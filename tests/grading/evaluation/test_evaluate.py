import json
import math
from dataclasses import replace

import pytest

from interview.grading.evaluation.evaluate import (
    FEWEST_TO_SAMPLE,
    SAMPLED_EVERY,
    SETTINGS,
    evaluate,
    misspelt_change,
)
from interview.grading.evaluation.graded import grade_rows
from interview.grading.evaluation.reports import Agreement, Evaluation, mean_record
from interview.grading.evaluation.rows import GradedAnswer
from tests.grading.banks import shipped_grader
from tests.support.marked import answers

ROWS = answers()
OTHERS = [replace(row, dataset="other", score=1 - row.score) for row in ROWS]


def nothing(_: int) -> None:
    pass


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate([*ROWS, *OTHERS], nothing)


def test_each_set_is_told_with_its_answers_and_questions(evaluation: Evaluation) -> None:
    told = [(one.dataset, one.answers, one.questions) for one in evaluation.datasets]
    assert told == [("small", 9, 2), ("other", 9, 2)]
    assert (evaluation.mean.answers, evaluation.mean.questions) == (18, 4)


def test_marks_that_agree_give_a_high_r_and_turned_ones_a_low_one(evaluation: Evaluation) -> None:
    right, turned = (one.shipped.score for one in evaluation.datasets)
    assert right.pearson_r > 0.7
    assert turned.pearson_r == pytest.approx(-right.pearson_r)
    assert right.rmse < turned.rmse
    assert right.pearson_low <= right.pearson_r <= right.pearson_high


def test_the_mean_counts_each_set_once(evaluation: Evaluation) -> None:
    assert evaluation.mean.shipped.score.pearson_r == pytest.approx(0, abs=1e-9)
    rmse = [one.extended.score.rmse for one in evaluation.datasets]
    assert evaluation.mean.extended.score.rmse == pytest.approx(sum(rmse) / 2)


def test_what_no_set_defines_stays_undefined_in_the_mean(evaluation: Evaluation) -> None:
    for one in (*evaluation.datasets, evaluation.mean):
        assert math.isnan(one.shipped.score.within_question_r)


def test_shares_and_times_are_what_they_say(evaluation: Evaluation) -> None:
    for one in evaluation.datasets:
        for figures in (one.shipped, one.extended):
            conduct = figures.conduct
            assert 0 <= conduct.abstained <= 1
            assert 0 <= conduct.interval_coverage <= 1
            assert 0 < conduct.interval_width <= 1
            assert conduct.us_per_answer > 0


def changed_by_slips(rows: list[GradedAnswer]) -> float:
    grader = shipped_grader()
    return misspelt_change(grader, rows, grade_rows(grader, rows, nothing).scores)


def test_slips_cost_a_right_answer_something_and_little(evaluation: Evaluation) -> None:
    right = [replace(ROWS[0], answer=f"{ROWS[0].answer} Number {n}.") for n in range(40)]
    assert -0.15 < changed_by_slips(right) < 0
    for one in evaluation.datasets:
        assert -1 < one.shipped.conduct.misspelt_change < 1


def test_answers_without_a_slip_say_nothing_of_slips() -> None:
    assert math.isnan(changed_by_slips([replace(row, answer="a b c d") for row in ROWS]))
    both = [replace(ROWS[0], answer="a b c d"), *ROWS]
    assert changed_by_slips(both) == pytest.approx(changed_by_slips(ROWS), nan_ok=True)


def test_a_large_set_is_misspelt_in_part() -> None:
    sampled = [replace(ROWS[0], answer=f"{ROWS[0].answer} Number {n}.") for n in range(60)]
    other = [replace(ROWS[0], answer="No.")] * (SAMPLED_EVERY - 1)
    large = [row for one in sampled for row in (one, *other)]
    assert len(large) >= FEWEST_TO_SAMPLE
    assert changed_by_slips(large) == pytest.approx(changed_by_slips(sampled))


def test_the_order_of_the_rows_makes_no_difference() -> None:
    first = evaluate(ROWS, nothing).datasets[0]
    turned = evaluate(ROWS[::-1], nothing).datasets[0]
    one, other = first.shipped, turned.shipped
    assert other.score.pearson_r == pytest.approx(one.score.pearson_r)
    assert other.conduct.raw_rmse == pytest.approx(one.conduct.raw_rmse)
    assert other.cosine.mae == pytest.approx(one.cosine.mae)
    expected = pytest.approx(one.conduct.misspelt_change, nan_ok=True)
    assert other.conduct.misspelt_change == expected


def test_a_single_answer_leaves_agreement_undefined() -> None:
    score = evaluate(ROWS[:1], nothing).datasets[0].shipped.score
    assert math.isnan(score.pearson_r)
    assert math.isnan(score.pearson_low)
    assert score.mae >= 0


def test_every_grade_is_told() -> None:
    told: list[int] = []
    evaluate(ROWS, told.append)
    assert sum(told) == SETTINGS * len(ROWS)


def test_json_writes_nothing_for_what_is_undefined(evaluation: Evaluation) -> None:
    body = json.loads(json.dumps(evaluation.to_dict(), allow_nan=False))
    assert [one["dataset"] for one in body["datasets"]] == ["small", "other"]
    shipped = body["datasets"][0]["shipped"]
    assert shipped["within_question_r"] is None
    assert shipped["pearson_r"] == evaluation.datasets[0].shipped.score.pearson_r
    assert set(shipped["baselines"]) == {"cosine", "idf_coverage"}
    assert "misspelt_change" in shipped
    assert body["datasets"][0]["shipped_and_file"]["us_per_answer"] > 0
    assert body["mean"]["n"] == 18


def test_a_mean_is_over_the_records_that_define_a_figure() -> None:
    nan = math.nan
    one = Agreement(0.2, nan, nan, 0.1, nan, 0.3, 0.2, 0.5)
    other = Agreement(0.4, nan, nan, 0.3, 0.6, 0.1, 0.2, nan)
    mean = mean_record([one, other])
    assert mean.pearson_r == pytest.approx(0.3)
    assert (mean.within_question_r, mean.qwk) == (0.6, 0.5)
    assert math.isnan(mean.pearson_low)

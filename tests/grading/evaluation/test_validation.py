from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from interview.grading.calibrate import Coefficients
from interview.grading.evaluation import metrics
from interview.grading.evaluation.design import Design, designs_of
from interview.grading.evaluation.fitting import Estimate, half_widths
from interview.grading.evaluation.graded import Graded
from interview.grading.evaluation.metrics import Floats, Ints
from interview.grading.evaluation.validation import (
    METHODS,
    Unseen,
    by_dataset,
    by_question,
    compare,
    coverage_of_halves,
    tuned_ridge,
    with_estimate,
)
from interview.grading.features import FEATURES
from interview.grading.grader import COEFFICIENTS_FILE
from interview.grading.thesaurus import DATA
from tests.grading.banks import shipped_grader
from tests.support.training_sets import CELLS, QUEUES, rows_of

BASE = Coefficients.load(DATA / COEFFICIENTS_FILE)
COPY = "copy"


def nothing(_: int) -> None:
    pass


@pytest.fixture(scope="module")
def designs() -> list[Design]:
    """Two sets; the last question of the first asks what another one asks."""
    cells = rows_of("cells", CELLS)
    again = [replace(row, question_id=COPY) for row in cells if row.question_id == "1"]
    return designs_of([*cells, *again, *rows_of("queues", QUEUES)], nothing)


def marked_otherwise(design: Design, where: Sequence[bool] | None = None) -> Design:
    """Turn the marks of some answers round; the answers stay."""
    turned = np.where(np.full(len(design.rows), True) if where is None else where, 1.0, 0.0)
    return replace(design, marks=np.abs(turned - design.marks))


def asks(design: Design, *names: str) -> list[bool]:
    return [row.question_id in names for row in design.rows]


def alike(one: Unseen, other: Unseen, where: list[bool]) -> bool:
    return np.array_equal(one.graded.scores[where], other.graded.scores[where]) and np.array_equal(
        one.ridge[where], other.ridge[where]
    )


def test_a_set_is_graded_by_weights_of_the_other_sets(designs: list[Design]) -> None:
    cells, queues = designs
    unseen = by_dataset(designs, BASE, nothing)
    turned = by_dataset([marked_otherwise(cells), queues], BASE, nothing)
    assert alike(unseen[0], turned[0], asks(cells, "0", "1", "2", "3", COPY))
    assert not np.array_equal(unseen[1].graded.scores, turned[1].graded.scores)
    assert not np.array_equal(unseen[1].ridge, turned[1].ridge)


def test_near_copies_of_a_question_are_one_family(designs: list[Design]) -> None:
    cells = designs[0]
    family = dict(zip([row.question_id for row in cells.rows], cells.families, strict=True))
    assert family["1"] == family[COPY]
    assert len(set(family.values())) == 4
    assert len(set(cells.questions.tolist())) == 5


def test_no_copy_of_a_question_trains_the_weights_that_grade_it(designs: list[Design]) -> None:
    cells, queues = designs
    unseen = by_question(designs, BASE, nothing)[0]
    for names in (("1", COPY), ("2",)):
        own = asks(cells, *names)
        others = [not one for one in own]
        turned = by_question([marked_otherwise(cells, own), queues], BASE, nothing)[0]
        assert alike(unseen, turned, own)
        assert not alike(unseen, turned, others)


def test_every_answer_is_graded_once_and_told(designs: list[Design]) -> None:
    for scheme in (by_dataset, by_question):
        told: list[int] = []
        unseen = scheme(designs, BASE, told.append)
        assert sum(told) == sum(len(design.rows) for design in designs)
        for one, design in zip(unseen, designs, strict=True):
            assert one.design is design
            assert len(one.graded.scores) == len(one.ridge) == len(design.rows)
            assert min(one.graded.scores.min(), one.ridge.min()) >= 0
            assert max(one.graded.scores.max(), one.ridge.max()) <= 1


def test_both_schemes_are_repeated_exactly(designs: list[Design]) -> None:
    for scheme in (by_dataset, by_question):
        pairs = zip(scheme(designs, BASE, nothing), scheme(designs, BASE, nothing), strict=True)
        assert all(alike(one, other, [True] * len(one.ridge)) for one, other in pairs)


def test_a_trained_estimate_takes_the_place_of_the_old_one_alone() -> None:
    weights = np.arange(len(FEATURES)) / 3
    numbers = with_estimate(BASE, Estimate(1 / 3, weights))
    assert numbers.intercept == 0.333333
    assert numbers.weights == tuple(round(float(weight), 6) for weight in weights)
    assert replace(numbers, intercept=BASE.intercept, weights=BASE.weights) == BASE


def test_the_tuned_ridge_predicts_marks_that_are_linear_in_the_features() -> None:
    (design,) = designs_of(rows_of("queues", QUEUES), nothing)
    linear = replace(design, marks=design.features[:, 0] / 2)
    predicted = tuned_ridge([linear]).of(linear.features)
    assert metrics.pearson_r(linear.marks, predicted) > 0.95


def unseen_of(scores: Floats, marks: Floats, questions: Ints, dataset: str = "set") -> Unseen:
    figures = np.zeros((len(scores), 8))
    figures[:, 0] = scores
    figures[:, 4] = marks
    design = Design(
        dataset, (), shipped_grader(), np.zeros((len(scores), 1)), marks, questions, questions, ()
    )
    return Unseen(design, Graded.of(figures), marks)


def drawn(seed: int, noise: float, dataset: str = "set") -> Unseen:
    random = np.random.default_rng(seed)
    marks = random.random(240)
    scores = np.clip(marks + noise * random.normal(size=240), 0, 1)
    return unseen_of(scores, marks, np.repeat(np.arange(20), 12), dataset)


def test_widths_from_half_of_the_questions_hold_their_share_of_the_other_half() -> None:
    unseen = [drawn(1, 0.1), drawn(2, 0.3)]
    assert coverage_of_halves(unseen, 0.8) == pytest.approx(0.8, abs=0.05)
    assert coverage_of_halves(unseen, 1.0) > coverage_of_halves(unseen, 0.5)
    assert coverage_of_halves(unseen, 0.8) == coverage_of_halves(unseen, 0.8)


def test_widths_that_fit_one_question_alone_do_not_count_as_holding_its_marks() -> None:
    marks = np.repeat([0.1, 0.9], 6)
    unseen = unseen_of(np.full(12, 0.1), marks, np.repeat([0, 1], 6))
    assert half_widths([(unseen.graded.scores, marks)], 0.8)[0] == pytest.approx(0.8)
    # The widths of the first question hold nothing of the second; those of the second hold all.
    assert 0 < coverage_of_halves([unseen], 0.8) < 1


def test_every_method_gets_a_row_a_set_and_a_mean() -> None:
    unseen = [drawn(1, 0.1, "one"), drawn(2, 0.3, "two")]
    held = list(compare("dataset", unseen))
    assert [(one.method, one.dataset) for one in held] == [
        (method, dataset) for method in METHODS for dataset in ("one", "two", "mean")
    ]
    assert {one.scheme for one in held} == {"dataset"}
    for first, second, mean in zip(held[::3], held[1::3], held[2::3], strict=True):
        for figure in ("pearson_r", "within_question_r", "rmse"):
            expected = (getattr(first, figure) + getattr(second, figure)) / 2
            assert getattr(mean, figure) == pytest.approx(expected, nan_ok=True)
        assert mean.low <= mean.pearson_r <= mean.high or np.isnan(mean.pearson_r)


def test_each_method_is_told_by_its_own_scores() -> None:
    unseen = drawn(1, 0.2)
    held = {one.method: one for one in compare("question", [unseen]) if one.dataset == "set"}
    marks = unseen.design.marks
    assert held["TF-IDF cosine"].rmse == held["tuned ridge"].rmse == 0
    assert held["this grader"].rmse == pytest.approx(metrics.rmse(marks, unseen.graded.scores))
    assert np.isnan(held["idf coverage"].pearson_r)


def test_figures_are_written_to_three_digits() -> None:
    first = next(compare("dataset", [drawn(1, 0.1)])).to_dict()
    assert first["method"] == "this grader"
    assert first["pearson_r"] == round(first["pearson_r"], 3)

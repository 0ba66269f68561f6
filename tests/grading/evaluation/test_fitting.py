from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading.evaluation.design import Design
from interview.grading.evaluation.fitting import Estimate, band_of, fit, half_widths
from interview.grading.evaluation.metrics import Floats, Ints
from tests.grading.banks import shipped_grader

WEIGHTS = np.array([0.3, -0.2, 0.05])


def made_up(
    seed: int,
    weights: Floats = WEIGHTS,
    level: float = 0.4,
    answers: int = 60,
    worthless: tuple[Floats, ...] = (),
) -> Design:
    """Marks that are a linear function of the features, five questions in turn."""
    features = np.random.default_rng(seed).normal(size=(answers, len(weights)))
    questions: Ints = np.arange(answers) % 5
    return Design(
        f"set {seed}",
        (),
        shipped_grader(),
        features,
        level + features @ weights,
        questions,
        questions,
        worthless,
    )


def repeated(design: Design, times: int) -> Design:
    return replace(
        design,
        features=np.tile(design.features, (times, 1)),
        marks=np.tile(design.marks, times),
        questions=np.tile(design.questions, times),
    )


def same(one: Estimate, other: Estimate) -> bool:
    return one.intercept == pytest.approx(other.intercept) and one.weights == pytest.approx(
        other.weights
    )


@pytest.mark.parametrize("centring", [0.0, 0.5, 1.0])
def test_a_fit_finds_the_weights_that_the_marks_were_made_with(centring: float) -> None:
    designs = [made_up(1, level=0.3), made_up(2, level=0.5)]
    found = fit(designs, penalty=0.0, centring=centring, attack_share=0.0)
    assert found.weights == pytest.approx(WEIGHTS)
    assert found.intercept == pytest.approx(0.4)


def test_a_penalty_shrinks_the_weights_and_keeps_the_level() -> None:
    designs = [made_up(1), made_up(2)]
    free, shrunk = fit(designs, 0.0, attack_share=0.0), fit(designs, 3.0, attack_share=0.0)
    assert np.linalg.norm(shrunk.weights) < np.linalg.norm(free.weights) / 2
    levels = [
        one.marks.mean() - (shrunk.intercept + (one.features @ shrunk.weights).mean())
        for one in designs
    ]
    assert sum(levels) == pytest.approx(0)


def test_a_feature_that_never_changes_weighs_nothing() -> None:
    design = made_up(1)
    constant = replace(design, features=np.column_stack([design.features, np.ones(60)]))
    assert fit([constant], attack_share=0.0).weights[-1] == 0


def test_the_size_of_a_data_set_does_not_matter() -> None:
    one = made_up(1, worthless=(np.full((2, 3), 0.1), np.zeros((0, 3)), np.full((5, 3), 0.2)))
    other = made_up(2, weights=-WEIGHTS, worthless=(np.full((4, 3), -0.1),))
    assert same(fit([one, other]), fit([repeated(one, 7), other]))
    assert not same(fit([one, other]), fit([one, one, other]))


def test_the_order_of_the_data_sets_does_not_matter_and_a_fit_is_repeated_exactly() -> None:
    designs = [made_up(1), made_up(2, weights=-WEIGHTS), made_up(3)]
    first, again = fit(designs), fit(designs)
    assert np.array_equal(first.weights, again.weights)
    assert first.intercept == again.intercept
    assert same(first, fit(designs[::-1]))


def test_a_set_that_is_marked_more_severely_moves_the_level_alone() -> None:
    mild, severe = made_up(2, level=0.4), made_up(2, level=0.1)
    first, other = fit([made_up(1), mild]), fit([made_up(1), severe])
    assert first.weights == pytest.approx(other.weights)
    assert first.intercept - other.intercept == pytest.approx(0.15)


def with_levels(design: Design, feature: Floats, mark: Floats) -> Design:
    """Each question with a level of its own in the first feature and in the marks."""
    features = design.features.copy()
    features[:, 0] += feature[design.questions]
    marks = features @ WEIGHTS + mark[design.questions]
    return replace(design, features=features, marks=marks)


def test_centring_takes_the_level_of_a_question_out() -> None:
    levels = np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    design = with_levels(made_up(1), 3 * levels, -levels)
    found = [fit([design], 0.0, part, 0.0).weights[0] for part in (0.0, 0.5, 1.0)]
    assert found[2] == pytest.approx(WEIGHTS[0])
    assert found[0] < 0 < found[2]
    assert found[0] < found[1] < found[2]


def test_answers_that_deserve_nothing_pull_their_estimates_down() -> None:
    nothing = np.tile([2.0, 0.0, 0.0], (3, 1))
    designs = [made_up(1, worthless=(nothing,)), made_up(2, worthless=(nothing,))]
    estimates = [fit(designs, attack_share=part).of(nothing)[0] for part in (0.0, 0.05, 0.3)]
    assert estimates[0] > estimates[1] > estimates[2]


def test_every_kind_of_worthless_answers_weighs_the_same() -> None:
    kinds = (np.full((1, 3), 0.5), np.full((1, 3), -0.5))
    many = (np.repeat(kinds[0], 50, axis=0), kinds[1])
    assert same(fit([made_up(1, worthless=kinds)]), fit([made_up(1, worthless=many)]))


def test_an_estimate_stays_on_the_scale() -> None:
    estimate = Estimate(0.5, np.array([1.0]))
    assert estimate.of(np.array([[-2.0], [0.25], [2.0]])).tolist() == [0.0, 0.75, 1.0]


def test_a_band_is_a_quarter_of_the_scale() -> None:
    assert band_of(np.array([0, 0.249, 0.25, 0.74, 0.75, 1.0])).tolist() == [0, 0, 1, 2, 3, 3]


hundredths = st.integers(0, 1000).map(lambda number: number / 1000)
graded = st.lists(st.tuples(hundredths, hundredths), min_size=1, max_size=40)


@given(graded, st.sampled_from([0.5, 0.8, 0.9, 1.0]))
def test_the_widths_hold_the_share_that_is_asked_for_and_no_more(
    answers: list[tuple[float, float]], coverage: float
) -> None:
    scores, marks = (np.array(column) for column in zip(*answers, strict=True))
    widths = half_widths([(scores, marks)], coverage)
    for band, width in enumerate(widths):
        own = band_of(scores) == band
        if own.any():
            distances = np.abs(scores - marks)[own]
            assert np.mean(distances <= width + 1e-9) >= coverage - 1e-9
            assert np.mean(distances <= width - 0.01 - 1e-9) < coverage
        else:
            assert width == 1.0
        assert width == pytest.approx(round(width, 2))


def test_a_width_is_rounded_up_to_hundredths() -> None:
    scores = np.full(4, 0.1)
    assert half_widths([(scores, scores + 0.201)], 0.8)[0] == pytest.approx(0.21)
    assert half_widths([(scores, scores + 0.2)], 0.8)[0] == pytest.approx(0.2)


def test_widths_count_every_set_the_same() -> None:
    far = (np.full(2, 0.1), np.full(2, 0.9))
    near = (np.full(100, 0.1), np.full(100, 0.1))
    assert half_widths([near, far], 0.8)[0] == pytest.approx(0.8)
    assert half_widths([near, near, near, near, near, far], 0.8)[0] == 0.0

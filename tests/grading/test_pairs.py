"""The open pairs of a right and a wrong answer to the questions of the shipped bank."""

from statistics import fmean

import pytest
from click.testing import CliRunner

from tests.grading import report
from tests.grading.banks import cases
from tests.grading.report import Figures


@pytest.fixture(scope="module", params=["tuning", "tuning_more"])
def figures(request: pytest.FixtureRequest) -> Figures:
    return report.figures([report.graded(case) for case in cases(request.param)], report.score)


def test_right_answers_come_out_above_wrong_ones(figures: Figures) -> None:
    assert fmean(figures.in_order()) >= 0.95


def test_most_right_answers_reach_their_mark(figures: Figures) -> None:
    assert fmean(figures.reached()) >= 0.85


def test_most_wrong_answers_stay_below_theirs(figures: Figures) -> None:
    assert fmean(figures.kept()) >= 0.85


@pytest.mark.parametrize("name", ["tuning", "tuning_more", "other_subjects_open"])
def test_similarity_alone_tells_fewer_pairs_apart(name: str) -> None:
    graded = [report.graded(case) for case in cases(name)]
    ours, alone = (report.figures(graded, of) for of in (report.score, report.cosine))
    assert sum(ours.all_three()) > sum(alone.all_three())
    assert sum(ours.in_order()) > sum(alone.in_order())


@pytest.mark.parametrize("version", ["misspelled", "simplified"])
def test_spelling_and_simple_language_cost_little(version: str) -> None:
    assert fmean(report.differences(report.fairness(), version)) > -0.08


def test_figures_are_counted_pair_by_pair() -> None:
    found = Figures([0.9, 0.7, 0.6, 0.9], [0.1, 0.7, 0.5, 0.46])
    assert found.in_order() == [True, False, True, True]
    assert found.reached() == [True, True, False, True]
    assert found.kept() == [True, False, False, False]
    assert found.all_three() == [True, False, False, False]


def test_the_open_report_leaves_out_what_is_held_out() -> None:
    done = CliRunner().invoke(report.main, ["--open"])
    assert done.exit_code == 0
    assert all(name in done.output for name in report.OPEN)
    assert not any(name in done.output for name in report.HELD_OUT)
    assert "misspelled" in done.output
    assert max(map(len, done.output.splitlines())) <= 120

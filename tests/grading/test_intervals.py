import pytest

from interview.grading import AnswerGrader, Grade, Rubric
from interview.grading.calibrate import Coefficients, bands_between
from interview.grading.grader import COEFFICIENTS_FILE
from interview.grading.thesaurus import DATA
from tests.grading.banks import CACHE, pairs, shipped_grader, shipped_rubrics

NUMBERS = Coefficients.load(DATA / COEFFICIENTS_FILE)
BARE = Rubric(CACHE.prompt, CACHE.references)


def graded(answer: str, rubric: Rubric = CACHE) -> Grade:
    return shipped_grader().grade(rubric, answer)


@pytest.mark.parametrize("score", [0.0, 0.2, 0.25, 0.49, 0.5, 0.74, 0.75, 1.0])
@pytest.mark.parametrize("derived", [True, False])
def test_an_interval_holds_its_score_and_stays_on_the_scale(score: float, derived: bool) -> None:
    low, high = NUMBERS.interval(score, derived)
    assert 0 <= low <= score <= high <= 1


def test_derived_points_give_wider_intervals() -> None:
    answer = "The application asks only the cache."
    own, derived = graded(answer), graded(answer, BARE)
    assert derived.high - derived.low > own.high - own.low


def test_an_interval_over_more_than_two_bands_asks_for_a_human() -> None:
    grader, rubrics = AnswerGrader.load(), shipped_rubrics()
    grades = [grader.grade(rubrics[p["slug"]], p[side]) for p in pairs("tuning") for side in SIDES]
    for grade in grades:
        wide = bands_between(grade.low, grade.high) > 2
        assert grade.needs_review == (wide or bool(grade.flags))


SIDES = ("right", "wrong")


def test_the_intervals_hold_most_marks_of_the_open_pairs() -> None:
    held = [graded(p["right"], shipped_rubrics()[p["slug"]]).high >= 0.7 for p in pairs("tuning")]
    held += [graded(p["wrong"], shipped_rubrics()[p["slug"]]).low <= 0.45 for p in pairs("tuning")]
    assert sum(held) / len(held) >= NUMBERS.coverage

"""A grade that a person changes: what moves, what stays, and how far."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.grading import Band, Flag, Grade, PointVerdict, Span, Verdict
from interview.grading.overriding import PERSON, overridden

FOUND, PARTLY = Verdict.FOUND, Verdict.PARTLY
NOT_FOUND, CONTRADICTED = Verdict.NOT_FOUND, Verdict.CONTRADICTED
LADDER = ((NOT_FOUND, CONTRADICTED), (PARTLY,), (FOUND,))

shares = st.floats(0, 1)
weights = st.sampled_from([0.5, 1.0, 2.0, 3.0])
verdicts = st.sampled_from(Verdict)


def a_point(number: int, verdict: Verdict, share: float, possible: float) -> PointVerdict:
    """As the grader gives it: only what is partly there earns a share of its own."""
    earned = {FOUND: 1.0, PARTLY: share}.get(verdict, 0.0) * possible
    span = None if verdict is NOT_FOUND else Span(0, 3)
    return PointVerdict(f"point-{number}", "It is said.", verdict, span, earned, possible)


def a_grade(score: float, *points: PointVerdict) -> Grade:
    band = Band.of(score)
    return Grade(score, score, score, band, 0.4, points, (), (Flag.NEGATED,), True, "1+test")


def grade_with(score: float, drawn: list[tuple[Verdict, float, float]]) -> Grade:
    return a_grade(score, *(a_point(number, *one) for number, one in enumerate(drawn)))


drawn_points = st.lists(st.tuples(verdicts, shares, weights), max_size=6)
grades = st.builds(grade_with, shares, drawn_points)


@st.composite
def changed(draw: st.DrawFn) -> tuple[Grade, dict[str, Verdict]]:
    grade = draw(grades)
    named = draw(st.sets(st.sampled_from([p.id for p in grade.points]))) if grade.points else ()
    return grade, {name: draw(verdicts) for name in sorted(named)}


def test_a_point_that_was_missed_adds_its_share_of_all_points() -> None:
    grade = a_grade(0.4, a_point(0, FOUND, 0, 1.0), a_point(1, NOT_FOUND, 0, 3.0))
    better = overridden(grade, {"point-1": FOUND}, None)
    assert better.score == 1.0
    half = overridden(grade, {"point-1": PARTLY}, None)
    assert half.score == pytest.approx(0.4 + 1.5 / 4)
    assert [point.earned for point in half.points] == [1.0, 1.5]
    assert overridden(grade, {"point-0": CONTRADICTED}, None).score == pytest.approx(0.15)


def test_what_a_person_sets_to_found_has_no_evidence_of_its_own() -> None:
    grade = a_grade(0.4, a_point(0, NOT_FOUND, 0, 1.0), a_point(1, PARTLY, 0.7, 1.0))
    points = overridden(grade, {"point-0": FOUND, "point-1": FOUND}, None).points
    assert [point.span for point in points] == [None, Span(0, 3)]


def test_a_partly_found_point_that_stays_so_keeps_what_the_grader_gave() -> None:
    grade = a_grade(0.5, a_point(0, PARTLY, 0.8, 1.0))
    assert overridden(grade, {"point-0": PARTLY}, None).points == grade.points


@given(grades)
def test_confirming_changes_the_certainty_and_not_the_score(grade: Grade) -> None:
    kept = overridden(grade, {point.id: point.verdict for point in grade.points}, None)
    assert kept == overridden(grade, {}, None)
    assert (kept.score, kept.low, kept.high) == (grade.score,) * 3
    same = replace(kept, low=grade.low, high=grade.high, needs_review=True, grader_version="1+test")
    assert same == grade
    assert not kept.needs_review
    assert kept.grader_version == PERSON


@given(changed(), st.none() | shares)
def test_scores_stay_on_the_scale_and_bands_follow_them(
    case: tuple[Grade, dict[str, Verdict]], score: float | None
) -> None:
    made = overridden(*case, score)
    assert 0 <= made.score <= 1
    assert made.low == made.high == made.score
    assert made.band is Band.of(made.score)
    assert all(0 <= point.earned <= point.possible for point in made.points)
    assert Grade.from_dict(made.to_dict()) == made


@given(changed(), shares)
def test_an_explicit_score_wins_over_the_points(
    case: tuple[Grade, dict[str, Verdict]], score: float
) -> None:
    grade, given_verdicts = case
    made = overridden(grade, given_verdicts, score)
    assert made.score == score
    assert made.points == overridden(grade, given_verdicts, None).points


@given(changed(), st.data())
def test_a_better_verdict_never_lowers_the_score(
    case: tuple[Grade, dict[str, Verdict]], data: st.DataObject
) -> None:
    grade, given_verdicts = case
    if not grade.points:
        return
    point = data.draw(st.sampled_from(grade.points))
    low, high = sorted(data.draw(st.tuples(st.integers(0, 2), st.integers(0, 2))))
    worse, better = (data.draw(st.sampled_from(LADDER[step])) for step in (low, high))
    scores = [
        overridden(grade, {**given_verdicts, point.id: verdict}, None).score
        for verdict in (worse, better)
    ]
    assert scores[0] <= scores[1]


def test_a_grade_without_points_moves_by_a_score_alone() -> None:
    assert overridden(a_grade(0.3), {}, None).score == 0.3
    assert overridden(a_grade(0.3), {}, 0.9).band is Band.STRONG


def test_a_point_of_another_rubric_is_refused() -> None:
    with pytest.raises(ValueError, match="no such key point: elsewhere"):
        overridden(a_grade(0.3), {"elsewhere": FOUND}, None)


@pytest.mark.parametrize("score", [-0.01, 1.01, float("nan")])
def test_a_score_off_the_scale_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        overridden(a_grade(0.3), {}, score)

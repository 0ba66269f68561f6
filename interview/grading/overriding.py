"""What becomes of a grade when a person changes it."""

from collections.abc import Mapping
from dataclasses import replace
from math import fsum

from interview.grading.records import Band, Grade, PointVerdict, Verdict

PERSON = "person"
"""Stands where the grader's version stands, in a grade that a person gave."""

_SHARES = {
    Verdict.FOUND: 1.0,
    Verdict.PARTLY: 0.5,
    Verdict.NOT_FOUND: 0.0,
    Verdict.CONTRADICTED: 0.0,
}


def overridden(grade: Grade, verdicts: Mapping[str, Verdict], score: float | None) -> Grade:
    """Change a grade as a person says.

    A key point that gets another verdict earns all of its weight (found), half of it (partly)
    or nothing. Without a score of its own the grade moves by what the points gained or lost,
    as a share of all that they are worth, within the scale.

    Parameters
    ----------
    grade : Grade
        As it stands.
    verdicts : mapping of str to Verdict
        By key point; those that are not named, or named with the verdict that they have,
        keep what they earned.
    score : float or None
        0 to 1; given, it counts whatever the key points say.

    Returns
    -------
    Grade
        Sure of itself (``low`` and ``high`` are the score) and in no need of review.

    Raises
    ------
    ValueError
        When a key point is none of the grade's, or the score is not between 0 and 1.
    """
    if unknown := set(verdicts) - {point.id for point in grade.points}:
        raise ValueError(f"no such key point: {', '.join(sorted(unknown))}")
    if score is not None and not 0 <= score <= 1:
        raise ValueError("a score is a number from 0 to 1")
    points = tuple(_judged(point, verdicts.get(point.id)) for point in grade.points)
    final = _moved(grade, points) if score is None else score
    return replace(
        grade,
        score=final,
        low=final,
        high=final,
        band=Band.of(final),
        points=points,
        needs_review=False,
        grader_version=PERSON,
    )


def _judged(point: PointVerdict, verdict: Verdict | None) -> PointVerdict:
    if verdict is None or verdict is point.verdict:
        return point
    return replace(point, verdict=verdict, earned=point.possible * _SHARES[verdict])


def _moved(grade: Grade, points: tuple[PointVerdict, ...]) -> float:
    possible = fsum(point.possible for point in points)
    if points == grade.points or not possible:
        return grade.score
    gained = fsum(point.earned for point in points) - fsum(point.earned for point in grade.points)
    return min(1.0, max(0.0, grade.score + gained / possible))

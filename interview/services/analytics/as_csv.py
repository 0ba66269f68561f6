"""Every table of figures as a file; a figure of too few values is left empty beside its n."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from interview.services.analytics.figures import TENTHS, Figure, Spread
from interview.services.analytics.records import (
    AssignmentFigures,
    AssignmentLine,
    ClassFigures,
    PointLine,
    QuestionLine,
)
from interview.services.csv_text import BYTE_ORDER_MARK, lines

Rows = Iterable[Sequence[Any]]

QUESTION = (
    *("place", "question", "drawn", "asked", "facility %", "discrimination", "compared"),
    *("median seconds", "answered", "target seconds", "not answered %", "needs review %"),
    "graded",
)
POINT = (
    *("key point", "question", "answers", "found", "partly", "not found", "contradicted"),
    "missed %",
)


def of_assignment(table: str, figures: AssignmentFigures) -> str:
    """Write one table of an assignment; KeyError where there is no such table."""
    return _file(ASSIGNMENT_TABLES[table](figures))


def of_class(table: str, figures: ClassFigures) -> str:
    """Write one table of a class; KeyError where there is no such table."""
    return _file(CLASS_TABLES[table](figures))


def _file(rows: Rows) -> str:
    return BYTE_ORDER_MARK + lines(rows)


def _percent(figure: Figure) -> float | None:
    return None if figure.shown is None else round(100 * figure.shown, 1)


def _rounded(figure: Figure) -> float | None:
    return None if figure.shown is None else round(figure.shown, 3)


def _questions(found: Iterable[QuestionLine]) -> Rows:
    yield QUESTION
    for line in found:
        yield (
            line.place,
            line.prompt,
            "yes" if line.is_drawn else "no",
            line.asked,
            _percent(line.facility),
            _rounded(line.discrimination),
            line.discrimination.n,
            _rounded(line.seconds),
            line.seconds.n,
            line.target,
            _percent(line.unanswered),
            _percent(line.review),
            line.review.n,
        )


def _points(found: Iterable[PointLine]) -> Rows:
    yield POINT
    for line in found:
        counts = (count for _, count in line.counts)
        yield (line.text, line.prompt, line.n, *counts, _percent(line.missed))


def _spread(spread: Spread) -> Rows:
    yield ("from %", "to %", "learners")
    step = 100 // TENTHS
    for place, count in enumerate(spread.tenths):
        yield (place * step, (place + 1) * step, count)


def _agreement(figures: AssignmentFigures) -> Rows:
    """Measures, then how many answers people and the grader put in which band."""
    found = figures.agreement
    yield ("measure", "value", "answers")
    yield ("Pearson r", _rounded(found.r), found.n)
    yield ("quadratic weighted kappa", _rounded(found.kappa), found.n)
    yield ("mean of grader less person, %", _percent(found.bias), found.n)
    for row, by_person in zip(found.table, found.bands, strict=True):
        for count, by_grader in zip(row, found.bands, strict=True):
            yield (f"people: {by_person}; grader: {by_grader}", count, found.n)


def _trend(found: Iterable[AssignmentLine]) -> Rows:
    yield ("opened", "assignment", "number", "withdrawn", "mean %", "scores")
    for line in found:
        yield (
            line.opens_at.isoformat(),
            line.title,
            line.id,
            "yes" if line.withdrawn else "no",
            _percent(line.mean),
            line.mean.n,
        )


ASSIGNMENT_TABLES: dict[str, Callable[[AssignmentFigures], Rows]] = {
    "questions": lambda figures: _questions(figures.questions),
    "points": lambda figures: _points(figures.points),
    "scores": lambda figures: _spread(figures.scores),
    "agreement": _agreement,
}
CLASS_TABLES: dict[str, Callable[[ClassFigures], Rows]] = {
    "assignments": lambda figures: _trend(figures.trend),
    "points": lambda figures: _points(figures.points),
    "means": lambda figures: _spread(figures.means),
}

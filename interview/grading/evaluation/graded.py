"""Marked answers as the grader sees them: one place for all that is asked of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from interview.grading.compile import CompiledRubric
from interview.grading.evaluation.metrics import Floats
from interview.grading.evaluation.rows import GradedAnswer
from interview.grading.features import FEATURES
from interview.grading.grader import AnswerGrader
from interview.grading.idf import IdfSnapshot
from interview.grading.reading import read
from interview.grading.records import Rubric
from interview.grading.views import view_answer

Progress = Callable[[int], None]
"""Told how many more are done."""

_RECALL = FEATURES.index("recall")


@dataclass(frozen=True, slots=True)
class Graded:
    """What the grader made of some answers, in their order.

    Attributes
    ----------
    scores, low, high : ndarray
        As shown, 0 to 1.
    review : ndarray of bool
        Where it abstains.
    cosine : ndarray
        Plain TF-IDF: the cosine to the closest reference, 0 to 1.
    recall : ndarray
        Coverage alone: the share of a reference's idf mass that the answer holds, 0 to 1;
        the best of the references.
    raw : ndarray
        The estimate before it is mapped to the scale that is shown, 0 to 1.
    micros : ndarray
        Microseconds that `AnswerGrader.grade` took, its rubric compiled before.
    """

    scores: Floats
    low: Floats
    high: Floats
    review: npt.NDArray[np.bool_]
    cosine: Floats
    recall: Floats
    raw: Floats
    micros: Floats

    @classmethod
    def of(cls, figures: Floats) -> Graded:
        """Return the columns of `figures`, shape (answers, 8), by name."""
        scores, low, high, review, cosine, recall, raw, micros = figures.T
        return cls(scores, low, high, review > 0, cosine, recall, raw, micros)

    def table(self) -> Floats:
        """Return the figures as an array, shape (answers, 8)."""
        return np.column_stack([getattr(self, name) for name in self.__slots__])


def shipped_grader() -> AnswerGrader:
    """Return the grader as it ships."""
    return AnswerGrader.load()


def grader_with(snapshot: IdfSnapshot) -> AnswerGrader:
    """Return the shipped grader on another idf snapshot."""
    return AnswerGrader.load().use(snapshot)


def snapshot_with(snapshot: IdfSnapshot, rows: Iterable[GradedAnswer]) -> IdfSnapshot:
    """Return `snapshot` with each prompt and reference of `rows` as one more document.

    Answers and marks are not looked at.
    """
    texts = (text for row in rows for text in (row.question, *row.references))
    return snapshot.extended(dict.fromkeys(texts))


def rubric_of(row: GradedAnswer) -> Rubric:
    """Return the rubric of a row; its key points are derived from its references."""
    return Rubric(row.question, tuple(sorted(row.references)))


def raw_estimate(grader: AnswerGrader, features: Sequence[Sequence[float]]) -> float:
    """Return the estimate before the map, from the features against each reference."""
    best = max(grader.numbers_.estimate(row) for row in features)
    return min(1.0, max(0.0, best))


def grade_rows(grader: AnswerGrader, rows: Sequence[GradedAnswer], progress: Progress) -> Graded:
    """Grade every row; each rubric is compiled once.

    Parameters
    ----------
    progress : callable
        Told the number of answers after each rubric.
    """
    by_rubric: dict[Rubric, list[int]] = {}
    for index, row in enumerate(rows):
        by_rubric.setdefault(rubric_of(row), []).append(index)
    figures = np.empty((len(rows), 8))
    for rubric, indexes in by_rubric.items():
        compiled = grader.compile(rubric)
        figures[indexes] = [_figures(grader, compiled, rows[index].answer) for index in indexes]
        progress(len(indexes))
    return Graded.of(figures)


def _figures(grader: AnswerGrader, compiled: CompiledRubric, answer: str) -> tuple[float, ...]:
    start = time.perf_counter()
    grade = grader.grade(compiled, answer)
    micros = (time.perf_counter() - start) * 1e6
    shown = (grade.score, grade.low, grade.high, grade.needs_review, grade.similarity)
    return (*shown, *_signals(grader, compiled, answer), micros)


def _signals(grader: AnswerGrader, compiled: CompiledRubric, answer: str) -> tuple[float, float]:
    """Return coverage alone and the raw estimate."""
    view = view_answer(read(answer), compiled.prompt, grader.snapshot)
    if not view.reading.terms:
        return 0.0, 0.0
    features = grader.features(compiled, view)
    return max(row[_RECALL] for row in features), raw_estimate(grader, features)

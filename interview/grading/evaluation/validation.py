"""How well training generalises: every figure is of answers that the weights have not seen."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from interview.grading.calibrate import Coefficients
from interview.grading.evaluation import agreement, metrics, resampling
from interview.grading.evaluation.design import Design
from interview.grading.evaluation.fitting import Estimate, band_of, fit, half_widths
from interview.grading.evaluation.graded import Graded, Progress, grade_rows
from interview.grading.evaluation.metrics import Floats
from interview.grading.evaluation.reports import Agreement
from interview.grading.grader import AnswerGrader

FOLDS = 10
PENALTIES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
HALVES = 20

Mask = npt.NDArray[np.bool_]
METHODS: Mapping[str, Callable[[Unseen], Floats]] = {
    "this grader": lambda one: one.graded.scores,
    "tuned ridge": lambda one: one.ridge,
    "idf coverage": lambda one: one.graded.recall,
    "TF-IDF cosine": lambda one: one.graded.cosine,
}


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The agreement of one method with the marks of one set, all of it held out.

    Attributes
    ----------
    scheme : str
        ``dataset``: trained on the other sets. ``question``: on the other families of
        questions of all sets, in ten folds.
    low, high : float
        The 95 % interval of `pearson_r` when questions are drawn again.
    """

    scheme: str
    dataset: str
    method: str
    pearson_r: float
    low: float
    high: float
    within_question_r: float
    rmse: float

    @classmethod
    def of(cls, scheme: str, dataset: str, method: str, found: Agreement) -> HeldOut:
        """Return what is told of an agreement on held-out answers."""
        return cls(
            scheme,
            dataset,
            method,
            found.pearson_r,
            found.pearson_low,
            found.pearson_high,
            found.within_question_r,
            found.rmse,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types, figures to three digits; what is undefined is None."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: str | float) -> str | float | None:
    if isinstance(value, str):
        return value
    return None if math.isnan(value) else round(value, 3)


@dataclass(frozen=True, slots=True)
class Unseen:
    """What is made of a set's answers by graders that have not seen them."""

    design: Design
    graded: Graded
    ridge: Floats


def by_dataset(designs: Sequence[Design], base: Coefficients, progress: Progress) -> list[Unseen]:
    """Grade each set with weights trained on the others."""
    return [
        _graded(
            design, [(np.full(len(design.rows), True), _others(designs, place))], base, progress
        )
        for place, design in enumerate(designs)
    ]


def _others(designs: Sequence[Design], place: int) -> list[Design]:
    return [design for other, design in enumerate(designs) if other != place]


def by_question(designs: Sequence[Design], base: Coefficients, progress: Progress) -> list[Unseen]:
    """Grade each family of questions with weights trained on the others, in ten folds."""
    folds = [_folds(design) for design in designs]
    unseen = []
    for place, design in enumerate(designs):
        parts = []
        for fold in range(FOLDS):
            rest = [_part(one, own != fold) for one, own in zip(designs, folds, strict=True)]
            parts.append((folds[place] == fold, rest))
        unseen.append(_graded(design, parts, base, progress))
    return unseen


def _folds(design: Design) -> metrics.Ints:
    random = np.random.default_rng(resampling.SEED)
    _, families = np.unique(design.families, return_inverse=True)
    drawn = random.permutation(np.arange(families.max() + 1) % FOLDS)
    folds: metrics.Ints = drawn[families]
    return folds


def _part(design: Design, kept: Mask) -> Design:
    """Return the answers of a design where `kept` is true."""
    where = np.flatnonzero(kept)
    return replace(
        design,
        rows=tuple(design.rows[place] for place in where),
        features=design.features[where],
        marks=design.marks[where],
        questions=np.unique(design.questions[where], return_inverse=True)[1],
        families=design.families[where],
    )


def _graded(
    design: Design,
    parts: Sequence[tuple[Mask, Sequence[Design]]],
    base: Coefficients,
    progress: Progress,
) -> Unseen:
    """Grade each part of a design as trained on the sets beside it."""
    figures = np.empty((len(design.rows), 8))
    ridge = np.empty(len(design.rows))
    for kept, training in parts:
        where = np.flatnonzero(kept)
        numbers = with_estimate(base, fit(training))
        grader = AnswerGrader(numbers).use(design.grader.snapshot)
        graded = grade_rows(grader, [design.rows[place] for place in where], progress)
        figures[where] = graded.table()
        ridge[where] = tuned_ridge(training).of(design.features[where])
    return Unseen(design, Graded.of(figures), ridge)


def with_estimate(base: Coefficients, estimate: Estimate) -> Coefficients:
    """Return coefficients with a trained estimate, rounded to six decimals."""
    return replace(
        base,
        intercept=round(estimate.intercept, 6),
        weights=tuple(round(float(weight), 6) for weight in estimate.weights),
    )


def tuned_ridge(designs: Sequence[Design]) -> Estimate:
    """Fit plain ridge regression, its penalty the best of PENALTIES on a fifth of families."""
    tuning = [_folds(design) < FOLDS // 5 for design in designs]
    parts = [
        (_part(one, ~held), _part(one, held)) for one, held in zip(designs, tuning, strict=True)
    ]
    kept = [rest for rest, _ in parts]

    def mean_r(penalty: float) -> float:
        estimate = fit(kept, penalty, 0.0, 0.0)
        return float(
            np.mean([metrics.pearson_r(one.marks, estimate.of(one.features)) for _, one in parts])
        )

    return fit(designs, max(PENALTIES, key=mean_r), 0.0, 0.0)


def compare(scheme: str, unseen: Sequence[Unseen]) -> Iterator[HeldOut]:
    """Yield the agreement of every method, set by set, and the means over the sets."""
    for method, scores_of in METHODS.items():
        compared = [
            agreement.compare(one.design.marks, scores_of(one), one.design.questions, number)
            for number, one in enumerate(unseen)
        ]
        for one, own in zip(unseen, compared, strict=True):
            yield HeldOut.of(scheme, one.design.dataset, method, own.agreement)
        yield HeldOut.of(scheme, "mean", method, agreement.mean_agreement(compared))


def coverage_of_halves(unseen: Sequence[Unseen], coverage: float) -> float:
    """Return the share of marks in intervals that other questions gave the widths of.

    Half of the questions of each set give the widths, the other half is counted; the mean
    of twenty draws.
    """
    random = np.random.default_rng(resampling.SEED)
    return float(np.mean([_half(unseen, coverage, random) for _ in range(HALVES)]))


def _half(unseen: Sequence[Unseen], coverage: float, random: np.random.Generator) -> float:
    chosen = [random.permutation(one.design.questions.max() + 1) % 2 for one in unseen]
    halves = [draw[one.design.questions] == 0 for draw, one in zip(chosen, unseen, strict=True)]
    parts = list(zip(unseen, halves, strict=True))
    widths = np.array(
        half_widths([(u.graded.scores[own], u.design.marks[own]) for u, own in parts], coverage)
    )
    held = [_within(u.graded.scores[~own], u.design.marks[~own], widths) for u, own in parts]
    return float(np.mean(held))


def _within(scores: Floats, marks: Floats, widths: Floats) -> float:
    return metrics.mean(np.abs(scores - marks) <= widths[band_of(scores)] + 1e-9)

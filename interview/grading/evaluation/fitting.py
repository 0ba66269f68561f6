"""Fitting: ridge regression on marks, and the intervals that hold a stated share of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from interview.grading.evaluation.design import Design
from interview.grading.evaluation.metrics import Floats, Ints
from interview.grading.records import Band

PENALTY = 0.3
# How far marks and features are counted from the mean of their question: half way.
CENTRING = 0.5
ATTACK_SHARE = 0.07
BANDS = len(Band)


class Estimate(NamedTuple):
    """A linear estimate of a mark: the intercept, and one weight a feature."""

    intercept: float
    weights: Floats

    def of(self, features: Floats) -> Floats:
        """Return the estimates, 0 to 1, of answers with `features`, shape (answers, k)."""
        values: Floats = np.clip(self.intercept + features @ self.weights, 0.0, 1.0)
        return values


def fit(
    designs: Sequence[Design],
    penalty: float = PENALTY,
    centring: float = CENTRING,
    attack_share: float = ATTACK_SHARE,
) -> Estimate:
    """Fit marks by ridge regression on standardised features (Hoerl & Kennard 1970).

    Every data set weighs the same. Marks and features are counted from the mean of their
    data set, since sets differ in how severely they were marked, and in part from the mean
    of their question. Answers that deserve nothing have the mark 0.

    Parameters
    ----------
    penalty : float
        The ridge, relative to the variance of a standardised feature.
    centring : float
        The part of each question's mean that is taken off, 0 to 1.
    attack_share : float
        The weight of the worthless answers in each set, 0 to 1, the same for every kind.
    """
    parts = [_centred(design, centring, attack_share) for design in designs]
    x, y, weight = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    weight = weight / weight.sum()
    mean = weight @ x
    scale = np.sqrt(weight @ (x - mean) ** 2)
    scale[scale == 0.0] = 1.0
    standard = (x - mean) / scale
    gram = standard.T @ (standard * weight[:, None]) + penalty * np.eye(x.shape[1])
    weights = np.linalg.solve(gram, standard.T @ (weight * (y - weight @ y))) / scale
    levels = [one.marks.mean() - (one.features @ weights).mean() for one in designs]
    return Estimate(float(np.mean(levels)), weights)


def _centred(design: Design, centring: float, attack_share: float) -> tuple[Floats, Floats, Floats]:
    """Return features, marks and weights of a set, its worthless answers last."""
    x = design.features - centring * _means(design.features, design.questions)
    y = design.marks - centring * _means(design.marks[:, None], design.questions)[:, 0]
    x, y = x - x.mean(axis=0), y - y.mean()
    kinds = [kind - design.features.mean(axis=0) for kind in design.worthless if len(kind)]
    shares = [np.full(len(kind), attack_share / len(kinds) / len(kind)) for kind in kinds]
    nothing = np.full(sum(map(len, kinds)), -design.marks.mean())
    weights = np.concatenate([np.full(len(x), (1 - attack_share) / len(x)), *shares])
    return np.concatenate([x, *kinds]), np.concatenate([y, nothing]), weights


def _means(values: Floats, questions: Ints) -> Floats:
    """Return, for each answer, the means of the columns over its question."""
    counts = np.bincount(questions)
    columns = [np.bincount(questions, column) / counts for column in values.T]
    means: Floats = np.stack(columns, axis=-1)[questions]
    return means


def band_of(scores: Floats) -> Ints:
    """Return the quarter of the scale that each score lies in."""
    return np.minimum(BANDS - 1, (scores * BANDS).astype(np.intp))


def half_widths(parts: Sequence[tuple[Floats, Floats]], coverage: float) -> tuple[float, ...]:
    """Return, for each band, the distance within which `coverage` of the marks lie.

    The quantile of |score - mark| in the band on answers that the weights have not seen:
    split-conformal prediction (Lei et al. 2018), a band at a time.

    Parameters
    ----------
    parts : sequence of (ndarray, ndarray)
        Scores and marks of each data set; every set weighs the same.

    Returns
    -------
    tuple of float
        Rounded up to hundredths.
    """
    scores, marks = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    weights = np.concatenate([np.full(len(own), 1 / len(own)) for own, _ in parts])
    distances, bands = np.abs(scores - marks), band_of(scores)
    return tuple(
        _quantile(distances[bands == band], weights[bands == band], coverage)
        for band in range(BANDS)
    )


def _quantile(values: Floats, weights: Floats, share: float) -> float:
    if not len(values):
        return 1.0
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    place = min(len(values) - 1, int(np.searchsorted(reached, share - 1e-12)))
    return float(np.ceil(values[order][place] * 100 - 1e-9) / 100)

"""Agreement of scores with marks: the field's measures, vectorised.

Arrays are one-dimensional, one entry an answer, and of equal length; marks and scores lie
in 0 to 1. A measure that its input leaves undefined (nothing to compare, or all the same) is
NaN.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

TOP_LEVEL = 4
LEAST_ANSWERS = 10
# Equal values leave a variance of about 1e-32 when their mean is rounded.
LEAST_VARIANCE = 1e-12


def pearson_r(first: Floats, second: Floats) -> float:
    """Return Pearson's r: the covariance over the product of the standard deviations."""
    if not len(first):
        return float("nan")
    return float(pearson_of_sums(moments(first, second).sum(axis=0)))


def moments(first: Floats, second: Floats) -> Floats:
    """Return what Pearson's r is a function of the sums of.

    Returns
    -------
    ndarray, shape (answers, 6)
        1, x, y, x², y², xy, with x and y counted from their means over all answers, which
        keeps the sums precise and r the same.
    """
    return _powers(first - first.mean(), second - second.mean())


def _powers(x: Floats, y: Floats) -> Floats:
    return np.stack([np.ones_like(x), x, y, x * x, y * y, x * y], axis=-1)


def pearson_of_sums(sums: Floats) -> Floats:
    """Return r from sums of `moments`, shape (…, 6).

    r = (n Σxy - Σx Σy) / √((n Σx² - (Σx)²) (n Σy² - (Σy)²))
    """
    n, x, y, xx, yy, xy = np.moveaxis(sums, -1, 0)
    left, right = n * xx - x * x, n * yy - y * y
    least = LEAST_VARIANCE * n * n
    defined = (left > least) & (right > least)
    scale = np.sqrt(np.where(defined, left * right, 1.0))
    r: Floats = np.where(defined, np.clip((n * xy - x * y) / scale, -1.0, 1.0), np.nan)
    return r


def ranks(values: Floats) -> Floats:
    """Return the rank of each value from 1; equal values share the mean of their ranks."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: Floats = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return shared


def spearman_rho(first: Floats, second: Floats) -> float:
    """Return Spearman's rho: Pearson's r of the ranks, those of equal values averaged."""
    return pearson_r(ranks(first), ranks(second))


def within_question_r(
    first: Floats, second: Floats, questions: Ints, least: int = LEAST_ANSWERS
) -> float:
    """Return the mean of each question's own r, weighted by its answers: Σ nq rq / Σ nq.

    Parameters
    ----------
    questions : ndarray of int
        The question of each answer, numbered from 0.
    least : int
        Questions with fewer answers, or all marks or scores equal, are left out.
    """
    if not len(first):
        return float("nan")
    centred = [values - _own_means(values, questions) for values in (first, second)]
    sums = question_sums(_powers(*centred), questions)
    r = pearson_of_sums(sums)
    weights = np.where(np.isnan(r) | (sums[:, 0] < least), 0.0, sums[:, 0])
    if not weights.any():
        return float("nan")
    return float(np.average(np.nan_to_num(r), weights=weights))


def _own_means(values: Floats, questions: Ints) -> Floats:
    """Return, for each answer, the mean of its question."""
    counts = np.maximum(np.bincount(questions), 1)
    means: Floats = (np.bincount(questions, values) / counts)[questions]
    return means


def question_sums(columns: Floats, questions: Ints) -> Floats:
    """Add up the rows of each question.

    Parameters
    ----------
    columns : ndarray, shape (answers, k)
    questions : ndarray of int
        The question of each answer, numbered from 0.

    Returns
    -------
    ndarray, shape (questions, k)
    """
    return np.stack([np.bincount(questions, column) for column in columns.T], axis=-1)


def rmse(marks: Floats, scores: Floats) -> float:
    """Return the root of the mean squared error, √(Σ(score - mark)² / n)."""
    return float(np.sqrt(np.mean((scores - marks) ** 2))) if len(marks) else float("nan")


def mae(marks: Floats, scores: Floats) -> float:
    """Return the mean absolute error, Σ|score - mark| / n."""
    return mean(np.abs(scores - marks))


def mean(values: Floats | npt.NDArray[np.bool_]) -> float:
    """Return the mean, or the share that is true."""
    return float(values.mean()) if len(values) else float("nan")


def levels(values: Floats, top: int = TOP_LEVEL) -> Ints:
    """Return marks as levels 0 to `top` at equal distances; halves go up."""
    return np.floor(top * values + 0.5).astype(np.intp)


def quadratic_weighted_kappa(marks: Floats, scores: Floats, top: int = TOP_LEVEL) -> float:
    """Return Cohen's kappa with quadratic weights on `levels` of marks and scores.

    1 - Σ wij oij / Σ wij eij with wij = (i - j)², o the share of answers on level i by mark
    and j by score, e what it would be were both independent (Cohen 1968).
    """
    if not len(marks):
        return float("nan")
    size = top + 1
    pairs = levels(marks, top) * size + levels(scores, top)
    observed = np.bincount(pairs, minlength=size * size).reshape(size, size) / len(marks)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    steps = np.arange(size)
    weights = (steps[:, None] - steps) ** 2
    by_chance = float((weights * expected).sum())
    if by_chance <= LEAST_VARIANCE:
        return float("nan")
    return 1 - float((weights * observed).sum()) / by_chance


def interval_coverage(marks: Floats, low: Floats, high: Floats) -> float:
    """Return the share of marks that lie in their interval, ends included."""
    return mean((low <= marks) & (marks <= high))


def errors_by_length(marks: Floats, scores: Floats, lengths: Floats) -> list[float]:
    """Return the mean of score - mark in each quarter of answers, from short to long.

    Equal lengths stay together, so quarters may differ in size; an empty one is NaN.
    """
    if not len(marks):
        return [float("nan")] * 4
    bounds = np.quantile(lengths, [0.25, 0.5, 0.75])
    quarters = np.searchsorted(bounds, lengths, side="left")
    return [mean((scores - marks)[quarters == quarter]) for quarter in range(4)]

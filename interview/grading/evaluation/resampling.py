"""How sure a measure is: its spread when other questions had been asked.

Answers to one question resemble each other, so whole questions are drawn (with replacement),
not answers: the cluster bootstrap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from interview.grading.evaluation.metrics import Floats

RESAMPLES = 1000
SEED = 20_250_101
SHARE = 0.95


def cluster_bootstrap(
    sums: Floats,
    metric: Callable[[Floats], Floats],
    resamples: int = RESAMPLES,
    seed: int | Sequence[int] = SEED,
) -> Floats:
    """Return a metric's values over `resamples` draws of as many questions as there are.

    Parameters
    ----------
    sums : ndarray, shape (questions, k)
        Each question's sufficient statistics, which add up over questions.
    metric : callable
        Takes sums of shape (resamples, k), returns shape (resamples,).

    Returns
    -------
    ndarray, shape (resamples,)
        All NaN for fewer than two questions, which say nothing about others.
    """
    questions = len(sums)
    if questions < 2:  # noqa: PLR2004
        return np.full(resamples, np.nan)
    random = np.random.default_rng(seed)
    drawn = [sums[random.integers(questions, size=questions)].sum(axis=0) for _ in range(resamples)]
    return metric(np.stack(drawn))


def percentile_interval(values: Floats, share: float = SHARE) -> tuple[float, float]:
    """Return the ends between which the middle `share` of the defined values lies."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return float("nan"), float("nan")
    low, high = np.quantile(defined, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)

"""How scores agree with marks, with the spread of r when other questions had been asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from interview.grading.evaluation import metrics, resampling
from interview.grading.evaluation.metrics import Floats, Ints
from interview.grading.evaluation.reports import Agreement, mean_record


@dataclass(frozen=True, slots=True)
class Compared:
    """An agreement with the values of r from which its interval comes."""

    agreement: Agreement
    resampled: Floats


def compare(marks: Floats, scores: Floats, questions: Ints, number: int) -> Compared:
    """Compare the scores of one data set with its marks.

    Parameters
    ----------
    marks, scores : ndarray, shape (answers,)
    questions : ndarray of int, shape (answers,)
        The question of each answer, numbered from 0.
    number : int
        Tells data sets apart, each of which is drawn by itself.
    """
    resampled = resampling.cluster_bootstrap(
        metrics.question_sums(metrics.moments(marks, scores), questions),
        metrics.pearson_of_sums,
        seed=(resampling.SEED, number),
    )
    low, high = resampling.percentile_interval(resampled)
    agreement = Agreement(
        pearson_r=metrics.pearson_r(marks, scores),
        pearson_low=low,
        pearson_high=high,
        spearman_rho=metrics.spearman_rho(marks, scores),
        within_question_r=metrics.within_question_r(marks, scores, questions),
        rmse=metrics.rmse(marks, scores),
        mae=metrics.mae(marks, scores),
        qwk=metrics.quadratic_weighted_kappa(marks, scores),
    )
    return Compared(agreement, resampled)


def mean_agreement(compared: Sequence[Compared]) -> Agreement:
    """Return the mean over sets, with the interval of the mean r, each set drawn by itself."""
    resampled = np.stack([one.resampled for one in compared])
    defined = (~np.isnan(resampled)).sum(axis=0)
    means = np.where(defined, np.nansum(resampled, axis=0) / np.maximum(defined, 1), np.nan)
    low, high = resampling.percentile_interval(means)
    mean = mean_record([one.agreement for one in compared])
    return replace(mean, pearson_low=low, pearson_high=high)

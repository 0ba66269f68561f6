"""The figures of an evaluation, as records and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, TypeVar

import numpy as np


@dataclass(frozen=True, slots=True)
class Agreement:
    """How scores agree with marks (see ``metrics``); NaN where it is undefined.

    Attributes
    ----------
    pearson_low, pearson_high : float
        The 95 % interval of `pearson_r` when questions are drawn again.
    qwk : float
        Cohen's kappa with quadratic weights, on five levels.
    """

    pearson_r: float
    pearson_low: float
    pearson_high: float
    spearman_rho: float
    within_question_r: float
    rmse: float
    mae: float
    qwk: float


@dataclass(frozen=True, slots=True)
class Conduct:
    """What else there is to know of the scores.

    Attributes
    ----------
    raw_rmse : float
        RMSE of the estimate before it is mapped to the scale that is shown.
    interval_coverage, interval_width : float
        The share of marks in their interval, and its mean width.
    abstained : float
        The share that is left to a human.
    rest_pearson_r, rest_rmse : float
        Of the answers that are not.
    error_shortest, error_short, error_long, error_longest : float
        Mean of score - mark in each quarter of answers by number of words.
    misspelt_change : float
        Mean of the score of a misspelt answer less that of the answer as it was given.
    us_per_answer : float
        Median time of a grade in microseconds, its rubric compiled.
    """

    raw_rmse: float
    interval_coverage: float
    interval_width: float
    abstained: float
    rest_pearson_r: float
    rest_rmse: float
    error_shortest: float
    error_short: float
    error_long: float
    error_longest: float
    misspelt_change: float
    us_per_answer: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The grader and two baselines on the same answers, under the same idf."""

    score: Agreement
    conduct: Conduct
    cosine: Agreement
    idf_coverage: Agreement

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types; what is undefined is None."""
        baselines = {"cosine": plain(self.cosine), "idf_coverage": plain(self.idf_coverage)}
        return {**plain(self.score), **plain(self.conduct), "baselines": baselines}


@dataclass(frozen=True, slots=True)
class DatasetReport:
    """The figures of one data set.

    Attributes
    ----------
    shipped : Figures
        Under the idf that ships.
    extended : Figures
        Under that idf and the data set's prompts and references.
    """

    dataset: str
    answers: int
    questions: int
    shipped: Figures
    extended: Figures

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types."""
        return {
            "dataset": self.dataset,
            "n": self.answers,
            "questions": self.questions,
            "shipped": self.shipped.to_dict(),
            "shipped_and_file": self.extended.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation; `mean` holds the mean of each figure over the data sets."""

    grader_version: str
    resamples: int
    datasets: tuple[DatasetReport, ...]
    mean: DatasetReport

    def to_dict(self) -> dict[str, Any]:
        """Return JSON types."""
        return {
            "grader_version": self.grader_version,
            "resamples": self.resamples,
            "datasets": [report.to_dict() for report in self.datasets],
            "mean": self.mean.to_dict(),
        }


Numbers = TypeVar("Numbers", Agreement, Conduct)


def mean_record(records: Sequence[Numbers]) -> Numbers:
    """Return the mean of each figure over the records that define it."""
    return type(records[0])(
        **{
            field.name: _defined_mean([getattr(record, field.name) for record in records])
            for field in fields(records[0])
        }
    )


def _defined_mean(values: Sequence[float]) -> float:
    defined = [value for value in values if not math.isnan(value)]
    return float(np.mean(defined)) if defined else math.nan


def plain(record: Agreement | Conduct) -> dict[str, float | None]:
    """Return a record as JSON types; what is undefined is None."""
    return {name: None if math.isnan(value) else value for name, value in asdict(record).items()}

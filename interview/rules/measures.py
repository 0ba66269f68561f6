"""What scores say of questions, of a class and of the grader: the field's measures.

Scores and shares lie in 0 to 1. Sequences of one call are of equal length. A measure that
its input leaves undefined (nothing to measure, or all of it alike) is None. How many values
are enough for a measure to say something is for the caller to decide.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import quantiles

LEAST_VARIANCE = 1e-12
"""Equal values leave a variance of about 1e-32 when their mean is rounded."""


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Three values that cut ordered values into quarters, with the ends."""

    least: float
    lower: float
    median: float
    upper: float
    greatest: float


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean, Σx / n.

    Of the scores of one question it is its facility: the share of the points that a learner
    gets on average (for answers that are right or wrong, the classical difficulty index p).
    """
    return fsum(values) / len(values) if values else None


def mean_bias(scores: Sequence[float], marks: Sequence[float]) -> float | None:
    """Return the mean error, Σ(score - mark) / n: above 0 where scores are too high."""
    return mean([score - mark for score, mark in zip(scores, marks, strict=True)])


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """Return median and quartiles, between two values by linear interpolation.

    Definition 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American
    Statistician 50 (1996): the p-th quantile of n ordered values is at place (n - 1)p + 1.
    """
    if not values:
        return None
    # A single value has no neighbour to interpolate with.
    data = values if len(values) > 1 else [*values, *values]
    lower, median, upper = quantiles(data, n=4, method="inclusive")
    return Quartiles(min(values), lower, median, upper, max(values))


def bin_of(value: float, bins: int) -> int:
    """Return which of equally wide bins over 0 to 1 holds a value, from 0.

    A bin holds its lower edge; the last one holds 1 as well.
    """
    return min(bins - 1, int(value * bins))


def histogram(values: Sequence[float], bins: int) -> tuple[int, ...]:
    """Count values by `bin_of`."""
    counts = Counter(bin_of(value, bins) for value in values)
    return tuple(counts[place] for place in range(bins))


def pearson_r(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's product-moment correlation.

    r = Σ(x - mean x)(y - mean y) / √(Σ(x - mean x)² Σ(y - mean y)²) (Pearson 1896).
    """
    left, right = _centred(first), _centred(second)
    squares = [fsum(x * x for x in values) for values in (left, right)]
    if min(squares) <= LEAST_VARIANCE * len(left):
        return None
    r = fsum(x * y for x, y in zip(left, right, strict=True)) / sqrt(squares[0] * squares[1])
    return min(1.0, max(-1.0, r))


def _centred(values: Sequence[float]) -> list[float]:
    middle = mean(values) or 0.0
    return [value - middle for value in values]


@dataclass(frozen=True, slots=True)
class Part:
    """One question of one attempt beside the whole of it.

    Attributes
    ----------
    earned, possible : float
        Points of the question: what was earned, and what it is worth.
    total, worth : float
        Points of the whole attempt, the question's own among them.
    """

    earned: float
    possible: float
    total: float
    worth: float

    @property
    def has_others(self) -> bool:
        """Whether the attempt asked anything else."""
        return self.worth > self.possible


def discrimination(parts: Sequence[Part]) -> float | None:
    """Return the corrected item–total correlation of a question.

    Pearson's r between what learners earned of it and what they earned of everything else:
    the question's own points are taken out of the total, which they would otherwise raise
    (Henrysson 1963; Nunnally and Bernstein, Psychometric Theory, 1994, ch. 8). Both are
    shares of what could be earned, so that attempts with other questions compare. Attempts
    that asked nothing else are left out.
    """
    compared = [part for part in parts if part.has_others]
    return pearson_r(
        [part.earned / part.possible for part in compared],
        [(part.total - part.earned) / (part.worth - part.possible) for part in compared],
    )


def quadratic_weighted_kappa(
    first: Sequence[int], second: Sequence[int], categories: int
) -> float | None:
    """Return Cohen's kappa with quadratic weights.

    1 - Σ wij oij / Σ wij eij with wij = (i - j)², o the share of cases in category i by the
    first rater and j by the second, e what it would be were both independent (Cohen,
    "Weighted kappa", Psychological Bulletin 70, 1968). 1 is agreement, 0 what chance gives.

    Parameters
    ----------
    first, second : sequence of int
        Categories of each case, from 0, in their order.
    categories : int
        How many there are.
    """
    cases, places = len(first), range(categories)
    if not cases:
        return None
    by_first, by_second = Counter(first), Counter(second)
    observed = fsum((i - j) ** 2 for i, j in zip(first, second, strict=True))
    by_chance = fsum(
        (i - j) ** 2 * by_first[i] * by_second[j] / cases for i in places for j in places
    )
    return None if by_chance <= LEAST_VARIANCE * cases else 1 - observed / by_chance

"""Totals of an attempt, and what they say about the next one."""

from collections.abc import Iterable, Sequence
from math import fsum

STRONG = 0.75
WEAK = 0.5


def mean_score(scores: Sequence[float]) -> float:
    """The mean of some scores, each between 0 and 1; 0 without any."""
    return fsum(scores) / len(scores) if scores else 0.0


def weighted_score(scores: Sequence[tuple[float, float]]) -> float:
    """The score of an attempt whose items are worth different points.

    Parameters
    ----------
    scores : sequence of (float, float)
        Each item's score, 0 to 1, and its points.
    """
    possible = fsum(points for _, points in scores)
    return fsum(score * points for score, points in scores) / possible if possible else 0.0


def strong_and_weak(by_tag: Iterable[tuple[str, float]]) -> tuple[list[str], list[str]]:
    """Sort tags by how their answers went.

    Parameters
    ----------
    by_tag : iterable of (str, float)
        Each tag of each answered item with the item's score.

    Returns
    -------
    strong, weak : list of str
        Tags whose mean is at least 0.75, best first, and under 0.5, worst first.
    """
    scores: dict[str, list[float]] = {}
    for tag, score in by_tag:
        scores.setdefault(tag, []).append(score)
    means = sorted(((mean_score(values), tag) for tag, values in scores.items()))
    strong = [tag for mean, tag in reversed(means) if mean >= STRONG]
    return strong, [tag for mean, tag in means if mean < WEAK]

"""Totals of an attempt, and what they say about the next one."""

from collections.abc import Iterable, Sequence
from math import fsum

STRONG = 0.75
WEAK = 0.5


def mean_score(scores: Sequence[float]) -> float:
    """The score of an attempt: the mean of its items, a question not answered counting 0."""
    return fsum(scores) / len(scores) if scores else 0.0


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

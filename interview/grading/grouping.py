"""Answers to one question that say nearly the same, in groups that one decision can grade.

Each group is a star: around its most typical answer stand those that are at least so alike to
it. The most typical answer is the one with the most answers that alike among those which are
in no group yet (star clustering: Aslam, Pelekhov and Rus, "The star clustering algorithm for
static and dynamic information organization", 2004).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from interview.grading.idf import IdfSnapshot
from interview.grading.likeness import Vector, alike
from interview.grading.reading import read

ALIKE = 0.7
"""Cosine to the most typical answer from which an answer belongs to its group.

Of 18,027 short answers to 272 questions that people had marked, 62 % are in groups of two and
more at this cosine, and a group's marks differ by half of what those of any two answers do.
"""

MOST_READ = 4_000
"""Characters that the likeness of an answer is taken from; the rest seldom turns it."""

DENIED = "not "
"""Stands before a term that is denied; no term has a space before its letters."""

Group = tuple[int, ...]


def grouped(
    texts: Sequence[str], snapshot: IdfSnapshot, at_least: float = ALIKE
) -> tuple[Group, ...]:
    """Put texts that are alike into groups.

    Parameters
    ----------
    texts : sequence of str
        Answers to one question.
    snapshot : IdfSnapshot
        What words weigh.
    at_least : float
        Cosine to a group's first text from which another belongs to it, 0 to 1.

    Returns
    -------
    tuple of tuple of int
        Places in `texts`, each in one group: the largest group first, and in each the most
        typical text first, then those that are most alike to it. Equal texts are together,
        and another order of the texts makes the same groups of them.
    """
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        places.setdefault(text, []).append(place)
    # In an order of their own, so that sums are rounded alike whatever came first.
    distinct = sorted(places)
    near = _neighbours([statement_of(text, snapshot) for text in distinct], at_least)
    copies = [len(places[text]) for text in distinct]
    groups = [
        tuple(place for member in star for place in places[distinct[member]])
        for star in _stars(near, copies)
    ]
    return tuple(sorted(groups, key=len, reverse=True))


def statement_of(text: str, snapshot: IdfSnapshot) -> Vector:
    """Return what `likeness.vector_of` does, with what is denied apart from what is said.

    That a thing is so and that it is not so have hardly a word between them, and are not to
    be graded together.
    """
    reading = read(text[:MOST_READ])
    places = reading.content() or range(len(reading.terms))
    said = Counter((reading.terms[place], reading.polarity[place] < 0) for place in places)
    weights = {
        (DENIED + term if denied else term): count * snapshot.idf(term)
        for (term, denied), count in sorted(said.items())
    }
    norm = math.hypot(*weights.values())
    return {term: weight / norm for term, weight in weights.items()}


def _neighbours(vectors: Sequence[Vector], at_least: float) -> list[dict[int, float]]:
    """Return, for each vector, those that are alike with their cosines."""
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for one, other, cosine in alike(vectors, at_least):
        near[one][other] = near[other][one] = cosine
    return [near[number] for number in range(len(vectors))]


def _stars(near: Sequence[Mapping[int, float]], copies: Sequence[int]) -> list[list[int]]:
    """Take the number with the most free neighbours, and them, until none is left."""
    free = set(range(len(near)))
    stars = []
    while free:
        centre = min(free, key=lambda number: (-_weight(number, near, copies, free), number))
        points = sorted(
            free.intersection(near[centre]), key=lambda number: (-near[centre][number], number)
        )
        stars.append([centre, *points])
        free.difference_update(stars[-1])
    return stars


def _weight(
    number: int, near: Sequence[Mapping[int, float]], copies: Sequence[int], free: set[int]
) -> int:
    """Return how many texts a star around a number would hold."""
    return copies[number] + sum(copies[other] for other in near[number] if other in free)

"""Which questions are copies of each other, and which other reference is the nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from interview.grading.evaluation.metrics import Floats, Ints
from interview.grading.idf import IdfSnapshot
from interview.grading.records import Rubric
from interview.grading.text import terms_of

SAME_COSINE = 0.8
"""References at least as close as this make two questions one."""


class Neighbours:
    """The references of some rubrics, to be compared with each other by TF-IDF cosine.

    Parameters
    ----------
    rubrics : sequence of Rubric
    snapshot : IdfSnapshot
        Gives the idf.
    """

    def __init__(self, rubrics: Sequence[Rubric], snapshot: IdfSnapshot) -> None:
        self.rubrics = rubrics
        self.texts = [text for rubric in rubrics for text in rubric.references]
        counts = [len(rubric.references) for rubric in rubrics]
        self.owners: Ints = np.repeat(np.arange(len(rubrics)), counts)
        self._vectors = [_unit(text, snapshot) for text in self.texts]
        self._postings = _postings(self._vectors)

    def cosines(self, number: int) -> Floats:
        """Return, for each of `texts`, the highest cosine to a reference of rubric `number`."""
        own = np.flatnonzero(self.owners == number)
        closest: Floats = np.max([self._cosines(self._vectors[place]) for place in own], axis=0)
        return closest

    def _cosines(self, vector: dict[str, float]) -> Floats:
        cosines = np.zeros(len(self.texts))
        for term, weight in vector.items():
            places, weights = self._postings[term]
            cosines[places] += weight * weights
        return cosines

    def distinct(self) -> list[int]:
        """Return the rubrics that are no copy of one before them.

        A copy asks in the same words, or has a reference whose cosine to one of the earlier
        rubric's is `SAME_COSINE` or more.
        """
        kept: list[int] = []
        asked: set[tuple[str, ...]] = set()
        of_kept = np.zeros(len(self.texts), dtype=bool)
        for number, rubric in enumerate(self.rubrics):
            words = tuple(terms_of(rubric.prompt))
            if words in asked or (self.cosines(number)[of_kept] >= SAME_COSINE).any():
                continue
            asked.add(words)
            kept.append(number)
            of_kept |= self.owners == number
        return kept

    def nearest(self, number: int, among: Sequence[int]) -> str | None:
        """Return the reference closest to rubric `number` of the other rubrics `among`."""
        eligible = np.isin(self.owners, among) & (self.owners != number)
        if not eligible.any():
            return None
        return self.texts[int(np.where(eligible, self.cosines(number), -1.0).argmax())]


def families(neighbours: Neighbours) -> list[int]:
    """Return, for each rubric, the number of the first that it is a copy of, directly or not."""
    rubrics = neighbours.rubrics
    family = list(range(len(rubrics)))
    asked: dict[tuple[str, ...], int] = {}
    for number, rubric in enumerate(rubrics):
        alike = neighbours.owners[neighbours.cosines(number) >= SAME_COSINE]
        joined = {family[int(other)] for other in alike}
        joined |= {family[asked.setdefault(tuple(terms_of(rubric.prompt)), number)]}
        joined |= {family[number]}
        first = min(joined)
        family = [first if one in joined else one for one in family]
    return family


def _postings(vectors: Sequence[dict[str, float]]) -> dict[str, tuple[Ints, Floats]]:
    """Return the vectors that hold each term, and its weight in each."""
    found: dict[str, tuple[list[int], list[float]]] = {}
    for place, vector in enumerate(vectors):
        for term, weight in vector.items():
            places, weights = found.setdefault(term, ([], []))
            places.append(place)
            weights.append(weight)
    return {
        term: (np.array(places, dtype=np.intp), np.array(weights))
        for term, (places, weights) in found.items()
    }


def _unit(text: str, snapshot: IdfSnapshot) -> dict[str, float]:
    """Return the TF-IDF vector of a text, of length 1 unless it holds no term."""
    counts = Counter(terms_of(text))
    vector = {term: count * snapshot.idf(term) for term, count in counts.items()}
    norm = float(np.linalg.norm(list(vector.values()))) or 1.0
    return {term: value / norm for term, value in vector.items()}

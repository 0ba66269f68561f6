"""How alike two texts are: the cosine of their TF-IDF vectors, from the shipped idf."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from interview.grading.idf import IdfSnapshot
from interview.grading.lexicon import FUNC
from interview.grading.reading import read
from interview.grading.views import tfidf

Vector = dict[str, float]


def vector_of(text: str, snapshot: IdfSnapshot) -> Vector:
    """Return the TF-IDF vector of a text's content words, of length 1; empty without words."""
    reading = read(text)
    terms = [
        term for term, bits in zip(reading.terms, reading.classes, strict=True) if not bits & FUNC
    ]
    weights, norm = tfidf(terms or list(reading.terms), snapshot)
    return {term: weight / norm for term, weight in weights.items()}


def likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1, 0 to 1."""
    few, many = sorted((one, other), key=len)
    return sum(weight * many[term] for term, weight in few.items() if term in many)


def rarest(vector: Vector, most: int) -> list[str]:
    """Return the terms that weigh most, the heaviest first; ties in alphabetical order."""
    return sorted(vector, key=lambda term: (-vector[term], term))[:most]


def alike(vectors: Sequence[Vector], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Yield every pair of vectors that are at least so alike, as (place, later place, cosine).

    Only pairs that share a term are compared: the sums run through an inverted index.
    """
    holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        sums: dict[int, float] = defaultdict(float)
        for term, weight in vector.items():
            for earlier, other in holders[term]:
                sums[earlier] += weight * other
            holders[term].append((place, weight))
        for earlier, cosine in sorted(sums.items()):
            if cosine >= at_least:
                yield earlier, place, cosine

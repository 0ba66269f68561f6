"""A reference and an answer as dicts, each prepared once for every comparison."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview.grading.idf import IdfSnapshot
from interview.grading.lexicon import FUNC, GENERIC
from interview.grading.reading import Reading

# A reference's term that the question already gives says little about the answer.
PROMPT_DEMOTION = 0.15
GENERIC_DEMOTION = 0.5


@dataclass(slots=True)
class AnswerView:
    """An answer with what every reference needs of it."""

    reading: Reading
    content: list[str]
    distinct: list[str]
    known: frozenset[str]
    vector: dict[str, float]
    norm: float
    from_prompt: int


@dataclass(frozen=True, slots=True)
class ReferenceIndex:
    """A reference, compiled: `weights` holds (plain, demoted) shares of its content terms."""

    vector: dict[str, float]
    weights: dict[str, tuple[float, float]]
    places: dict[str, int]
    length: int
    bigrams: frozenset[tuple[str, str]]
    polarity: dict[str, int]


def tfidf(terms: Sequence[str], snapshot: IdfSnapshot) -> tuple[dict[str, float], float]:
    """Return the TF-IDF vector of `terms` and its Euclidean norm."""
    idf, unknown = snapshot.weights, snapshot.unknown
    vector = {term: count * idf.get(term, unknown) for term, count in Counter(terms).items()}
    return vector, math.sqrt(math.fsum([value * value for value in vector.values()]))


def content_terms(reading: Reading) -> list[str]:
    """Return the content words of a text, or all its words if it has no other."""
    content = [
        term for term, bits in zip(reading.terms, reading.classes, strict=True) if not bits & FUNC
    ]
    return content or list(reading.terms)


def demotion(term: str, classes: int, prompt: frozenset[str]) -> float:
    """Return the factor by which a term of the question or a generic word counts less."""
    if term in prompt:
        return PROMPT_DEMOTION
    return GENERIC_DEMOTION if classes & GENERIC else 1.0


def index_reference(
    whole: Reading, prose: Reading, prompt: frozenset[str], snapshot: IdfSnapshot
) -> ReferenceIndex:
    """Compile a reference: its cosine is of the whole text, its coverage of the prose."""
    vector, norm = tfidf(whole.terms, snapshot)
    content = content_terms(prose)
    classes = dict(zip(prose.terms, prose.classes, strict=True))
    plain = {term: snapshot.idf(term) for term in dict.fromkeys(content)}
    demoted = {t: idf * demotion(t, classes[t], prompt) for t, idf in plain.items()}
    whole_plain, whole_demoted = math.fsum(plain.values()), math.fsum(demoted.values())
    places: dict[str, int] = {}
    for place, term in enumerate(content):
        places[term] = places.get(term, 0) | (1 << place)
    return ReferenceIndex(
        vector={term: value / norm for term, value in vector.items()},
        weights={t: (plain[t] / whole_plain, demoted[t] / whole_demoted) for t in plain},
        places=places,
        length=len(content),
        bigrams=frozenset(pairwise(prose.terms)),
        polarity=_polarity(prose),
    )


def _polarity(reading: Reading) -> dict[str, int]:
    """Return the polarity of each term, 0 where the text says it both ways."""
    said: dict[str, int] = {}
    for term, sign in zip(reading.terms, reading.polarity, strict=True):
        said[term] = sign if said.get(term, sign) == sign else 0
    return said


def view_answer(reading: Reading, prompt: frozenset[str], snapshot: IdfSnapshot) -> AnswerView:
    """Collect what every reference needs of an answer."""
    vector, norm = tfidf(reading.terms, snapshot)
    content = content_terms(reading)
    distinct = list(dict.fromkeys(content))
    return AnswerView(
        reading=reading,
        content=content,
        distinct=distinct,
        known=frozenset(distinct),
        vector=vector,
        norm=norm,
        from_prompt=sum(term in prompt for term in distinct),
    )


def cosine(reference: ReferenceIndex, answer: AnswerView) -> float:
    """Return the TF-IDF cosine of an answer and a reference, 0 to 1."""
    if not answer.norm:
        return 0.0
    weights = reference.vector
    shared = [value * weights[term] for term, value in answer.vector.items() if term in weights]
    return min(1.0, math.fsum(shared) / answer.norm)

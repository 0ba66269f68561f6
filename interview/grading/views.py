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
    function_share: float
    decision: int


@dataclass(frozen=True, slots=True)
class ReferenceIndex:
    """A reference, compiled.

    `weights` holds (plain, demoted) shares of its content terms, `sentences` the terms of each
    of its sentences with the sum of their demoted shares, `decision` 1 for a reference that
    begins with yes and -1 for one that begins with no.
    """

    vector: dict[str, float]
    weights: dict[str, tuple[float, float]]
    places: dict[str, int]
    length: int
    bigrams: frozenset[tuple[str, str]]
    polarity: dict[str, int]
    sentences: tuple[tuple[tuple[str, ...], float], ...]
    decision: int


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
    weights = {t: (plain[t] / whole_plain, demoted[t] / whole_demoted) for t in plain}
    return ReferenceIndex(
        vector={term: value / norm for term, value in vector.items()},
        weights=weights,
        places=places,
        length=len(content),
        bigrams=frozenset(pairwise(prose.terms)),
        polarity=_polarity(prose),
        sentences=_sentences(prose, {term: share for term, (_, share) in weights.items()}),
        decision=_decision(prose),
    )


def _sentences(
    reading: Reading, weights: dict[str, float]
) -> tuple[tuple[tuple[str, ...], float], ...]:
    """Return the weighted terms of each sentence, with the sum of their weights."""
    told: dict[int, dict[str, None]] = {}
    for term, sentence in zip(reading.terms, reading.sentences, strict=True):
        if term in weights:
            told.setdefault(sentence, {})[term] = None
    return tuple((tuple(terms), math.fsum(weights[t] for t in terms)) for terms in told.values())


def _decision(reading: Reading) -> int:
    """Return 1 for a text that begins with yes, -1 for one that begins with no, else 0."""
    return {"yes": 1, "no": -1}.get(reading.terms[0], 0)


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
    function = sum(bits & FUNC for bits in reading.classes)
    return AnswerView(
        reading=reading,
        content=content,
        distinct=distinct,
        known=frozenset(distinct),
        vector=vector,
        norm=norm,
        from_prompt=sum(term in prompt for term in distinct),
        function_share=function / (len(reading.terms) or 1),
        decision=_decision(reading) if reading.terms else 0,
    )


def cosine(reference: ReferenceIndex, answer: AnswerView) -> float:
    """Return the TF-IDF cosine of an answer and a reference, 0 to 1."""
    if not answer.norm:
        return 0.0
    weights = reference.vector
    shared = [value * weights[term] for term, value in answer.vector.items() if term in weights]
    return min(1.0, math.fsum(shared) / answer.norm)

"""The features of an answer against one reference: what the trained weights weigh.

All are cheap sums over dicts. Sums run in the order of the answer's words, so that a grade
is the same in every process.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview.grading.idf import IdfSnapshot
from interview.grading.lexicon import FUNC, GENERIC
from interview.grading.reading import Reading
from interview.grading.relatives import Relatives

# A reference's term that the question already gives says little about the answer.
PROMPT_DEMOTION = 0.15
GENERIC_DEMOTION = 0.5

FEATURES = (
    "cosine",
    "recall",
    "demoted_recall",
    "soft_recall",
    "precision",
    "demoted_precision",
    "soft_f1",
    "brevity",
    "log_reference_length",
    "log_answer_length",
    "log_new_terms",
    "log_matched_new_terms",
    "subsequence_of_reference",
    "subsequence_of_answer",
    "shared_bigrams",
    "question_overlap",
    "opposite_polarity",
)


@dataclass(slots=True)
class AnswerView:
    """An answer with what every reference needs of it."""

    reading: Reading
    content: list[str]
    distinct: list[str]
    known: frozenset[str]
    vector: dict[str, float]
    norm: float
    bigrams: frozenset[tuple[str, str]]
    plain_mass: float
    demoted_mass: float
    new_terms: int
    from_prompt: int
    said: dict[str, int]


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
    return vector, math.sqrt(math.fsum(value * value for value in vector.values()))


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
    idf, unknown = snapshot.weights, snapshot.unknown
    plain = demoted = 0.0
    new = 0
    for term in distinct:
        weight = idf.get(term, unknown)
        plain += weight
        if term in prompt:
            demoted += weight * PROMPT_DEMOTION
        else:
            demoted += weight
            new += 1
    return AnswerView(
        reading=reading,
        content=content,
        distinct=distinct,
        known=frozenset(distinct),
        vector=vector,
        norm=norm,
        bigrams=frozenset(pairwise(reading.terms)),
        plain_mass=plain,
        demoted_mass=demoted,
        new_terms=new,
        from_prompt=len(distinct) - new,
        said=dict(zip(reading.terms, reading.polarity, strict=True)),
    )


def cosine(reference: ReferenceIndex, answer: AnswerView) -> float:
    """Return the TF-IDF cosine of an answer and a reference, 0 to 1."""
    if not answer.norm:
        return 0.0
    weights = reference.vector
    shared = [value * weights[term] for term, value in answer.vector.items() if term in weights]
    return min(1.0, math.fsum(shared) / answer.norm)


def measure(
    reference: ReferenceIndex,
    answer: AnswerView,
    prompt: frozenset[str],
    relatives: Relatives,
    snapshot: IdfSnapshot,
) -> tuple[float, ...]:
    """Return the features of `answer` against `reference`, in the order of FEATURES."""
    recall, demoted_recall, matched, demoted_matched, fresh = _overlap(
        reference, answer, prompt, snapshot
    )
    soft = demoted_recall + _near_recall(reference, answer, relatives)
    precision = demoted_matched / answer.demoted_mass if answer.demoted_mass else 0.0
    common = _longest_common_subsequence(reference, answer.content)
    length = len(answer.content)
    return (
        cosine(reference, answer),
        recall,
        demoted_recall,
        soft,
        matched / answer.plain_mass if answer.plain_mass else 0.0,
        precision,
        2 * soft * precision / (soft + precision) if soft + precision else 0.0,
        min(1.0, length / reference.length),
        math.log1p(reference.length),
        math.log1p(length),
        math.log1p(answer.new_terms),
        math.log1p(fresh),
        common / reference.length,
        common / length if length else 0.0,
        len(answer.bigrams & reference.bigrams) / (len(reference.bigrams) or 1),
        answer.from_prompt / (len(answer.distinct) or 1),
        _opposition(reference, answer),
    )


def _overlap(
    reference: ReferenceIndex, answer: AnswerView, prompt: frozenset[str], snapshot: IdfSnapshot
) -> tuple[float, float, float, float, int]:
    """Return the shares of the reference and the idf of the answer that they have in common.

    Each comes plain and with the terms of the question demoted; last, the number of common
    terms that the question does not give.
    """
    weights, idf, unknown = reference.weights, snapshot.weights, snapshot.unknown
    recall = demoted_recall = matched = demoted_matched = 0.0
    fresh = 0
    for term in answer.distinct:
        held = weights.get(term)
        if held is None:
            continue
        recall += held[0]
        demoted_recall += held[1]
        mass = idf.get(term, unknown)
        matched += mass
        if term in prompt:
            demoted_matched += mass * PROMPT_DEMOTION
        else:
            demoted_matched += mass
            fresh += 1
    return recall, demoted_recall, matched, demoted_matched, fresh


def _near_recall(reference: ReferenceIndex, answer: AnswerView, relatives: Relatives) -> float:
    """Return the share of the reference that is said in near forms of its terms only."""
    weights, known = reference.weights, answer.known
    near: dict[str, float] = {}
    for term in answer.distinct:
        for other, credit in relatives.of(term):
            if other in weights and other not in known and credit > near.get(other, 0.0):
                near[other] = credit
    return sum(weights[other][1] * near[other] for other in sorted(near))


def _longest_common_subsequence(reference: ReferenceIndex, terms: Sequence[str]) -> int:
    """Return the length of the longest common subsequence (Hyyrö 2004, bit-parallel)."""
    full = (1 << reference.length) - 1
    row = full
    for term in terms:
        mask = reference.places.get(term)
        if mask:
            common = row & mask
            row = ((row + common) | (row - common)) & full
    return reference.length - row.bit_count()


def _opposition(reference: ReferenceIndex, answer: AnswerView) -> float:
    """Return the share of the common content terms that are said the other way round."""
    shared = opposed = 0
    for term in answer.distinct:
        sign = reference.polarity.get(term)
        if sign is not None:
            shared += 1
            opposed += sign * answer.said[term] < 0
    return opposed / shared if shared else 0.0

"""The features of an answer against one reference: what the trained weights weigh.

All are cheap sums over dicts. Sums run in the order of the answer's words, so that a grade
is the same in every process.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from interview.grading.idf import IdfSnapshot
from interview.grading.relatives import SYNONYM_CREDIT, Relatives
from interview.grading.thesaurus import ANTONYMS
from interview.grading.views import AnswerView, ReferenceIndex, cosine, demotion

FEATURES = (
    "cosine",
    "recall",
    "soft_recall",
    "soft_precision",
    "soft_f1",
    "soft_f_recall",
    "best_sentence",
    "brevity",
    "log_reference_length",
    "log_answer_length",
    "log_new_terms",
    "log_matched_new_terms",
    "subsequence_of_reference",
    "subsequence_of_answer",
    "shared_bigrams",
    "question_overlap",
    "function_share",
    "same_decision",
    "opposite_polarity",
)
# In soft_f_recall, recall counts three times as much as precision.
RECALL_WEIGHT = 3


def measure(
    reference: ReferenceIndex,
    answer: AnswerView,
    prompt: frozenset[str],
    relatives: Relatives,
    snapshot: IdfSnapshot,
) -> tuple[float, ...]:
    """Return the features of `answer` against `reference`, in the order of FEATURES."""
    weights, length = reference.weights, len(answer.content)
    signs = dict(zip(answer.reading.terms, answer.reading.polarity, strict=True))
    said, precision = _said(reference, answer, signs, prompt, (relatives, snapshot))
    shared = [term for term in answer.distinct if term in weights]
    soft = math.fsum([weights[term][1] * credit for term, credit in said.items()])
    bigrams = set(pairwise(answer.reading.terms))
    common = _longest_common_subsequence(reference, answer.content)
    return (
        cosine(reference, answer),
        math.fsum([weights[term][0] for term in shared]),
        soft,
        precision,
        _f_measure(soft, precision, 1),
        _f_measure(soft, precision, RECALL_WEIGHT),
        _best_sentence(reference, said),
        min(1.0, length / reference.length),
        math.log1p(reference.length),
        math.log1p(length),
        math.log1p(len(answer.distinct) - answer.from_prompt),
        math.log1p(sum(term not in prompt for term in shared)),
        common / reference.length,
        common / length if length else 0.0,
        len(bigrams & reference.bigrams) / (len(reference.bigrams) or 1),
        answer.from_prompt / (len(answer.distinct) or 1),
        answer.function_share,
        float(reference.decision * answer.decision),
        _opposition(reference, answer, signs),
    )


def soft_recall(reference: ReferenceIndex, answer: AnswerView, relatives: Relatives) -> float:
    """Return how much of a reference an answer says, near forms included, 0 to 1.

    Terms of the question count less. The share never falls when an answer grows.
    """
    weights = reference.weights
    credited = dict.fromkeys((term for term in answer.distinct if term in weights), 1.0)
    for term in answer.distinct:
        for other, credit in relatives.of(term):
            if other in weights and credit > credited.get(other, 0.0):
                credited[other] = credit
    return math.fsum([weights[term][1] * credit for term, credit in credited.items()])


def _said(
    reference: ReferenceIndex,
    answer: AnswerView,
    signs: Mapping[str, int],
    prompt: frozenset[str],
    knowledge: tuple[Relatives, IdfSnapshot],
) -> tuple[dict[str, float], float]:
    """Return the terms of a reference that are said, and how much of the answer says them.

    Returns
    -------
    tuple of dict of str to float and float
        For each term of the reference its credit: 1 if it is said, less for a near form
        or for its opposite denied ("not separated" for "connected"); and the share of the
        answer's idf that is in the reference, near forms included.
    """
    relatives, snapshot = knowledge
    weights, idf, unknown = reference.weights, snapshot.weights, snapshot.unknown
    classes = dict(zip(answer.reading.terms, answer.reading.classes, strict=True))
    credited: dict[str, float] = {}
    matched = mass = 0.0
    for term in answer.distinct:
        own = idf.get(term, unknown) * demotion(term, classes[term], prompt)
        mass += own
        nearest = float(term in weights)
        if nearest:
            credited[term] = 1.0
        for other, credit in relatives.of(term):
            if other in weights:
                nearest = max(nearest, credit)
                credited[other] = max(credit, credited.get(other, 0.0))
        for other in ANTONYMS.get(term, ()) if not nearest else ():
            if reference.polarity.get(other, 0) * signs[term] < 0 and other in weights:
                nearest = SYNONYM_CREDIT
                credited.setdefault(other, SYNONYM_CREDIT)
        matched += own * nearest
    return credited, matched / mass if mass else 0.0


def _f_measure(recall: float, precision: float, weight: int) -> float:
    """Return the weighted harmonic mean of recall and precision (van Rijsbergen 1979)."""
    if not recall or not precision:
        return 0.0
    return (1 + weight) * recall * precision / (recall + weight * precision)


def _best_sentence(reference: ReferenceIndex, said: Mapping[str, float]) -> float:
    """Return how much is said of that sentence of the reference of which most is said."""
    weights = reference.weights
    shares = [
        math.fsum([weights[term][1] * said.get(term, 0.0) for term in terms]) / mass
        for terms, mass in reference.sentences
    ]
    return max(shares, default=0.0)


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


def _opposition(reference: ReferenceIndex, answer: AnswerView, signs: Mapping[str, int]) -> float:
    """Return the share of the common content terms that are said the other way round."""
    shared = opposed = 0
    for term in answer.distinct:
        sign = reference.polarity.get(term)
        if sign is not None:
            shared += 1
            opposed += sign * signs[term] < 0
    return opposed / shared if shared else 0.0

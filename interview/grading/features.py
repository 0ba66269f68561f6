"""The features of an answer against one reference: what the trained weights weigh.

All are cheap sums over dicts. Sums run in the order of the answer's words, so that a grade
is the same in every process.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from interview.grading.idf import IdfSnapshot
from interview.grading.relatives import Relatives
from interview.grading.views import PROMPT_DEMOTION, AnswerView, ReferenceIndex, cosine

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
    plain_mass, demoted_mass = _masses(answer, prompt, snapshot)
    bigrams = set(pairwise(answer.reading.terms))
    soft = demoted_recall + _near_recall(reference, answer, relatives)
    precision = demoted_matched / demoted_mass if demoted_mass else 0.0
    common = _longest_common_subsequence(reference, answer.content)
    length = len(answer.content)
    return (
        cosine(reference, answer),
        recall,
        demoted_recall,
        soft,
        matched / plain_mass if plain_mass else 0.0,
        precision,
        2 * soft * precision / (soft + precision) if soft + precision else 0.0,
        min(1.0, length / reference.length),
        math.log1p(reference.length),
        math.log1p(length),
        math.log1p(len(answer.distinct) - answer.from_prompt),
        math.log1p(fresh),
        common / reference.length,
        common / length if length else 0.0,
        len(bigrams & reference.bigrams) / (len(reference.bigrams) or 1),
        answer.from_prompt / (len(answer.distinct) or 1),
        _opposition(reference, answer),
    )


def soft_recall(reference: ReferenceIndex, answer: AnswerView, relatives: Relatives) -> float:
    """Return how much of a reference an answer says, near forms included, 0 to 1.

    Terms of the question count less. The share never falls when an answer grows.
    """
    weights = reference.weights
    exact = sum(weights[term][1] for term in answer.distinct if term in weights)
    return exact + _near_recall(reference, answer, relatives)


def _masses(
    answer: AnswerView, prompt: frozenset[str], snapshot: IdfSnapshot
) -> tuple[float, float]:
    """Return the idf mass of an answer, plain and with the terms of the question demoted."""
    plain = demoted = 0.0
    for term in answer.distinct:
        weight = snapshot.idf(term)
        plain += weight
        demoted += weight * PROMPT_DEMOTION if term in prompt else weight
    return plain, demoted


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
    said = dict(zip(answer.reading.terms, answer.reading.polarity, strict=True))
    shared = opposed = 0
    for term in answer.distinct:
        sign = reference.polarity.get(term)
        if sign is not None:
            shared += 1
            opposed += sign * said[term] < 0
    return opposed / shared if shared else 0.0

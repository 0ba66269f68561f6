"""Flags: what is odd about an answer as a whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise

from interview.grading.compile import CompiledRubric
from interview.grading.idf import IdfSnapshot
from interview.grading.lexicon import AUX, BREAK, CONJ, DET, FUNC, PREP, PRON, WORD_CLASSES
from interview.grading.reading import Reading
from interview.grading.records import Flag
from interview.grading.relevance import relevant
from interview.grading.text import stem
from interview.grading.thesaurus import ABBREVIATIONS, SYNONYMS
from interview.grading.views import AnswerView, ReferenceIndex

SHORTEST_LIST = 8
# A list of keywords has fewer function words than this; English prose has about 0.4.
LIST_FUNCTION_SHARE = 0.05
PROSE_SHARE = 0.35
# Prose has a function word at least every few words, and enumerations in it are shorter.
LONG_RUN = 16
# More unlikely pairs of function words than this share: the words are in no order.
SHUFFLED_SHARE = 0.25
LEAST_ODD_PAIRS = 3
# An answer with so many of a reference's words, and so few of its pairs of neighbours.
SHORTEST_JUMBLE = 3
JUMBLED_SHARE = 0.85
KEPT_PAIRS = 0.4
COPIED_SHARE = 0.8
COPIED_COVERAGE = 0.5
COPIED_PAIRS = 0.5
UNKNOWN_SHARE = 0.75
MASHED_SHARE = 0.4
# English words of this length and more have a share of vowels between these.
LONG_WORD = 5
VOWEL_SHARE = (0.15, 0.75)

# The most that an answer with a flag can reach. Derived key points do not decide what is
# denied: people often give such answers full marks.
CEILINGS = {
    Flag.GIBBERISH: 0.0,
    Flag.QUESTION_COPIED: 0.05,
    Flag.KEYWORD_LIST: 0.58,
    Flag.NEGATED: 0.4,
    Flag.OFF_TOPIC: 0.2,
}

_VOWELS = re.compile(r"[aeiouy]")
_MASH = re.compile(r"(.)\1\1|[bcdfghjklmnpqrstvwxz]{5}|qw|asd|sdf|dfg|fgh|hjk|jkl|zxc|xcv")


def _may_be_copied(compiled: CompiledRubric, answer: AnswerView) -> bool:
    """Return whether an answer says much of the question and little of a reference besides."""
    if answer.from_prompt < COPIED_COVERAGE * len(compiled.prompt):
        return False
    vocabulary = compiled.relatives.vocabulary
    told = sum(term in vocabulary and term not in compiled.prompt for term in answer.distinct)
    return told <= (1 / COPIED_SHARE - 1) * answer.from_prompt


def is_copied(compiled: CompiledRubric, answer: AnswerView) -> bool:
    """Return whether an answer only gives the question back, in the order of its words.

    What it says of other things besides does not count.
    """
    if tuple(answer.reading.terms) == compiled.prompt_terms:
        return True
    if not _may_be_copied(compiled, answer):
        return False
    reading = relevant(answer.reading, compiled.prompt, compiled.relatives)
    distinct = {reading.terms[place] for place in reading.content()}
    asked = len(distinct & compiled.prompt)
    if not asked or asked < max(
        COPIED_SHARE * len(distinct), COPIED_COVERAGE * len(compiled.prompt)
    ):
        return False
    pairs = set(pairwise(reading.terms))
    copied = len(pairs.intersection(pairwise(compiled.prompt_terms)))
    return copied >= COPIED_PAIRS * len(pairs)


def is_gibberish(compiled: CompiledRubric, answer: AnswerView, snapshot: IdfSnapshot) -> bool:
    """Return whether hardly a word of the answer is one, and many look mashed."""
    words = [term for term in answer.distinct if not term[0].isdigit()]
    if not words:
        return not answer.known & compiled.relatives.vocabulary
    strange = [term for term in words if not _is_word(term, compiled, snapshot)]
    if len(strange) < UNKNOWN_SHARE * len(words):
        return False
    return sum(map(looks_mashed, strange)) >= MASHED_SHARE * len(words)


def _is_word(term: str, compiled: CompiledRubric, snapshot: IdfSnapshot) -> bool:
    return (
        term in compiled.relatives.vocabulary
        or term in snapshot.weights
        or term in SYNONYMS
        or term in ABBREVIATIONS
        or term in _COMMON
    )


def looks_mashed(term: str) -> bool:
    """Return whether a word looks like keys hit at random."""
    if not term.isascii():
        return False
    vowels = len(_VOWELS.findall(term))
    if not vowels or _MASH.search(term):
        return True
    least, most = VOWEL_SHARE
    return len(term) >= LONG_WORD and not least <= vowels / len(term) <= most


_COMMON = frozenset(WORD_CLASSES) | {stem(word) for word in WORD_CLASSES}


def is_keyword_list(reading: Reading) -> bool:
    """Return whether most of the answer is words without sentences: lists, or prose shuffled.

    A sentence of prose beside a list does not make a sentence of the list.
    """
    if len(reading.terms) < SHORTEST_LIST or not _is_latin(reading.terms):
        return False
    if not _may_be_list(reading.classes):
        return disorder(reading) > SHUFFLED_SHARE
    sentences = [
        [bits for _, bits in group]
        for _, group in groupby(
            zip(reading.sentences, reading.classes, strict=True), key=lambda pair: pair[0]
        )
    ]
    listed = sum(len(classes) for classes in sentences if _is_list(classes))
    return 2 * listed >= len(reading.terms) or disorder(reading) > SHUFFLED_SHARE


def _may_be_list(classes: Sequence[int]) -> bool:
    """Return whether function words are few, or missing for long; of prose 0.4 are such."""
    function = bytes([bits & FUNC for bits in classes])
    return sum(function) < PROSE_SHARE * len(function) or bytes(LONG_RUN) in function


def _is_list(classes: Sequence[int]) -> bool:
    """Return whether a sentence has hardly a function word, or long runs without one."""
    if len(classes) < SHORTEST_LIST:
        return False
    function = sum(bits & FUNC for bits in classes)
    return function < LIST_FUNCTION_SHARE * len(classes) or _is_mostly_run(classes)


def is_jumbled(compiled: CompiledRubric, answer: AnswerView) -> bool:
    """Return whether the answer is the words of a reference, but in another order.

    The same goes for its content words without a function word between them.
    """
    if len(answer.reading.terms) < SHORTEST_JUMBLE:
        return False
    bare = not answer.function_share and any(
        _is_listed(reference, answer) for reference in compiled.references
    )
    return bare or any(_is_reordered(terms, answer) for terms in compiled.reference_terms)


def _is_listed(reference: ReferenceIndex, answer: AnswerView) -> bool:
    """Return whether the distinct words of the answer are those of a reference."""
    shared = sum(term in reference.weights for term in answer.distinct)
    return shared >= JUMBLED_SHARE * max(len(answer.distinct), len(reference.weights))


def _is_reordered(terms: tuple[str, ...], answer: AnswerView) -> bool:
    own = answer.reading.terms
    most = max(len(terms), len(own))
    if min(len(terms), len(own)) < JUMBLED_SHARE * most:
        return False
    if (Counter(own) & Counter(terms)).total() < JUMBLED_SHARE * most:
        return False
    kept = len(set(pairwise(own)).intersection(pairwise(terms)))
    return kept < KEPT_PAIRS * len(terms)


def _is_mostly_run(classes: Sequence[int]) -> bool:
    """Return whether half of the words stand in long runs without a function word."""
    runs = [len(list(run)) for joining, run in groupby(map(_is_function, classes)) if not joining]
    return 2 * sum(run for run in runs if run >= LONG_RUN) >= len(classes)


def _is_function(bits: int) -> bool:
    return bool(bits & FUNC)


def _is_latin(terms: Sequence[str]) -> bool:
    return sum(term.isascii() for term in terms) > len(terms) / 2


_AFTER_DET = DET | PREP | AUX | CONJ | PRON
_AFTER_PREP = AUX | CONJ
_AFTER_CONJ = CONJ


def disorder(reading: Reading) -> float:
    """Return the share of function words followed by one that hardly ever follows them."""
    pairs = odd = 0
    last = -1
    bits = 0
    for index, following in enumerate(reading.classes):
        if bits & (DET | PREP | CONJ):
            pairs += 1
            odd += _clashes(bits, following, reading.clauses[index] != last)
        last, bits = reading.clauses[index], following
    if bits & (DET | PREP | CONJ):
        pairs += 1
        odd += 1
    return odd / pairs if odd >= LEAST_ODD_PAIRS else 0.0


def _clashes(bits: int, following: int, ended: bool) -> bool:
    if bits & DET and following & BREAK:
        return False  # "after a while"
    if ended:
        return bool(bits & (DET | PREP))
    if bits & DET:
        return bool(following & _AFTER_DET)
    return bool(following & (_AFTER_PREP if bits & PREP else _AFTER_CONJ))

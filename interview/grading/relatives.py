"""Near forms of words: misspellings, derived forms and synonyms, worth part of a match."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Iterable
from functools import lru_cache

from interview.grading.lexicon import WORD_CLASSES
from interview.grading.thesaurus import ABBREVIATIONS, ANTONYMS, SYNONYMS

SYNONYM_CREDIT = 0.75
# Below this cosine of character 3- to 5-grams two words are taken to be unrelated.
LEAST_LIKENESS = 0.35
# Two names of code that share a part ("request.session", "request.GET") are not one name.
SAME_NAME = 0.75
PART_CREDIT = 0.85
SHORTEST = 4
# A misspelling begins like the word and is at most this far from it (optimal string
# alignment: letters left out, put in, replaced or exchanged), by the length of the word.
SLIPS = ((7, 2), (5, 1))
SLIP_CREDIT = 0.9
# Near forms stand for a term of a wording from this credit on.
LEAST_CREDIT = 0.5
MEMO_SIZE = 8192

Relative = tuple[str, float]


SIZES = (3, 4, 5)
"""Lengths of the character grams by which words are compared."""


@lru_cache(maxsize=16384)
def _grams(term: str) -> tuple[tuple[str, ...], float]:
    padded = f"^{term}$"
    counts = Counter(
        padded[start : start + size] for size in SIZES for start in range(len(padded) - size + 1)
    )
    return tuple(counts), math.sqrt(sum(count * count for count in counts.values()))


def _short(term: str) -> list[str]:
    return [gram for gram in _grams(term)[0] if len(gram) == SIZES[0]]


class Relatives:
    """The near forms of any word within one vocabulary, remembered as they are asked for.

    Parameters
    ----------
    vocabulary : iterable of str
        The content terms of a rubric.
    posted : container of str
        The terms among them that wordings are made of.
    names : container of str
        Terms that stand for themselves only: GET is no synonym of "retrieve" where it is
        contrasted with POST.
    known : container of str
        Words outside the vocabulary that are not misspellings.
    """

    __slots__ = ("_index", "_known", "_memo", "_names", "_near", "_posted", "vocabulary")

    def __init__(
        self,
        vocabulary: Iterable[str],
        posted: Container[str],
        names: Container[str] = frozenset(),
        known: Container[str] = frozenset(),
    ) -> None:
        self.vocabulary = frozenset(vocabulary)
        self._posted = posted
        self._names = names
        self._known = known
        self._near: dict[str, tuple[Relative, ...]] = {}
        self._memo: dict[str, tuple[Relative, ...]] = {}
        # Terms that share a longer gram share the short ones in it: those find them all, and
        # most of those belong to one term alone, whose tuple they share.
        self._index: dict[str, tuple[str, ...]] = {}
        for term in sorted(self.vocabulary):
            if len(term) >= SHORTEST:
                alone = (term,)
                for gram in _short(term):
                    others = self._index.get(gram)
                    self._index[gram] = (*others, term) if others else alone

    def of(self, term: str) -> tuple[Relative, ...]:
        """Return the other terms of the vocabulary that `term` may stand for, with credit."""
        found = self._memo.get(term)
        if found is None:
            if len(self._memo) >= MEMO_SIZE:
                self._memo.clear()
            found = self._memo[term] = self._find(term)
        return found

    def near(self, term: str) -> tuple[Relative, ...]:
        """Return those of the relatives of `term` that may stand for it within a wording."""
        found = self._near.get(term)
        if found is None:
            if len(self._near) >= MEMO_SIZE:
                self._near.clear()
            found = self._near[term] = tuple(
                relative
                for relative in self.of(term)
                if relative[1] >= LEAST_CREDIT
                and relative[0] in self._posted
                and (relative[0] not in self._names or relative[1] == SLIP_CREDIT)
                and term not in self._names
            )
        return found

    def name(self, term: str) -> str:
        """Return the name that `term` is a misspelling of, or `term` itself."""
        if term in self._names:
            return term
        slips = (one for one, credit in self.of(term) if credit == SLIP_CREDIT)
        return next((one for one in slips if one in self._names), term)

    def _find(self, term: str) -> tuple[Relative, ...]:
        credit = self._alike(term) if len(term) >= SHORTEST else {}
        if self._may_be_misspelt(term):
            credit.update(dict.fromkeys(self._misspelt(term), SLIP_CREDIT))
        for meant in (*SYNONYMS.get(term, ()), *ABBREVIATIONS.get(term, ())):
            if meant in self.vocabulary and meant != term:
                credit[meant] = max(SYNONYM_CREDIT, credit.get(meant, 0.0))
        opposite = ANTONYMS.get(term, ())
        return tuple(sorted(item for item in credit.items() if item[0] not in opposite))

    def _may_be_misspelt(self, term: str) -> bool:
        """Return whether a term is no word that is known."""
        return (
            len(term) >= SHORTEST
            and term.isalpha()
            and term not in self.vocabulary
            and term not in self._known
            and term not in SYNONYMS
            and term not in ABBREVIATIONS
            and term not in WORD_CLASSES
        )

    def _candidates(self, term: str) -> set[str]:
        """Return the terms of the vocabulary that share a short gram with `term`."""
        return {other for gram in _short(term) for other in self._index.get(gram, ())}

    def _misspelt(self, term: str) -> list[str]:
        """Return the terms of the vocabulary that `term` is a misspelling of."""
        return [
            other
            for other in self._candidates(term)
            if other[0] == term[0] and _is_slip(term, other)
        ]

    def _alike(self, term: str) -> dict[str, float]:
        grams, norm = _grams(term)
        known = frozenset(grams)
        candidates = self._candidates(term)
        likeness = {
            other: len(known.intersection(_grams(other)[0])) / (norm * _grams(other)[1])
            for other in candidates - {term}
        }
        return {
            other: value
            for other, value in likeness.items()
            if value >= LEAST_LIKENESS and (value >= SAME_NAME or not _are_names(term, other))
        } | {other: PART_CREDIT for other in candidates if _is_part(term, other)}


def _is_slip(one: str, other: str) -> bool:
    """Return whether two words are so near that one may be a misspelling of the other."""
    longer = max(len(one), len(other))
    allowed = next((slips for length, slips in SLIPS if longer >= length), 0)
    if abs(len(one) - len(other)) > allowed or not other.isalpha():
        return False
    return _slips(one, other) <= allowed


def _slips(one: str, other: str) -> int:
    """Return the optimal string alignment distance of two words."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


def _are_names(*terms: str) -> bool:
    """Return whether any of the terms is a compound name of code."""
    return any("." in term or "_" in term for term in terms)


def _is_part(one: str, other: str) -> bool:
    """Return whether one dotted name is the other with parts left out at an end."""
    short, long = sorted((one, other), key=len)
    if "." not in long or short == long or not _are_names(short):
        return False
    return long.endswith(f".{short}") or ("." in short and long.startswith(f"{short}."))

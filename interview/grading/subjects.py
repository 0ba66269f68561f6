"""Binding what is said to what it is said of, for questions that contrast two things.

"GET reads and POST writes" with its subjects swapped holds the same words. Rivals are the
terms that a rubric contrasts (GET and POST, Flask and Django, model, view and template);
each word of a text is bound to the rival that is the subject of its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from interview.grading.lexicon import AUX, CONJ, DET, FUNC, GENERIC, PREP, PRON
from interview.grading.reading import Reading

_LISTING = CONJ | DET
# Content words: a subject, a verb and an object.
SHORTEST_SENTENCE = 3


def rivals(
    prompt: Reading, wordings: Sequence[Reading], others: Iterable[Reading]
) -> frozenset[str]:
    """Return the terms that a rubric contrasts with each other.

    Parameters
    ----------
    prompt, others : Reading, iterable of Reading
        Terms that the question, a wording or a reference lists side by side are rivals if
        wordings begin with both.
    wordings : sequence of Reading
        The texts of key points and misconceptions, which are whole sentences.
    """
    openings = {opening for wording in wordings if (opening := _opening(wording))}
    found: set[str] = set()
    for text in (prompt, *wordings, *others):
        for pair in _listed(text):
            if openings.issuperset(pair):
                found.update(pair)
    return frozenset(found)


def _opening(wording: Reading) -> str | None:
    """Return the first content word of a sentence if it can be its subject."""
    places = wording.content()
    if len(places) < SHORTEST_SENTENCE or any(bits & PRON for bits in wording.classes[: places[0]]):
        return None
    return wording.terms[places[0]]


def _listed(text: Reading) -> Iterable[tuple[str, str]]:
    for left, right in pairwise(text.content()):
        between = text.classes[left + 1 : right]
        joined = any(bits & CONJ for bits in between) or text.clauses[left] != text.clauses[right]
        same = text.sentences[left] == text.sentences[right]
        if same and joined and all(bits & _LISTING for bits in between):
            yield text.terms[left], text.terms[right]


def bind(text: Reading, contrasted: frozenset[str], prompt: frozenset[str]) -> list[str | None]:
    """Return, for each word of `text`, the rival that is the subject of its clause."""
    bound: list[str | None] = []
    subject: str | None = None
    fresh, clause, listed, sentence = True, -1, False, 0
    for index, term in enumerate(text.terms):
        bits = text.classes[index]
        if text.sentences[index] != sentence:
            sentence = text.sentences[index]
            subject = subject if bits & PRON else None
        if text.clauses[index] != clause or bits & CONJ:
            listed = bool(bits & CONJ) and text.clauses[index] == clause and fresh
            fresh, clause = True, text.clauses[index]
        if term in contrasted:
            if _follows_by(text, index):
                _rebind(bound, text, index, term)
            elif (fresh or subject is None) and _goes_on(text, index):
                subject = None if listed and subject != term else term
        elif not bits & (FUNC | GENERIC) and term not in prompt:
            fresh = False
        elif bits & (AUX | PREP):
            fresh = fresh and bool(bits & PREP)
        bound.append(subject)
    return bound


def _goes_on(text: Reading, index: int) -> bool:
    """Return whether the clause goes on after a word: an item of a list has no predicate."""
    return index + 1 < len(text.terms) and text.clauses[index + 1] == text.clauses[index]


def _follows_by(text: Reading, index: int) -> bool:
    return "by" in text.terms[max(0, index - 2) : index]


def _rebind(bound: list[str | None], text: Reading, index: int, term: str) -> None:
    """In the passive, the word after "by" is what the clause is about."""
    place = index - 1
    while place >= 0 and text.clauses[place] == text.clauses[index]:
        bound[place] = term
        place -= 1

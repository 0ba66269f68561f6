"""Where an answer says the terms of a rubric, and under which polarity and subject."""

from __future__ import annotations

from collections.abc import Sequence

from interview.grading.compile import CompiledRubric
from interview.grading.lexicon import FUNC
from interview.grading.matching import Said, Scene
from interview.grading.reading import Reading
from interview.grading.subjects import bind

# The credit of words spelt as one, and of the parts of an identifier.
ALIAS_CREDIT = 0.95


def find_hits(compiled: CompiledRubric, reading: Reading) -> Said:
    """Return where the answer says each term of the rubric, near forms included."""
    postings, near = compiled.postings, compiled.relatives.near
    said: dict[str, list[tuple[int, float]]] = {}
    before = ""
    for place, (term, bits) in enumerate(zip(reading.terms, reading.classes, strict=True)):
        if bits & FUNC and term not in postings:
            before = ""
            continue
        if term in postings:
            said.setdefault(term, []).append((place, 1.0))
        for other in _spelt_otherwise(compiled, reading, place, before):
            if other in postings:
                said.setdefault(other, []).append((place, ALIAS_CREDIT))
        before = term
        for other, credit in near(term):
            said.setdefault(other, []).append((place, credit))
    return said


def _spelt_otherwise(
    compiled: CompiledRubric, reading: Reading, place: int, before: str
) -> Sequence[str]:
    """Return the parts of a word, and what it makes with the word before it."""
    term = reading.terms[place]
    joined = compiled.joined.get(before + term, ()) if before else ()
    if term in compiled.postings:
        return joined
    parts = compiled.aliases.get(term) or reading.parts[place]
    return (*parts, *joined) if parts else joined


def shares_of(compiled: CompiledRubric, said: Said) -> list[float]:
    """Return, for each wording, a bound for the share of it that is in the answer.

    The terms of the question, which are in most wordings, are taken to be there.
    """
    shares = list(compiled.given)
    telling = compiled.telling
    for term, places in said.items():
        posted = telling.get(term)
        if posted:
            credit = max(credit for _, credit in places) if len(places) > 1 else places[0][1]
            for number, weight in posted:
                shares[number] += weight * credit
    return shares


def scene_of(compiled: CompiledRubric, reading: Reading) -> Scene:
    """Return what matching needs to know of each word of an answer."""
    contrasted = compiled.rivals
    subjects: Sequence[str | None] = ()
    if contrasted:
        terms = [compiled.relatives.name(term) for term in reading.terms]
        subjects = bind(reading, terms, contrasted, compiled.prompt)
    signs = set(reading.polarity)
    denying: frozenset[int] = frozenset()
    if signs != {1}:
        signed = zip(reading.clauses, reading.polarity, strict=True)
        denying = frozenset([clause for clause, sign in signed if sign <= 0])
    starts, floors = _floors(reading.sentences)
    calm = not contrasted and signs <= {0, 1}
    return Scene(reading.polarity, subjects, reading.clauses, denying, calm, starts, floors)


def _floors(sentences: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return, for each word, the first word of its sentence and of the one before."""
    starts: list[int] = []
    floors: list[int] = []
    current = previous = last = 0
    for place, sentence in enumerate(sentences):
        if sentence != last:
            previous, current, last = current, place, sentence
        starts.append(current)
        floors.append(previous)
    return starts, floors


def within(said: Said, first: int, last: int) -> Said:
    """Return the part of `said` in the words `first` to `last`."""
    local = {
        term: [(place, credit) for place, credit in places if first <= place <= last]
        for term, places in said.items()
    }
    return {term: places for term, places in local.items() if places}

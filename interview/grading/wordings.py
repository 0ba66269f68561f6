"""Compiling wordings: which terms of an accepted or mistaken wording weigh how much."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from interview.grading.idf import IdfSnapshot
from interview.grading.lexicon import AUX, BREAK, DET, FUNC, IDENT, PREP, PRON
from interview.grading.matching import STRICT_WINDOW, WINDOW, Posting, Wording
from interview.grading.reading import Reading, Readings
from interview.grading.records import KeyPoint, Misconception
from interview.grading.subjects import bind
from interview.grading.text import stem
from interview.grading.thesaurus import ANTONYMS
from interview.grading.views import demotion

# An identifier is also said by its last two parts as neighbouring words ("get version") if
# neither is shorter than this (not "my" of MySQL).
SHORTEST_PART = 3
# Commands and names of code carry a wording that holds them; a quoted value is an example.
NAME_EMPHASIS = 1.5
LITERAL_DEMOTION = 0.25
# In a misconception, terms of the question and terms shared with what is right count less.
TELLING_PROMPT_DEMOTION = 0.5
SHARED_DEMOTION = 0.4


def owned_readings(
    items: Sequence[KeyPoint | Misconception], texts: Readings
) -> list[tuple[int, Reading]]:
    """Return each wording of each item, read, with the index of its item."""
    owned: list[tuple[int, Reading]] = []
    for owner, item in enumerate(items):
        for text in dict.fromkeys((item.text, *item.phrasings)):
            reading = texts[text]
            if reading.terms:
                owned.append((owner, reading))
    return owned


def sentence_terms(reading: Reading) -> list[frozenset[str]]:
    """Return the terms of each sentence of a text."""
    grouped: dict[int, set[str]] = {}
    for term, sentence in zip(reading.terms, reading.sentences, strict=True):
        grouped.setdefault(sentence, set()).add(term)
    return [frozenset(terms) for terms in grouped.values()]


def masses_of(reading: Reading, prompt: frozenset[str], snapshot: IdfSnapshot) -> dict[str, float]:
    """Return the mass of each content term of a key point's wording, in order."""
    places = reading.content() or range(len(reading.terms))
    return {
        (term := reading.terms[p]): snapshot.idf(term)
        * demotion(term, reading.classes[p], prompt)
        * _emphasis(reading, p)
        for p in places
    }


def _emphasis(reading: Reading, place: int) -> float:
    """Return the factor for a name of code, or for the quoted value of an example."""
    before = reading.text[: reading.starts[place]][-1:]
    if before and before in "\"'" and reading.text.startswith(before, reading.ends[place]):
        return LITERAL_DEMOTION
    return NAME_EMPHASIS if reading.classes[place] & IDENT else 1.0


def telling_masses(
    terms: Iterable[str],
    prompt: frozenset[str],
    snapshot: IdfSnapshot,
    accepted: Sequence[frozenset[str]],
) -> dict[str, float]:
    """Return the masses of a misconception's terms: what accepted wordings lack tells most.

    The terms that it shares with the accepted wording closest to it are demoted, so that
    the words which make it wrong have to be there.
    """
    masses = {
        term: snapshot.idf(term) * (TELLING_PROMPT_DEMOTION if term in prompt else 1.0)
        for term in terms
    }
    overlaps = [math.fsum(masses[t] for t in masses if t in wording) for wording in accepted]
    closest = accepted[overlaps.index(max(overlaps))]
    if all(term in closest for term in masses):
        return masses
    return {t: mass * (SHARED_DEMOTION if t in closest else 1.0) for t, mass in masses.items()}


def compile_wording(
    reading: Reading,
    contrasted: frozenset[str],
    prompt: frozenset[str],
    masses: dict[str, float],
    *,
    owner: int,
    strict: bool,
) -> Wording:
    """Compile a wording.

    Parameters
    ----------
    masses : dict of str to float
        The content terms of the wording, in order, before normalisation.
    """
    first = {term: place for place, term in reversed(list(enumerate(reading.terms)))}
    kept = [first[term] for term in masses]
    total = math.fsum(masses.values())
    subjects: Sequence[str | None] = [None] * len(reading.terms)
    if contrasted:
        subjects = bind(reading, reading.terms, contrasted, prompt)
    return Wording(
        owner=owner,
        terms=tuple(masses),
        weights=tuple(mass / total for mass in masses.values()),
        polarity=tuple(reading.polarity[p] for p in kept),
        subjects=tuple(None if reading.terms[p] in contrasted else subjects[p] for p in kept),
        strict=strict,
        contraries=_contraries(masses) if strict else frozenset(),
        nominal=_is_nominal(reading),
        window=_window(len(masses), strict=strict),
    )


def _window(size: int, *, strict: bool) -> int:
    base, step = STRICT_WINDOW if strict else WINDOW
    return base + step * size


def _contraries(terms: Iterable[str]) -> frozenset[str]:
    own = set(terms)
    return frozenset(opposite for term in own for opposite in ANTONYMS.get(term, ())) - own


def _is_nominal(reading: Reading) -> bool:
    """Return whether a wording looks like a noun phrase: no pronoun, auxiliary or verb in front.

    A first word in -s ("prevents …") or one followed by an article or preposition ("edit the
    …") is taken for a verb, which errs on the safe side.
    """
    if any(bits & (AUX | PRON | BREAK) for bits in reading.classes):
        return False
    opening = reading.text[reading.starts[0] : reading.ends[0]].casefold()
    return not opening.endswith("s") and not any(b & (DET | PREP) for b in reading.classes[1:2])


def post(wordings: Sequence[Wording]) -> dict[str, tuple[Posting, ...]]:
    """Return, for each term, the wordings that hold it and its weight in each."""
    postings: dict[str, list[Posting]] = {}
    for number, wording in enumerate(wordings):
        for term, weight in zip(wording.terms, wording.weights, strict=True):
            postings.setdefault(term, []).append((number, weight))
    return {term: tuple(entries) for term, entries in postings.items()}


def group_by_owner(wordings: Sequence[Wording], owners: int) -> tuple[tuple[int, ...], ...]:
    """Return the numbers of the wordings of each of the first `owners` owners."""
    numbers: list[list[int]] = [[] for _ in range(owners)]
    for number, wording in enumerate(wordings):
        if wording.owner < owners:
            numbers[wording.owner].append(number)
    return tuple(tuple(group) for group in numbers)


def find_aliases(readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
    """Return two neighbouring words written as one ("multitable"), with their terms."""
    aliases: dict[str, tuple[str, ...]] = {}
    for reading in readings:
        raw = [reading.text[s:e] for s, e in zip(reading.starts, reading.ends, strict=True)]
        places = range(len(raw) - 1)
        for i in places:
            if raw[i].isalpha() and raw[i + 1].isalpha() and not reading.classes[i] & FUNC:
                joined = stem((raw[i] + raw[i + 1]).casefold())
                aliases.setdefault(joined, (reading.terms[i], reading.terms[i + 1]))
    return aliases


def find_joined(readings: Iterable[Reading]) -> dict[str, tuple[str, ...]]:
    """Return what two neighbouring terms may stand for when written together.

    "query set" stands for "queryset", "request session" for ``request.session``.
    """
    joined: dict[str, dict[str, None]] = {}
    for reading in readings:
        for term, parts in zip(reading.terms, reading.parts, strict=True):
            if len(parts) > 1 and min(map(len, parts[-2:])) >= SHORTEST_PART:
                joined.setdefault("".join(parts[-2:]), {})[term] = None
            if term.isalpha():
                joined.setdefault(term, {})[term] = None
    return {key: tuple(terms) for key, terms in joined.items()}

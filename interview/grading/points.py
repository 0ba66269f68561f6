"""Which key points and misconceptions an answer says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview.grading.compile import CompiledRubric
from interview.grading.lexicon import FUNC
from interview.grading.matching import (
    EPSILON,
    NO_MATCH,
    Match,
    Said,
    Scene,
    best_stretch,
)
from interview.grading.reading import Reading, read
from interview.grading.records import Span
from interview.grading.subjects import bind

# Wordings of which less than this is anywhere in the answer are not looked at closely.
LEAST_SHARE = 0.35
# The credit of words spelt as one, and of the parts of an identifier.
ALIAS_CREDIT = 0.95
# A misconception is asserted only where this share of its terms is said.
LEAST_TERMS = 0.65
# What a list of keywords earns of a wording that is more than a noun phrase.
LISTED_CREDIT = 0.65


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best match of each key point, and of each misconception that is asserted."""

    points: tuple[Match, ...]
    misconceptions: tuple[Match | None, ...]


class Matcher:
    """The wordings of a rubric against one answer; only promising ones are looked at closely."""

    __slots__ = ("compiled", "listed", "said", "scene", "shares")

    def __init__(self, compiled: CompiledRubric, reading: Reading, listed: bool = False) -> None:
        self.compiled = compiled
        self.listed = listed
        self.said = _said(compiled, reading)
        self.shares = _shares(compiled, self.said)
        self.scene = _scene(compiled, reading)

    def match(self, number: int) -> Match:
        """Return how much of a wording the best stretch of the answer says.

        A list of keywords says noun phrases in full, and sentences only in part.
        """
        wording = self.compiled.wordings[number]
        match = best_stretch(wording, self.said, self.scene)
        if match.opposed and match.opposed <= self.compiled.tolerated[number] + EPSILON:
            match = match._replace(opposed=0.0, against=0.0)
        if self.listed and not wording.nominal:
            match = match._replace(agreed=match.agreed * LISTED_CREDIT)
        return match

    def best(self, numbers: Sequence[int]) -> Match:
        """Return the best match among the wordings of one key point.

        The share of a wording that is anywhere in the answer bounds what a stretch of it
        can say, so wordings are tried in that order until none can be better.
        """
        shares = self.shares
        best = NO_MATCH
        promising = [
            (-shares[number], number) for number in numbers if shares[number] >= LEAST_SHARE
        ]
        for bound, number in sorted(promising):
            if -bound <= best.agreed + EPSILON:
                break
            best = _better(best, self.match(number))
        return best

    def asserted(self, numbers: Sequence[int], alarms: Sequence[float]) -> Match | None:
        """Return the strongest match that reaches the alarm of its wording, if any."""
        strongest = None
        for number in numbers:
            if self.shares[number] >= alarms[number]:
                match = self.match(number)
                stronger = strongest is None or match.agreed > strongest.agreed
                if stronger and match.agreed >= alarms[number] and self._is_whole(number, match):
                    strongest = match
        return strongest

    def _is_whole(self, number: int, match: Match) -> bool:
        """Return whether most terms of a wording are in a stretch, however little they weigh."""
        terms = self.compiled.wordings[number].terms
        present = sum(
            any(match.start <= place <= match.end for place, _ in self.said.get(term, ()))
            for term in terms
        )
        return present >= LEAST_TERMS * len(terms)


def gather(compiled: CompiledRubric, reading: Reading, listed: bool = False) -> Evidence:
    """Match every wording of the rubric in an answer and keep the best of each owner.

    Parameters
    ----------
    listed : bool
        Whether the answer is a list of keywords.
    """
    matcher = Matcher(compiled, reading, listed)
    split = len(compiled.points)
    return Evidence(
        tuple(matcher.best(numbers) for numbers in compiled.owned[:split]),
        tuple(matcher.asserted(numbers, compiled.alarms) for numbers in compiled.owned[split:]),
    )


def calibrate(compiled: CompiledRubric) -> tuple[list[float], list[float]]:
    """Match every wording in the texts that are right, which must neither alarm nor contradict.

    Returns
    -------
    tuple of list of float and list of float
        For each wording, how much of it any accepted text says, and how much of it any says
        with a part turned round. Accepted are the references and the key points' wordings;
        the first entry is 0 for those wordings themselves.
    """
    said = [0.0] * len(compiled.wordings)
    turned = [0.0] * len(compiled.wordings)
    points = [text for point in compiled.points for text in (point.text, *point.phrasings)]
    for text in (*compiled.rubric.references, *points):
        matcher = Matcher(compiled, read(text))
        turning = not matcher.scene.calm
        for number, share in enumerate(matcher.shares):
            wording = compiled.wordings[number]
            if share < LEAST_SHARE or not (wording.strict or wording.denies or turning):
                continue
            if share > min(said[number], turned[number]):
                match = matcher.match(number)
                turned[number] = max(turned[number], match.opposed)
                said[number] = max(said[number], match.agreed) if wording.strict else 0.0
    return said, turned


def _shares(compiled: CompiledRubric, said: Said) -> list[float]:
    """Return, for each wording, the share of it that is anywhere in the answer."""
    shares = [0.0] * len(compiled.wordings)
    postings = compiled.postings
    for term, places in said.items():
        credit = max(credit for _, credit in places) if len(places) > 1 else places[0][1]
        for number, weight in postings[term]:
            shares[number] += weight * credit
    return shares


def _scene(compiled: CompiledRubric, reading: Reading) -> Scene:
    contrasted = compiled.rivals
    subjects: Sequence[str | None] = ()
    if contrasted:
        subjects = bind(reading, contrasted, compiled.prompt)
    denying = frozenset(
        [
            clause
            for clause, sign in zip(reading.clauses, reading.polarity, strict=True)
            if sign <= 0
        ]
    )
    calm = not contrasted and set(reading.polarity) <= {0, 1}
    starts, floors = _floors(reading.sentences)
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


def _said(compiled: CompiledRubric, reading: Reading) -> Said:
    """Return where the answer says each term of the rubric, near forms included."""
    postings, aliases, near = compiled.postings, compiled.aliases, compiled.relatives.near
    said: dict[str, list[tuple[int, float]]] = {}
    before = ""
    for place, (term, bits) in enumerate(zip(reading.terms, reading.classes, strict=True)):
        if term in postings:
            said.setdefault(term, []).append((place, 1.0))
        elif bits & FUNC:
            before = ""
            continue
        else:
            for part in aliases.get(term) or reading.parts[place]:
                if part in postings:
                    said.setdefault(part, []).append((place, ALIAS_CREDIT))
        if before + term in postings and before:
            said.setdefault(before + term, []).append((place, ALIAS_CREDIT))
        before = term
        for other, credit in near(term):
            said.setdefault(other, []).append((place, credit))
    return said


def _better(one: Match, other: Match) -> Match:
    """Combine the matches of two wordings of one owner: the better of each side."""
    agreed = other if (other.agreed, -other.start) > (one.agreed, -one.start) else one
    opposed = (
        other if (other.opposed, -other.opposed_start) > (one.opposed, -one.opposed_start) else one
    )
    if agreed is opposed:
        return agreed
    return agreed._replace(
        opposed=opposed.opposed,
        against=opposed.against,
        opposed_start=opposed.opposed_start,
        opposed_end=opposed.opposed_end,
    )


def span_of(reading: Reading, start: int, end: int) -> Span:
    """Return the offsets of the words `start` to `end` (inclusive) in the answer's text."""
    return Span(reading.starts[start], reading.ends[end])

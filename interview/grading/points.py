"""Which key points and misconceptions an answer says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interview.grading.assertions import is_contrary, is_in_order, is_whole
from interview.grading.compile import CompiledRubric
from interview.grading.hits import find_hits, scene_of, shares_of, within
from interview.grading.matching import (
    EPSILON,
    NO_MATCH,
    Match,
    Said,
)
from interview.grading.reading import Reading, Readings
from interview.grading.records import Span
from interview.grading.stretches import best_stretch, stance

# Wordings of which less than this is anywhere in the answer are not looked at closely.
LEAST_SHARE = 0.45
# Words that seem to oppose a point do not if no more than this share of them is left over.
UNEXPLAINED = 0.4
# Misconceptions with an alarm above this share many words with something right: their words
# must come in the order of the wording.
ORDERED = 0.8
# What a list of keywords earns of a wording that is more than a noun phrase.
LISTED_CREDIT = 0.65


class Matcher:
    """The wordings of a rubric against one answer; only promising ones are looked at closely."""

    __slots__ = ("compiled", "listed", "said", "scene", "shares", "terms")

    def __init__(self, compiled: CompiledRubric, reading: Reading, listed: bool = False) -> None:
        self.compiled = compiled
        self.listed = listed
        self.terms = reading.terms
        self.said = find_hits(compiled, reading)
        self.shares = shares_of(compiled, self.said)
        self.scene = scene_of(compiled, reading)

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

    def is_turned(self, number: int) -> bool:
        """Return whether the answer says any term of a wording the other way round."""
        wording = self.compiled.wordings[number]
        return any(
            stance(wording, self.scene, place, index) < 0
            for index, term in enumerate(wording.terms)
            for place, _ in self.said.get(term, ())
        )

    def best(self, numbers: Sequence[int], enough: float) -> Match:
        """Return the best match among the wordings of one key point, or one that is `enough`.

        The share of a wording that is anywhere in the answer bounds what a stretch of it
        can say, so wordings are tried in that order until none can be better.
        """
        shares = self.shares
        best = NO_MATCH
        promising = [
            (-shares[number], number) for number in numbers if shares[number] >= LEAST_SHARE
        ]
        for bound, number in sorted(promising):
            if -bound <= best.agreed + EPSILON or best.agreed >= enough:
                break
            best = _better(best, self.match(number))
        return best

    def is_explained(self, match: Match) -> bool:
        """Return whether words that oppose a key point say something right where they stand.

        "The view chooses the data" shares words with what templates decide; it opposes
        nothing if it is what another point says, or another wording of the same point.
        """
        first = self.scene.sentences[match.turned[0][0]]
        sentence = [p for p, start in enumerate(self.scene.sentences) if start == first]
        local = within(self.said, sentence[0], sentence[-1])
        turned = dict(match.turned)
        for numbers in self.compiled.owned[: len(self.compiled.points)]:
            for number in numbers:
                for place in self._agreeing(number, local):
                    turned.pop(place, None)
        return math.fsum(turned.values()) < UNEXPLAINED * match.against

    def _agreeing(self, number: int, local: Said) -> Iterable[int]:
        """Return the places that say a wording within `local` if they say enough of it."""
        wording = self.compiled.wordings[number]
        if wording.weight_of(local) < LEAST_SHARE:
            return ()
        if best_stretch(wording, local, self.scene).agreed < LEAST_SHARE:
            return ()
        return [place for term in wording.terms for place, _ in local.get(term, ())]

    def asserted(self, numbers: Sequence[int], alarms: Sequence[float]) -> Match | None:
        """Return the strongest match that reaches the alarm of its wording, if any."""
        strongest = None
        for number in numbers:
            if self.shares[number] >= alarms[number]:
                match = self.match(number)
                stronger = strongest is None or match.agreed > strongest.agreed
                if stronger and match.agreed >= alarms[number] and self._is_meant(number, match):
                    strongest = match
        return strongest

    def _is_meant(self, number: int, match: Match) -> bool:
        """Return whether a stretch with the words of a misconception also asserts it."""
        wording, said = self.compiled.wordings[number], self.said
        return (
            is_whole(wording, said, match)
            and not is_contrary(wording, said, match, self.scene, self.terms)
            and (self.compiled.alarms[number] < ORDERED or is_in_order(wording, said, match))
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best match of each key point, and of each misconception that is asserted."""

    points: tuple[Match, ...]
    misconceptions: tuple[Match | None, ...]
    matcher: Matcher


def gather(
    compiled: CompiledRubric, reading: Reading, enough: Sequence[float], listed: bool = False
) -> Evidence:
    """Match every wording of the rubric in an answer and keep the best of each owner.

    Parameters
    ----------
    enough : sequence of float
        For each key point, the match from which no better one is looked for.
    listed : bool
        Whether the answer is a list of keywords.
    """
    matcher = Matcher(compiled, reading, listed)
    split = len(compiled.points)
    owned = compiled.owned
    return Evidence(
        tuple(matcher.best(*item) for item in zip(owned[:split], enough, strict=True)),
        tuple(matcher.asserted(numbers, compiled.alarms) for numbers in owned[split:]),
        matcher,
    )


def calibrate(
    compiled: CompiledRubric, texts: Readings, contradiction: float
) -> tuple[list[float], list[float]]:
    """Match every wording in the texts that are right, which must neither alarm nor contradict.

    Parameters
    ----------
    contradiction : float
        The least share of a wording that can contradict a key point.

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
        matcher = Matcher(compiled, texts[text])
        turning = not matcher.scene.calm
        for number, share in enumerate(matcher.shares):
            wording = compiled.wordings[number]
            least = LEAST_SHARE if wording.strict else contradiction
            if share < least or not (wording.strict or wording.denies or turning):
                continue
            known = min(said[number], turned[number]) if wording.strict else turned[number]
            if share > known and (wording.strict or matcher.is_turned(number)):
                match = matcher.match(number)
                turned[number] = max(turned[number], match.opposed)
                said[number] = max(said[number], match.agreed) if wording.strict else 0.0
    return said, turned


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
        turned=opposed.turned,
    )


def span_of(reading: Reading, start: int, end: int) -> Span:
    """Return the offsets of the words `start` to `end` (inclusive) in the answer's text."""
    return Span(reading.starts[start], reading.ends[end])

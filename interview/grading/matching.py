"""Matching wordings in an answer: how much of a wording a stretch of the answer says.

A wording is a key point's text or phrasing, or a misconception's. Its terms carry weights
that sum to 1. A term that the answer says under the opposite polarity, or of another
subject, counts against the wording and not for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from interview.grading.scope import UNPREVENTED

# Words in a row that a wording of n terms may be spread over: the first plus n times the second.
WINDOW = (8, 3)
STRICT_WINDOW = (4, 2)
EPSILON = 1e-12
FAR = 1 << 30

# For each term of a rubric: the places of an answer that say it, each with its credit.
Said = Mapping[str, Sequence[tuple[int, float]]]
# A wording and the weight that a term has in it.
Posting = tuple[int, float]


class Match(NamedTuple):
    """How much of a wording the best stretch of an answer says, and where (word positions).

    `agreed` is the share said as the wording says it; `opposed` is the largest share of a
    stretch that says the wording with some of its terms the other way round, and `against`
    the part of it that is the other way round.
    """

    agreed: float
    start: int
    end: int
    opposed: float
    against: float
    opposed_start: int
    opposed_end: int


NO_MATCH = Match(0.0, 0, 0, 0.0, 0.0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wording:
    """One accepted or mistaken wording, compiled.

    Parameters
    ----------
    owner : int
        Index of the key point or misconception that it belongs to.
    terms : tuple of str
        Distinct content terms in order.
    weights : tuple of float
        One per term, summing to 1.
    polarity : tuple of int
        One per term: 1 said, -1 denied, 0 undecided.
    subjects : tuple of (str or None)
        The rival that each term is said of.
    strict : bool
        Whether it has to be said in one sentence, closer together (a misconception).
    nominal : bool
        Whether it is a mere noun phrase, which a list of keywords can say in full.
    denies : bool
        Whether the wording says that something is not so.
    window : int
        The longest stretch, in words, that is read as one saying of the wording.
    """

    owner: int
    terms: tuple[str, ...]
    weights: tuple[float, ...]
    polarity: tuple[int, ...]
    subjects: tuple[str | None, ...]
    strict: bool
    nominal: bool
    denies: bool = field(init=False)
    window: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "denies", min(self.polarity) < 0)
        base, step = STRICT_WINDOW if self.strict else WINDOW
        object.__setattr__(self, "window", base + step * len(self.terms))


@dataclass(frozen=True, slots=True)
class Scene:
    """What matching needs to know of each word of an answer.

    Parameters
    ----------
    polarity, subjects, clauses : sequence
        One entry per word.
    denying : frozenset of int
        The clauses that hold a negation or an undecided verb.
    calm : bool
        Whether nothing is denied and nothing is said of a rival, so that all hits agree.
    sentences : sequence of int
        For each word, the first word of its sentence.
    floors : sequence of int
        For each word, the first word of the sentence before its own.
    """

    polarity: Sequence[int]
    subjects: Sequence[str | None]
    clauses: Sequence[int]
    denying: frozenset[int]
    calm: bool
    sentences: Sequence[int]
    floors: Sequence[int]


def best_stretch(wording: Wording, said: Said, scene: Scene) -> Match:
    """Return the best agreeing and the best opposing stretch for `wording`.

    Parameters
    ----------
    said : mapping of str to sequence of (int, float)
        For each term of the rubric, where the answer says it and for what credit.
    """
    hits: list[tuple[int, int, float]] = []
    for index, term in enumerate(wording.terms):
        for place, credit in said.get(term, ()):
            hits.append((place, index, credit * wording.weights[index]))
    hits.sort()
    floors = scene.sentences if wording.strict else scene.floors
    if scene.calm and not wording.denies and not wording.strict and hits:
        end = hits[-1][0]
        if hits[0][0] >= max(end - wording.window + 1, floors[end]):
            return _at_once(hits, len(wording.terms))
    return _slide(wording, hits, scene, floors)


def _at_once(hits: Sequence[tuple[int, int, float]], size: int) -> Match:
    """Match a wording that one stretch says, with nothing in the answer turned round."""
    worths = [0.0] * size
    for _, index, worth in hits:
        worths[index] = max(worths[index], worth)
    return Match(sum(worths), hits[0][0], hits[-1][0], 0.0, 0.0, 0, 0)


def _slide(
    wording: Wording,
    hits: Sequence[tuple[int, int, float]],
    scene: Scene,
    floors: Sequence[int],
) -> Match:
    """Weigh every stretch that no later hit could join; in it a term counts once."""
    window, size = wording.window, len(wording.terms)
    agreed, opposed = _Side(size), _Side(size)
    best = _Best()
    earliest, last = 0, len(hits) - 1
    for number, (place, index, worth) in enumerate(hits):
        floor = max(place - window, floors[place] - 1)
        side = agreed if _agrees(wording, scene, place, index) else opposed
        if side.places[index] <= floor or worth >= side.worths[index]:
            side.places[index] = place
            side.worths[index] = worth
            side.used = True
        while hits[earliest][0] <= floor:
            earliest += 1
        if number < last:
            following, first = hits[number + 1][0], hits[earliest][0]
            if following - window < first and floors[following] <= first:
                continue
        best.weigh(agreed, opposed, floor)
    return best.match()


class _Best:
    """The best agreeing and the best opposing stretch so far."""

    __slots__ = ("against", "agreed", "agreed_at", "opposed", "opposed_at")

    def __init__(self) -> None:
        self.agreed = self.opposed = self.against = 0.0
        self.agreed_at = self.opposed_at = (0, 0)

    def weigh(self, agreed: _Side, opposed: _Side, floor: int) -> None:
        good, start, end = agreed.within(floor)
        if good > self.agreed + EPSILON:
            self.agreed, self.agreed_at = good, (start, end)
        if opposed.used:
            against, first, final = opposed.within(floor, agreed)
            if against and good + against > self.opposed + EPSILON:
                self.opposed, self.against = good + against, against
                self.opposed_at = (min(start, first), max(end, final))

    def match(self) -> Match:
        return Match(self.agreed, *self.agreed_at, self.opposed, self.against, *self.opposed_at)


def _agrees(wording: Wording, scene: Scene, place: int, index: int) -> bool:
    sign, meant = scene.polarity[place], wording.polarity[index]
    if meant < 0 < sign and scene.clauses[place] not in scene.denying:
        return False
    if sign < 0 < meant and not wording.denies:
        return False
    if (wording.strict and not sign and meant > 0) or (sign == UNPREVENTED and not meant):
        return False
    if not scene.subjects:
        return True
    subject, expected = scene.subjects[place], wording.subjects[index]
    return subject is None or expected is None or subject == expected


class _Side:
    """The latest hit of each term of a wording, on one side of the question."""

    __slots__ = ("places", "used", "worths")

    def __init__(self, size: int) -> None:
        self.places = [-1] * size
        self.worths = [0.0] * size
        self.used = False

    def within(self, floor: int, without: _Side | None = None) -> tuple[float, int, int]:
        """Return the worth of the hits after `floor`, and the places of the first and last."""
        total, first, last = 0.0, FAR, -1
        for index, place in enumerate(self.places):
            if place > floor and (without is None or without.places[index] <= floor):
                total += self.worths[index]
                if place < first:  # noqa: PLR1730 - twice as fast as min() in the innermost loop
                    first = place
                if place > last:  # noqa: PLR1730
                    last = place
        return total, first, last

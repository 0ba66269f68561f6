"""Finding the stretch of an answer that says most of a wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from interview.grading.matching import EPSILON, Match, Said, Scene, Wording
from interview.grading.scope import UNPREVENTED

FAR = 1 << 30
# Synonyms and words that look alike have no more credit than this.
RESEMBLANCE = 0.75


def best_stretch(wording: Wording, said: Said, scene: Scene) -> Match:
    """Return the best agreeing and the best opposing stretch for `wording`.

    Parameters
    ----------
    said : mapping of str to sequence of (int, float)
        For each term of the rubric, where the answer says it and for what credit.
    """
    hits = sorted(_hits(wording, said))
    floors = scene.sentences if wording.strict else scene.floors
    if scene.calm and not wording.denies and not wording.strict and hits:
        end = hits[-1][0]
        if hits[0][0] >= max(end - wording.window + 1, scene.sentences[end]):
            return _at_once(hits, len(wording.terms))
    return _slide(wording, hits, scene, floors)


def _hits(wording: Wording, said: Said) -> Iterable[tuple[int, int, float]]:
    """Return the place, the term and the worth of each word that says one.

    A word that merely resembles a term stands for one term of a wording, not for several.
    """
    sure: list[tuple[int, int, float]] = []
    near: dict[int, tuple[float, int, float]] = {}
    for index, (term, weight) in enumerate(zip(wording.terms, wording.weights, strict=True)):
        for place, credit in said.get(term, ()):
            if credit > RESEMBLANCE:
                sure.append((place, index, credit * weight))
            elif place not in near or credit > near[place][0]:
                near[place] = (credit, index, credit * weight)
    if not near:
        return sure
    taken = {place for place, _, _ in sure}
    loose = [(place, index, worth) for place, (_, index, worth) in near.items()]
    return sure + [hit for hit in loose if hit[0] not in taken]


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
        sense = stance(wording, scene, place, index)
        side = agreed if sense > 0 else opposed
        if sense and (side.places[index] <= floor or worth >= side.worths[index]):
            side.places[index] = place
            side.worths[index] = worth
            side.used = True
        while hits[earliest][0] <= floor:
            earliest += 1
        following = hits[number + 1][0] if number < last else FAR
        first, sentence = hits[earliest][0], scene.sentences[place]
        ends = number == last or scene.sentences[following] > place
        joins = number < last and following - window < first and floors[following] <= first
        if ends or not joins:
            start = max(floor, sentence - 1)
            best.weigh_agreed(agreed, start)
            if opposed.used and not wording.strict:
                best.weigh_opposed(agreed, opposed, start)
        if not joins and first < sentence and agreed.spreads(floor, sentence, wording.weights):
            best.weigh_agreed(agreed, floor)
    return best.match()


class _Best:
    """The best agreeing and the best opposing stretch so far."""

    __slots__ = ("against", "agreed", "agreed_at", "opposed", "opposed_at", "turned")

    def __init__(self) -> None:
        self.agreed = self.opposed = self.against = 0.0
        self.agreed_at = self.opposed_at = (0, 0)
        self.turned: tuple[tuple[int, float], ...] = ()

    def weigh_agreed(self, agreed: _Side, floor: int) -> None:
        """Keep the agreeing hits after `floor` if they say more than any before."""
        good, start, end = agreed.within(floor)
        if good > self.agreed + EPSILON:
            self.agreed, self.agreed_at = good, (start, end)

    def weigh_opposed(self, agreed: _Side, opposed: _Side, floor: int) -> None:
        """Keep the opposing hits after `floor`, with the agreeing ones beside them."""
        against, first, final = opposed.within(floor, agreed)
        if not against:
            return
        good, start, end = agreed.within(floor)
        if good + against > self.opposed + EPSILON:
            self.opposed, self.against = good + against, against
            self.opposed_at = (min(start, first), max(end, final))
            self.turned = opposed.hits(floor, agreed)

    def match(self) -> Match:
        """Return what was best."""
        return Match(
            self.agreed,
            *self.agreed_at,
            self.opposed,
            self.against,
            *self.opposed_at,
            self.turned,
        )


def stance(wording: Wording, scene: Scene, place: int, index: int) -> int:
    """Return how the word at `place` says term `index` of a wording.

    Returns
    -------
    int
        1 as the wording does; -1 the other way round, or of another subject; 0 for what is
        denied of another subject, which says nothing about this one.
    """
    turned = not _has_sign(wording, scene, place, index)
    if not scene.subjects:
        return -1 if turned else 1
    subject, expected = scene.subjects[place], wording.subjects[index]
    if subject is None or expected is None or subject == expected:
        return -1 if turned else 1
    return 0 if turned else -1


def _has_sign(wording: Wording, scene: Scene, place: int, index: int) -> bool:
    sign, meant = scene.polarity[place], wording.polarity[index]
    if meant < 0 < sign and scene.clauses[place] not in scene.denying:
        return False
    if sign < 0 < meant and not wording.denies:
        return False
    return not ((wording.strict and not sign and meant > 0) or (sign == UNPREVENTED and not meant))


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

    def spreads(self, floor: int, sentence: int, weights: Sequence[float]) -> bool:
        """Return whether the words before and after `sentence` carry on one wording.

        A single near form in a neighbouring sentence is there by chance.
        """
        counts = [0, 0]
        for index, place in enumerate(self.places):
            if place > floor:
                exact = self.worths[index] >= weights[index] - EPSILON
                counts[place >= sentence] += 1 + exact
        return min(counts) > 1

    def hits(self, floor: int, without: _Side) -> tuple[tuple[int, float], ...]:
        """Return the places and worths that `within` adds up."""
        return tuple(
            (place, self.worths[index])
            for index, place in enumerate(self.places)
            if place > floor and without.places[index] <= floor
        )

"""What the wordings of one key point say together.

Somebody who takes half of one accepted wording and half of another has said the point. The
pool of a key point holds the terms of all its wordings; a part of it is enough.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from interview.grading.matching import Wording

# The share of a pool that says as much as a whole wording; it repeats itself in many words.
ENOUGH_OF_POOL = 0.65
# Two wordings have too little in common to tell what the point is about.
FEWEST = 3
# What several wordings hold is what the point is about.
SHARED_EMPHASIS = 2


def inherit_subject(wordings: Sequence[Wording], contrasted: frozenset[str]) -> tuple[Wording, ...]:
    """Return the wordings of a key point, fragments bound to the rival that its text is about.

    "Points to a row of another table" is said of the foreign key if the first wording, the
    text of the point, is about the foreign key alone.
    """
    rivals = {subject for subject in wordings[0].subjects if subject is not None}
    if len(rivals) != 1:
        return tuple(wordings)
    subject = rivals.pop()
    return tuple(
        wording
        if any(wording.subjects) or not contrasted.isdisjoint(wording.terms)
        else replace(wording, subjects=(subject,) * len(wording.terms))
        for wording in wordings
    )


def pool(wordings: Sequence[Wording]) -> Iterable[Wording]:
    """Return the pool of a key point's wordings, if there are enough.

    Wordings that deny something and wordings that do not are not mixed. A term weighs what
    it weighs in all of them, more if more than one holds it, and keeps the polarity and the
    subject that the first of them gives it.
    """
    if len(wordings) < FEWEST:
        return ()
    masses: dict[str, float] = {}
    first: dict[str, tuple[int, str | None]] = {}
    for wording in wordings:
        columns = (wording.terms, wording.weights, wording.polarity, wording.subjects)
        for term, weight, sign, subject in zip(*columns, strict=True):
            masses[term] = masses.get(term, 0.0) + weight
            first.setdefault(term, (sign, subject))
    holders = Counter(term for wording in wordings for term in wording.terms)
    masses = {t: m * (SHARED_EMPHASIS if holders[t] > 1 else 1) for t, m in masses.items()}
    enough = ENOUGH_OF_POOL * math.fsum(masses.values())
    return (
        Wording(
            owner=wordings[0].owner,
            terms=tuple(masses),
            weights=tuple(mass / enough for mass in masses.values()),
            polarity=tuple(sign for sign, _ in first.values()),
            subjects=tuple(subject for _, subject in first.values()),
            strict=False,
            contraries=frozenset(),
            nominal=False,
            window=max(wording.window for wording in wordings),
        ),
    )

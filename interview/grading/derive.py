"""Reading a reference: its prose without code, and key points for a rubric that has none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from interview.grading.reading import Reading, read
from interview.grading.records import KeyPoint

MOST_DERIVED_POINTS = 16
LEAST_DERIVED_WORDS = 2

_FENCE = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1[^\n]*$", re.DOTALL | re.MULTILINE)
_RULE = re.compile(r"^[\s|:-]+$", re.MULTILINE)
_MARKS = re.compile(r"^[\s>#*+|-]+|[\s|*]+$|\*\*|`")


def prose_of(reading: Reading) -> Reading:
    """Return a reference without its code blocks, or the whole if nothing else is left."""
    prose = read(_RULE.sub("", _FENCE.sub("", reading.text)))
    return prose if prose.terms else reading


def derive_points(references: Sequence[Reading]) -> tuple[KeyPoint, ...]:
    """Return key points made of the sentences, bullets and table rows of a reference.

    The longest reference is taken; one that is equally long is chosen by its text, so that
    the order of the references does not matter.
    """
    longest = max(references, key=lambda reading: (len(reading.terms), reading.text))
    bounds: dict[int, list[int]] = {}
    for place, sentence in enumerate(longest.sentences):
        bounds.setdefault(sentence, []).append(place)
    told = set(longest.content())
    kept = [
        places
        for places in bounds.values()
        if len(places) >= LEAST_DERIVED_WORDS and not told.isdisjoint(places)
    ]
    texts = [_slice(longest, places) for places in kept[:MOST_DERIVED_POINTS]]
    return tuple(
        KeyPoint(f"derived-{i}", text) for i, text in enumerate(texts or [longest.text], 1)
    )


def _slice(reading: Reading, places: Sequence[int]) -> str:
    piece = reading.text[reading.starts[places[0]] : reading.ends[places[-1]]]
    return " ".join(_MARKS.sub("", piece).split())

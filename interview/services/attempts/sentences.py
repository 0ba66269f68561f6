"""A learner's answer cut into the sentences that the grader reads, and what of them can count."""

import re
from functools import lru_cache
from itertools import pairwise
from textwrap import wrap

from interview.grading import Span
from interview.grading.reading import read

WORDING_LIMIT = 500
"""Characters of a personal wording; a longer sentence is cut between words."""

MOST_SENTENCES = 60
"""How many there are to choose from: the first ones of an answer."""

# What closes a sentence stays with it; what opens the next one, as a bullet, goes with that.
_CLOSING = re.compile(r"(?:.*[.!?…])?[^\w\s]*(?=\s|\Z)", re.DOTALL)


def sentences_of(text: str) -> tuple[Span, ...]:
    """Cut an answer into sentences.

    Returns
    -------
    tuple of Span
        In their order, in code points of the text; none where there is no word.
    """
    reading = read(text)
    cuts = [0]
    for last, first in pairwise(range(len(reading.terms))):
        if reading.sentences[last] != reading.sentences[first]:
            closing = _CLOSING.match(text, reading.ends[last], reading.starts[first])
            cuts.append(closing.end() if closing else reading.ends[last])
    spans = [_stripped(text, *pair) for pair in pairwise([*cuts, len(text)])]
    return tuple(spans) if reading.terms else ()


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    blank = len(piece) - len(piece.lstrip())
    return Span(start + blank, start + blank + len(piece.strip()))


def plain(text: str, span: Span) -> str:
    """Say a sentence of a text in one line."""
    return " ".join(text[span.start : span.end].split())


# A page asks for each key point that was not found, and a reader comes back to it.
@lru_cache(maxsize=128)
def countable(text: str) -> tuple[str, ...]:
    """List the sentences of an answer that can be counted.

    Parameters
    ----------
    text : str
        As it was handed in.
    """
    whole = [plain(text, one) for one in sentences_of(text)]
    said = [one for one in whole if any(char.isalpha() for char in one)]
    return tuple(piece for one in said[:MOST_SENTENCES] for piece in wrap(one, WORDING_LIMIT))

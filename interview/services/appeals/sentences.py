"""A learner's answer cut into the sentences that the grader reads."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from interview.grading import Span
from interview.grading.reading import read

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


def quoted(text: str, chosen: Iterable[int]) -> str:
    """Put chosen sentences, counted from 0, together: one a line, as appeals keep them."""
    spans = sentences_of(text)
    return "\n".join(_plain(text, spans[at]) for at in sorted(set(chosen)))


def _plain(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())


def marked(text: str, lines: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a text into pieces, and say which of them were quoted.

    Parameters
    ----------
    lines : sequence of str
        Sentences as `quoted` keeps them.
    """
    spans = [span for span in sentences_of(text) if _plain(text, span) in lines]
    edges = sorted({0, len(text), *(edge for one in spans for edge in (one.start, one.end))})
    starts = [one.start for one in spans]

    def is_quoted(start: int) -> bool:
        place = bisect_right(starts, start) - 1
        return place >= 0 and start < spans[place].end

    return tuple((text[start:end], is_quoted(start)) for start, end in pairwise(edges))

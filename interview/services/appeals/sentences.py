"""What learners quote of their answers: some of its sentences."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from interview.services.attempts.sentences import plain, sentences_of


def quoted(text: str, chosen: Iterable[int]) -> str:
    """Put chosen sentences, counted from 0, together: one a line, as appeals keep them."""
    spans = sentences_of(text)
    return "\n".join(plain(text, spans[at]) for at in sorted(set(chosen)))


def marked(text: str, lines: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a text into pieces, and say which of them were quoted.

    Parameters
    ----------
    lines : sequence of str
        Sentences as `quoted` keeps them.
    """
    spans = [span for span in sentences_of(text) if plain(text, span) in lines]
    edges = sorted({0, len(text), *(edge for one in spans for edge in (one.start, one.end))})
    starts = [one.start for one in spans]

    def is_quoted(start: int) -> bool:
        place = bisect_right(starts, start) - 1
        return place >= 0 and start < spans[place].end

    return tuple((text[start:end], is_quoted(start)) for start, end in pairwise(edges))

"""Fenced code in Markdown: where a fence is closed, if it is at all."""

import re
from collections.abc import Sequence

from interview.formats.article.blocks import Row

_OPENS = re.compile(r"\s*(?:>\s?|[-*+]\s+|\d{1,9}[.)]\s+)?(`{3,}|~{3,})([^`]*)$")
_CLOSES = re.compile(r"\s*(?:>\s?)?(`{3,}|~{3,})\s*$")


class Fences:
    """The fences of a text.

    Looking for the end of a fence that is never closed would read the rest of the file, for
    each such fence again; so it is known from the start which of them can be closed.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self._closing = _longest_closings(rows)

    def end(self, at: int) -> int:
        """Find the row after the fence that closes the one there; 0 where there is none."""
        opened = _OPENS.match(self._rows[at].text)
        if opened is None:
            return 0
        sign, length = opened[1][0], len(opened[1])
        if self._closing[at + 1].get(sign, 0) < length:
            return 0
        for end in range(at + 1, len(self._rows)):
            closed = _CLOSES.match(self._rows[end].text)
            if closed and closed[1][0] == sign and len(closed[1]) >= length:
                return end + 1
        return 0


def opens(text: str) -> bool:
    """Tell whether a row opens (or closes) fenced code."""
    return _OPENS.match(text) is not None


def _longest_closings(rows: Sequence[Row]) -> list[dict[str, int]]:
    """For each row, the longest closing fence from there to the end, by its sign."""
    longest: list[dict[str, int]] = [{}]
    for row in reversed(rows):
        closed = _CLOSES.match(row.text)
        known = longest[-1]
        if closed and len(closed[1]) > known.get(closed[1][0], 0):
            known = {**known, closed[1][0]: len(closed[1])}
        longest.append(known)
    longest.reverse()
    return longest

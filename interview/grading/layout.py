"""Which line breaks of a text end a sentence.

A break between the words of a sentence means nothing: text wraps. A blank line, a bullet or
a table row ends what stands before it; so does a plain line where all lines are items.
"""

from __future__ import annotations

import re

from interview.grading.lexicon import FUNC, WORD_CLASSES

# A line with fewer words than this may be a heading or the end of a wrapped line.
SHORTEST_ITEM = 3

_BREAK = re.compile(r"\n\s*")
_MARKED = re.compile(r"[-*+#>|•▪‣●◦]+[^\S\n]|\|")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_NUMBERING = re.compile(r"^\s*1[.)]\s", re.MULTILINE)
_MID_LINE_STOP = re.compile(r"[.!?][\"')\]]*[^\S\n]+\S")
_ITEM = re.compile(r"[^\W_a-z]|[-*+#>|•▪‣●◦'\"({]")
_LAST_WORD = re.compile(r"(\w+)\W*$")


def line_ends(text: str) -> frozenset[int]:
    """Return the offsets of the line breaks of `text` (folded) that end a sentence."""
    numbered = bool(_NUMBERING.search(text))
    items = _are_items(text)
    start = 0
    ends = []
    for found in _BREAK.finditer(text):
        if (
            found[0].count("\n") > 1
            or _MARKED.match(text, found.end())
            or (numbered and _NUMBERED.match(text, found.end()))
            or (items and _is_item(text[start : found.start()]))
        ):
            ends.append(found.start())
        start = found.end()
    return frozenset(ends)


def _are_items(text: str) -> bool:
    """Return whether all lines begin as items do and none goes on after a full stop."""
    lines = [line for line in text.splitlines() if line.strip()]
    return all(_ITEM.match(line.lstrip()) for line in lines) and not _MID_LINE_STOP.search(text)


def _is_item(line: str) -> bool:
    """Return whether a line can stand alone: long enough, and not broken off."""
    last = _LAST_WORD.search(line)
    if last is None or line.rstrip().endswith(",") or len(line.split()) < SHORTEST_ITEM:
        return False
    return not WORD_CLASSES.get(last[1].casefold(), 0) & FUNC

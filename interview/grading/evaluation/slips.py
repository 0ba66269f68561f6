"""Answers as people type them in a hurry: now and then a slip in a word."""

from __future__ import annotations

import re
from random import Random
from string import ascii_lowercase

SLIP_SHARE = 0.1

# Letters alone: what a digit, an underscore, an apostrophe or a dot joins on is no plain word.
_WORD = re.compile(r"(?<![\w.'’])[^\W\d_]{4,}(?!\w|['’.]\w)")


def misspelt(text: str, random: Random) -> str:
    """Return `text` with one slip in about every tenth word of four letters or more.

    Two letters are exchanged, or one is left out, doubled or replaced: the slips that are
    common. Those in a first letter are few (Yannakoudakis & Fawthrop 1983) and left out, as
    are names of code with digits, dots or underscores.

    Parameters
    ----------
    random : Random
        Decides which words, and how; the same seed gives the same text.
    """
    return _WORD.sub(
        lambda word: _slip(word[0], random) if random.random() < SLIP_SHARE else word[0], text
    )


def _slip(word: str, random: Random) -> str:
    """Return `word` with one slip; to exchange two equal letters is none."""
    slipped = word
    while slipped == word:
        place = random.randrange(1, len(word))
        before, letter, after = word[:place], word[place], word[place + 1 :]
        other = random.choice(ascii_lowercase)
        slipped = before + random.choice(
            (
                after[:1] + letter + after[1:],
                after,
                2 * letter + after,
                (other.upper() if letter.isupper() else other) + after,
            )
        )
    return slipped

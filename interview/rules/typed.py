"""What becomes of typed text before it is counted, kept or graded."""

import re
from dataclasses import dataclass

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """Text as it is kept.

    Attributes
    ----------
    replaced : int
        How many characters could not be stored and became U+FFFD; the learner is told.
    """

    text: str
    replaced: int


def clean(text: str) -> Typed:
    """Make typed text storable without losing a word.

    Parameters
    ----------
    text : str
        As the browser sent it.

    Returns
    -------
    Typed
        Line ends as LF; NUL and lone surrogates, which a database refuses, as U+FFFD.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept, replaced = _UNSTORABLE.subn("\N{REPLACEMENT CHARACTER}", lines)
    return Typed(kept, replaced)

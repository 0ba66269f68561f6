"""What of an answer can be counted as a key point: one of its sentences."""

from functools import lru_cache
from textwrap import wrap

from interview.services.appeals.sentences import sentences_of

WORDING_LIMIT = 500
"""Characters of a personal wording; a longer sentence is cut between words."""

MOST_SENTENCES = 60
"""How many there are to choose from: the first ones of an answer."""


# A page asks for each key point that was not found, and a reader comes back to it.
@lru_cache(maxsize=128)
def countable(text: str) -> tuple[str, ...]:
    """List the sentences of an answer that can be counted.

    Parameters
    ----------
    text : str
        As it was handed in.
    """
    whole = [" ".join(text[one.start : one.end].split()) for one in sentences_of(text)]
    said = [one for one in whole if any(char.isalpha() for char in one)]
    return tuple(piece for one in said[:MOST_SENTENCES] for piece in wrap(one, WORDING_LIMIT))

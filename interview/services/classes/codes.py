"""Join codes: drawn so that nobody guesses one, and read as people type them."""

import re
import secrets

ALPHABET = "CDFGHJKMNPQRTVWX34679"
"""No two that look alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and no vowel that makes words."""

LENGTH = 10
"""21 letters, ten times: 43.9 bits."""

_HALF = LENGTH // 2
_BETWEEN = re.compile(r"[\W_]+")
_LONGEST = 100


def draw() -> str:
    """Draw a new code."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def canonical(text: str) -> str:
    """Read a code as somebody typed it: case, dashes and blanks do not matter."""
    return _BETWEEN.sub("", text[:_LONGEST]).upper()


def in_halves(code: str) -> str:
    """Write a code so that it can be read out: ``CDFGH-JKMNP``."""
    return f"{code[:_HALF]}-{code[_HALF:]}"

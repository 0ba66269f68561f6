"""Identifiers made of what something says."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST = 60
SLUG = re.compile(r"[a-z0-9-]{1,100}")
"""What can be the identifier of a question."""

_LONGEST_ID = 40
_UNTOLD = "This is a common mistake: compare it with the reference answer."


def slug_of(text: str, longest: int = LONGEST) -> str:
    """Make an identifier of a text; another text may have the same.

    Returns
    -------
    str
        ASCII letters, digits and hyphens, of at most ``longest`` characters.
    """
    plain = unicodedata.normalize("NFKD", text[: 10 * longest]).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))
    if len(slug) > longest:
        # Whole words, where there is more than one.
        slug = slug[: longest + 1].rpartition("-")[0] or slug[:longest]
    return slug or "question"


def _named(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give texts with identifiers of which no two are the same."""
    taken: dict[str, int] = {}
    for text in texts:
        slug = slug_of(text, _LONGEST_ID)
        taken[slug] = taken.get(slug, 0) + 1
        # A number at the end of a text is parted by one hyphen, so two cannot collide.
        yield slug if taken[slug] == 1 else f"{slug}--{taken[slug]}", text


def key_points(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Make key points of what they say."""
    return [{"id": name, "text": text} for name, text in _named(texts)]


def misconceptions(told: Iterable[tuple[str, str]]) -> list[dict[str, Any]]:
    """Make misconceptions of what they say and what puts them right, which may be empty."""
    pairs = list(told)
    named = _named(text for text, _ in pairs)
    return [
        {"id": name, "text": text, "feedback": feedback or _UNTOLD}
        for (name, text), (_, feedback) in zip(named, pairs, strict=True)
    ]

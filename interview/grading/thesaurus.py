"""Words that may stand for each other, and words that must not.

The lists are the project's own: ``synonyms.txt`` (a group a line), ``abbreviations.txt``
(``short = words``) and ``opposites.txt`` (a pair a line) in ``data/grader``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from interview.grading.lexicon import FUNC
from interview.grading.text import lexeme, terms_of

DATA = Path(__file__).resolve().parents[2] / "data" / "grader"
FILES = ("synonyms.txt", "abbreviations.txt", "opposites.txt")

Others = dict[str, tuple[str, ...]]


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _terms(line: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lexeme(word.replace("-", "")).term for word in line.split()))


def _synonyms() -> Others:
    """Return, for each term, those that may stand for it; a lone group is shared, itself in it."""
    table: Others = {}
    for line in _lines("synonyms.txt"):
        group = _terms(line)
        for term in group:
            known = table.get(term)
            table[term] = tuple(dict.fromkeys((*known, *group))) if known else group
    return table


def _abbreviations() -> Others:
    """Return the content words that each short form stands for."""
    table: Others = {}
    for line in _lines("abbreviations.txt"):
        short, words = line.split("=", 1)
        meant = [term for term in terms_of(words) if not lexeme(term).classes & FUNC]
        table.setdefault(lexeme(short.strip()).term, tuple(dict.fromkeys(meant)))
    return table


def _opposites() -> Others:
    table: Others = {}
    for line in _lines("opposites.txt"):
        left, right = _terms(line)
        table[left] = (*table.get(left, ()), right)
        table[right] = (*table.get(right, ()), left)
    return table


def _digest() -> str:
    whole = b"\0".join((DATA / name).read_bytes() for name in FILES)
    return hashlib.sha256(whole).hexdigest()[:8]


SYNONYMS = _synonyms()
ABBREVIATIONS = _abbreviations()
ANTONYMS = _opposites()
DIGEST = _digest()
"""Eight hexadecimal digits that name the lists."""

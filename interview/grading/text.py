"""From text to terms: folding with offsets, words and identifiers, stems.

Identifiers are kept whole in lower case, as the field writes them (``INSTALLED_APPS``,
``django.contrib.staticfiles``, ``O(n log n)``), with their parts as an alternative.
Offsets always count code points of the text that was given.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Any, NamedTuple

import snowballstemmer

from interview.grading.lexicon import (
    FUNC,
    IDENT,
    IRREGULAR,
    NEG,
    NUMBER,
    NUMBER_WORDS,
    WORD_CLASSES,
)

WORD_CACHE = 16384
LONGEST_WORD = 64

# Typographic marks are read as their plain forms; control characters separate words.
_PLAIN = str.maketrans("‘’‚‛′`“”„‟″«»‐‑‒–−­", "''''''" + '"' * 7 + "-----" + " ")

_ASCII = {code: " " for code in (*range(32), 127) if code != ord("\n")} | {ord("`"): "'"}

TOKEN = re.compile(
    r"""
      (?P<scheme>(?i:https?://)(?=\w))
    | (?P<word>
          [OΘΩ]\([^()\n]{1,24}\)
        | (?<![\w-])-[A-Za-z](?![\w'-])
        | [A-Za-z]\+\+ | [A-Za-z]\#(?!\w)
        | \w+(?:(?:[.'’]|::|->)\w+)*
      )
    | (?P<stop>[.!?…]+(?=\s|$|["')\]])|[•▪‣●◦])
    | (?P<pause>[;:,()|—]|(?<=\s)-{1,2}(?=\s))
    | (?P<line>\n\s*)
    """,
    re.VERBOSE,
)
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_SEPARATORS = re.compile(r"[\W_]+")
_SPELLING = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"(?<=[a-z]{3}[a-z])is(e|es|ed|er|ers|ing|able)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3}[a-z])our(s|ed|ing|al|able)?$"), r"or\1"),
)


class _Stemmers(threading.local):
    """One stemmer a thread: a stemmer keeps the word it works on in itself."""

    def __init__(self) -> None:
        self.english: Any = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


class Lexeme(NamedTuple):
    """A word as the grader indexes it: its term, its classes, its parts if it has any."""

    term: str
    classes: int
    parts: tuple[str, ...]


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in "\n\r\t":
        return "\n" if char == "\n" else " "
    if unicodedata.category(char)[0] == "C":
        return " "
    decomposed = unicodedata.normalize("NFKD", char).translate(_PLAIN)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def fold(text: str) -> tuple[str, list[int] | None]:
    """Return `text` in plain form and, where lengths differ, the offset of each character.

    Accents are dropped and compatibility forms resolved one character at a time (NFKD), so
    that every Unicode form of a text folds to the same string.

    Returns
    -------
    tuple of str and (list of int or None)
        The offsets have one entry per folded character and one more for the end; None
        means that folded and original offsets are the same.
    """
    if text.isascii():
        return text.translate(_ASCII), None
    pieces = [_fold_char(char) for char in text]
    offsets = [index for index, piece in enumerate(pieces) for _ in piece]
    offsets.append(len(text))
    return "".join(pieces), offsets


@lru_cache(maxsize=WORD_CACHE)
def stem(word: str) -> str:
    """Return the stem of a lower-case word (Snowball English), spelling variants unified."""
    word = IRREGULAR.get(word, word)
    if len(word) > LONGEST_WORD or not word.isascii():
        return word
    for pattern, replacement in _SPELLING:
        word = pattern.sub(replacement, word)
    return str(_stemmers.english.stemWord(word))


@lru_cache(maxsize=WORD_CACHE)
def lexeme(word: str) -> Lexeme:
    """Return how the word or identifier `word` (folded, any case) is indexed."""
    if word.endswith(("'s", "'S")):
        word = word[:-2]
    if word[-3:].casefold() == "n't":
        return Lexeme("not", FUNC | NEG, ())
    bare = word.strip("_")
    if bare.isalpha() and (bare.islower() or bare[1:].islower()):
        return _plain(bare.casefold())
    return _identifier(bare or word)


def _plain(word: str) -> Lexeme:
    if word in NUMBER_WORDS:
        return Lexeme(NUMBER_WORDS[word], NUMBER | WORD_CLASSES.get(word, 0), ())
    classes = WORD_CLASSES.get(word, 0)
    if classes & FUNC:
        return Lexeme("not" if word == "cannot" else word, classes, ())
    stemmed = stem(word)
    return Lexeme(stemmed, classes | WORD_CLASSES.get(stemmed, _STEM_CLASSES.get(stemmed, 0)), ())


def _identifier(word: str) -> Lexeme:
    if word[0].isdigit():
        return Lexeme(word.casefold(), NUMBER, ())
    if word[0] in "OΘΩ" and word[1:2] == "(":
        return Lexeme("".join(word.casefold().split()), IDENT, ())
    whole = word.replace("::", ".").replace("->", ".").casefold()
    if not whole.isalpha():
        parts = tuple(
            stem(piece.casefold())
            for chunk in _SEPARATORS.split(word)
            for piece in _CAMEL.findall(chunk)
        )
        return Lexeme(whole, IDENT, parts if len(parts) > 1 else ())
    plain = _plain(whole)
    pieces = _CAMEL.findall(word)
    if plain.classes & FUNC or len(pieces) == 1:
        return plain
    return Lexeme(plain.term, plain.classes | IDENT, tuple(stem(p.casefold()) for p in pieces))


_STEM_CLASSES = {stem(word): bits for word, bits in WORD_CLASSES.items() if not bits & FUNC}


def terms_of(text: str) -> list[str]:
    """Return the terms of `text` in order: what the vectoriser and the cosine count.

    Examples
    --------
    >>> terms_of("Querysets are lazy; `manage.py` runs.")
    ['queryset', 'are', 'lazi', 'manage.py', 'run']
    """
    folded, _ = fold(text)
    words = (match["word"] for match in TOKEN.finditer(folded))
    return [lexeme(word).term for word in words if word]

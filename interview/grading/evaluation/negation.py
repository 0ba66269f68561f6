"""A text that says the opposite: every sentence denied, as someone would to fool a grader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from interview.grading.reading import read

FALLBACK = "It is not true that "
SHORTEST_PLURAL = 3

_FENCED = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1[^\n]*$", re.DOTALL | re.MULTILINE)
_HAVE = {"has": "does not have", "have": "do not have", "had": "did not have"}
_PARTICIPLE = re.compile(r"been|\w{2,}(ed|en|wn|ught)")
_NEGATION = re.compile(r"not|never|no|cannot|\w+n't")
_AFFIRMED = {"not": "", "never": "", "no": "some", "cannot": "can", "can't": "can", "won't": "will"}
_REPLIES = {"yes": "no", "no": "yes"}

_AUXILIARIES = "is are was were am can could will would should must may might"
_PEOPLE = "i you we they who people"
_OPENINGS = "if when because since as after before while although until once"
# Verbs of technical prose; a form in -s may also be a noun, so only likely verbs are here.
_VERBS = """
absorb accept act activate add adjust affect allow appear apply arrive ask avoid become begin
belong behave break bring build burn carry catch choose collect combine come compare compute
conduct connect consist contain continue convert copy create decide decrease define delete
deliver depend describe determine develop differ discard divide do eat enable ensure enter
evaporate exist expand expect explain fall find follow forward gain generate get give go grow
guarantee handle happen have help hold identify ignore include increase indicate inherit keep
know lack learn leave let lie lift limit link live load look lose lower maintain make manage
map match mean melt mix move need notify obtain occur open pass perform play prevent print
produce protect provide push put raise reach react read receive reduce reflect refuse reject
release remain remove render replace represent require respond return rise run save say scale
search select send separate serve set settle share ship shrink sink solve speed stand start
stay stop store submit suit support take tell touch transfer translate transmit travel try
turn use validate vary visit want wear work write
"""

_TAKES_NOT = frozenset(_AUXILIARIES.split())
_SUBJECTS = frozenset(_PEOPLE.split())
_CONDITIONS = frozenset(_OPENINGS.split())
_BASES = frozenset(_VERBS.split())


class _Word(NamedTuple):
    """A word of a sentence; `prose` is false for code, `paused` says that a comma follows."""

    text: str
    start: int
    end: int
    prose: bool
    paused: bool


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def negated(text: str) -> str:
    """Return `text` with the first verb of each sentence denied; code blocks stay.

    A sentence whose first verb is denied already affirms it instead. A sentence that opens
    with a condition is denied after its first comma. One without a verb that is recognised
    gets `FALLBACK` in front.

    Examples
    --------
    >>> negated("A view returns a response. It is not a template. If asked, it runs.")
    'A view does not return a response. It is a template. If asked, it does not run.'
    """
    for edit in reversed(list(_edits(text))):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _edits(text: str) -> Iterator[_Edit]:
    reading = read(text)
    code = [found.span() for found in _FENCED.finditer(text)]
    for _, places in groupby(range(len(reading.terms)), key=reading.sentences.__getitem__):
        spans = [(reading.starts[place], reading.ends[place]) for place in places]
        words = [
            _word(text, *span)
            for span in spans
            if not any(start <= span[0] < end for start, end in code)
        ]
        if words:
            yield _edit(text, words)


def _word(text: str, start: int, end: int) -> _Word:
    own, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    marked = before == "`" or after in {"`", "("} or (len(own) > 1 and own.isupper())
    return _Word(own.casefold().replace("’", "'"), start, end, not marked, after == ",")


def _edit(text: str, words: Sequence[_Word]) -> _Edit:
    reply = words[0]
    if reply.text in _REPLIES and (reply.paused or len(words) == 1):
        return _replaced(text, _Edit(reply.start, reply.end, _REPLIES[reply.text]))
    opened = words[0].text in _CONDITIONS
    pauses = [index for index, word in enumerate(words) if word.paused]
    first = pauses[0] + 1 if opened and pauses else 0
    for index in range(first, 0 if opened and not pauses else len(words)):
        if not words[index].prose:
            continue
        found = _turned(words, index)
        if found is not None:
            return _replaced(text, found)
    return _Edit(words[0].start, words[0].start, FALLBACK)


def _turned(words: Sequence[_Word], index: int) -> _Edit | None:
    """Return how a sentence turns at its first verb or negation, if this word is one."""
    denied = _denied([word.text for word in words], index)
    for word in words[index : index + (1 if denied is None else 2)]:
        if _NEGATION.fullmatch(word.text):
            affirmed = _AFFIRMED.get(word.text, word.text.removesuffix("n't"))
            return _Edit(word.start, word.end, affirmed)
    return None if denied is None else _Edit(words[index].start, words[index].end, denied)


def _replaced(text: str, edit: _Edit) -> _Edit:
    end = edit.end
    if not edit.text and text[end : end + 1].isspace():
        end += 1
    return _Edit(
        edit.start, end, edit.text.capitalize() if text[edit.start].isupper() else edit.text
    )


def _denied(words: Sequence[str], index: int) -> str | None:
    """Return what a verb becomes when it is denied, or None for another word."""
    word, following = words[index], words[index + 1 : index + 3]
    if word in _TAKES_NOT:
        return "cannot" if word == "can" else f"{word} not"
    if word in _HAVE:
        return f"{word} not" if any(map(_PARTICIPLE.fullmatch, following)) else _HAVE[word]
    if not _TAKES_NOT.isdisjoint(following[:1]):
        return None
    if word in _BASES:
        return f"do not {word}" if _is_plural(words[index - 1] if index else "") else None
    base = _base(word)
    return f"does not {base}" if index and base in _BASES else None


def _is_plural(before: str) -> bool:
    """Return whether a verb after this word has no ending: it is an order, or of several."""
    return (
        not before or before in _SUBJECTS or (len(before) > SHORTEST_PLURAL and before[-1] == "s")
    )


def _base(word: str) -> str:
    """Return a verb without the -s of its third person, or nothing if it has none."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    for ending in ("ches", "shes", "sses", "xes", "oes"):
        if word.endswith(ending):
            return word[:-2]
    return word[:-1] if word.endswith("s") else ""

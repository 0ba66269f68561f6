"""Reading a text once: sentences, clauses and the polarity of every word.

A negation holds to the end of its clause ("not", "never", "no table is …") or for a few
words ("no table", "without", "instead of"). Verbs that deny by meaning ("prevents",
"lacks") leave what follows undecided, because "stops a site from forging" and "a site cannot
forge" agree. A frame ("it is a myth that …", "… . That is wrong.") turns what it is
about.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from interview.grading.layout import line_ends
from interview.grading.lexicon import (
    AFFIRM,
    ATTRIBUTE,
    AUX,
    BREAK,
    DET,
    FUNC,
    NEG,
    NEG_WAIVER,
    PRON,
    REFUTE,
    RELATIVE,
    SOFT,
)
from interview.grading.scope import TURNING, Scope
from interview.grading.text import TOKEN, fold, lexeme

# "That is just plain wrong." and "… is wrong, by the way.": how far apart the words may be.
POINTER_REACH = 4
VERDICT_REACH = 3

_WORD, _STOP, _PAUSE, _LINE = (TOKEN.groupindex[name] for name in ("word", "stop", "pause", "line"))
_FRAMING = REFUTE | ATTRIBUTE | AFFIRM


@dataclass(slots=True)
class Reading:
    """A text as parallel lists, one entry per word; offsets are those of the given text."""

    text: str
    terms: list[str] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    parts: list[tuple[str, ...]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    clauses: list[int] = field(default_factory=list)
    polarity: list[int] = field(default_factory=list)

    def content(self) -> list[int]:
        """Return the positions of the content words."""
        return [index for index, bits in enumerate(self.classes) if not bits & FUNC]


class Readings(dict[str, Reading]):
    """Texts read once each, for as long as a rubric is compiled."""

    def __missing__(self, text: str) -> Reading:
        self[text] = reading = read(text)
        return reading


def read(text: str) -> Reading:
    """Read `text` into words with their sentence, clause and polarity."""
    folded, offsets = fold(text)
    reading, seen = _scan(text, folded)
    if offsets is not None:
        reading.starts = [offsets[start] for start in reading.starts]
        reading.ends = [offsets[end - 1] + 1 for end in reading.ends]
    if seen & NEG:
        _deny_alternatives(reading)
        _deny_subjects(reading)
        _deny_before(reading)
        _leave_open_until(reading)
    if seen & _FRAMING:
        _apply_frames(reading)
    return reading


def _scan(text: str, folded: str) -> tuple[Reading, int]:
    """Return the words of a folded text, and all the classes that occur in it."""
    scope = Scope()
    seen = 0
    ends = line_ends(folded) if "\n" in folded else frozenset()
    rows: list[tuple[str, int, tuple[str, ...], int, int, int, int, int]] = []
    for match in TOKEN.finditer(folded):
        kind = match.lastindex
        if kind == _WORD:
            term, bits, parts = lexeme(match[0])
            seen |= bits
            if bits & TURNING or scope.paused:
                scope.before(bits)
            start, end = match.span()
            rows.append(
                (term, bits, parts, start, end, scope.sentence, scope.clause, scope.polarity)
            )
            scope.last = bits
            if scope.reach or bits & SOFT:
                scope.after(bits)
        elif kind == _PAUSE:
            scope.pause(match[0])
        elif kind == _STOP or (kind == _LINE and match.start() in ends):
            scope.end_sentence()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(8)]
    return Reading(text, *columns), seen


def _deny_subjects(reading: Reading) -> None:
    """Deny also what stands before "not" in its clause: "the table is not created".

    What a relative clause is about stays as it is: "images that do not change" are images.
    """
    denied, clause = False, -1
    for index in range(len(reading.terms) - 1, -1, -1):
        bits = reading.classes[index]
        denied = denied and reading.clauses[index] == clause and not bits & RELATIVE
        if denied:
            reading.polarity[index] = min(reading.polarity[index], -1)
        if bits & NEG and not _is_waived(reading, index):
            denied, clause = True, reading.clauses[index]


def _deny_alternatives(reading: Reading) -> None:
    """Carry a denial on through a list: "not for shops, portals or networks", "no kinds: a, b"."""
    clauses: dict[int, list[int]] = {}
    for place, clause in enumerate(reading.clauses):
        clauses.setdefault(clause, []).append(place)
    listed = False
    for before, items in pairwise(clauses.values()):
        mark = reading.text[reading.ends[before[-1]] : reading.starts[items[0]]].strip()
        bare = mark in _LIST_MARKS and reading.polarity[before[-1]] < 0 and _is_bare(reading, items)
        either = any(reading.terms[place] in _ALTERNATIVE for place in items)
        listed = bare and (mark == ":" or listed or either)
        if listed:
            for place in items:
                reading.polarity[place] = min(reading.polarity[place], -1)


def _is_bare(reading: Reading, places: Sequence[int]) -> bool:
    """Return whether a clause is mere items: it has no verb or subject that is known as one."""
    return not any(reading.classes[place] & (AUX | PRON | BREAK | RELATIVE) for place in places)


_LIST_MARKS = frozenset({",", ":"})
_ALTERNATIVE = frozenset({"or", "nor"})


def _deny_before(reading: Reading) -> None:
    """Deny what a bare "It is neither." or "They are not." is about: the sentence before."""
    for number in range(1, reading.sentences[-1] + 1):
        places = _sentence(reading, number)
        bits = [reading.classes[place] for place in places]
        if (
            bits
            and bits[0] & _POINTING
            and any(one & NEG for one in bits)
            and all(one & FUNC for one in bits)
        ):
            for place in _sentence(reading, number - 1):
                reading.polarity[place] = min(reading.polarity[place], -1)


def _leave_open_until(reading: Reading) -> None:
    """Leave open what is "not done until" or "unless" something: then it is done."""
    for place, term in enumerate(reading.terms):
        if term in _UNTIL:
            back = place - 1
            while back >= 0 and reading.clauses[back] == reading.clauses[place - 1]:
                reading.polarity[back] = max(reading.polarity[back], 0)
                back -= 1


_UNTIL = frozenset({"unless", "until"})


def _is_waived(reading: Reading, index: int) -> bool:
    return any(bits & NEG_WAIVER for bits in reading.classes[index + 1 : index + 2])


def _apply_frames(reading: Reading) -> None:
    for index, bits in enumerate(reading.classes):
        sign = reading.polarity[index]
        if bits & REFUTE and sign > 0:
            for place in _subject_matter(reading, index):
                reading.polarity[place] = -reading.polarity[place]
        elif bits & AFFIRM and sign < 0:
            for place in _subject_matter(reading, index):
                reading.polarity[place] = -1
        elif bits & ATTRIBUTE and _of_others(reading, index):
            _undecide(reading, index)


def _sentence(reading: Reading, number: int) -> range:
    """Return the places of a sentence; their numbers never fall from word to word."""
    sentences = reading.sentences
    return range(bisect_left(sentences, number), bisect_right(sentences, number))


def _subject_matter(reading: Reading, index: int) -> range:
    """Return the words that "wrong", "a myth" or "not true" is said about."""
    sentence = _sentence(reading, reading.sentences[index])
    ahead = reading.terms[index + 1 : index + 5]
    if "that" in ahead or "to" in ahead[:2]:
        return range(index + 1, sentence.stop)
    if index - sentence.start <= POINTER_REACH and reading.classes[sentence.start] & _POINTING:
        return _sentence(reading, reading.sentences[index] - 1)
    if _is_said_of(reading, index, sentence):
        return range(sentence.start, index)
    return range(0)


_POINTING = PRON | RELATIVE | DET


def _is_said_of(reading: Reading, index: int, sentence: range) -> bool:
    """Return whether the sentence ends in a verdict: "… is wrong"."""
    before = reading.terms[max(sentence.start, index - VERDICT_REACH) : index]
    return sentence.stop - index <= VERDICT_REACH and ("is" in before or "not" in before)


def _of_others(reading: Reading, index: int) -> bool:
    before = reading.terms[max(0, index - 4) : index]
    return any(word in _OTHERS for word in before)


_OTHERS = frozenset({"beginn", "common", "many", "mani", "often", "other", "person", "some"})


def _undecide(reading: Reading, index: int) -> None:
    """Leave open what other people are said to think, up to the end of the clause."""
    stop = _sentence(reading, reading.sentences[index]).stop
    clause = reading.clauses[index]
    for place in range(index + 1, stop):
        if reading.clauses[place] > clause + 1:
            break
        reading.polarity[place] = 0

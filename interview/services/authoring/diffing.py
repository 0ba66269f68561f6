"""What differs between two states of a question, word by word."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from interview.services.authoring.records import AUDIENCES, LABELS, Content

MOST_WORDS = 3000
"""Longer texts are compared by lines: by words it would take seconds."""

_WORD = re.compile(r"\s*\S+|\s+$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed (``same``), went (``removed``) or came (``added``)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a question in which two states differ.

    Attributes
    ----------
    place : str
        The field, as ``prompt`` or ``point-2``.
    label : str
        The same in words.
    before, after : str
        Its text in both states; empty where it was not there.
    """

    place: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


def compare(before: Content, after: Content, *, rubric_only: bool = False) -> list[Difference]:
    """Find in what two states of a question differ.

    Parameters
    ----------
    rubric_only : bool
        Whether to look only at what a version keeps: prompt, references, key points and
        misconceptions.

    Returns
    -------
    list of Difference
        In the order of the form. Key points and misconceptions are matched by their names,
        everything else by its place.
    """
    old, new = _parts(before, rubric_only), _parts(after, rubric_only)
    order = [*new, *(key for key in old if key not in new)]
    return [
        Difference(key, (new.get(key) or old[key])[0], was, now, tuple(words(was, now)))
        for key in order
        if (was := old.get(key, ("", ""))[1]) != (now := new.get(key, ("", ""))[1])
    ]


def _parts(content: Content, rubric_only: bool) -> dict[str, tuple[str, str]]:
    """Every part of a question by its place, with what it is called and its text."""
    parts = {"prompt": ("Question", content["prompt"])}
    parts |= _numbered("reference", "Reference answer", content["references"])
    for kind, label, items in (
        ("point", "Key point", content["key_points"]),
        ("idea", "Misconception", content["misconceptions"]),
    ):
        parts |= {f"{kind}-{one['id']}": (label, _described(one)) for one in items}
    if rubric_only:
        return parts
    samples = [f"{LABELS[one['label']]}: {one['text']}" for one in content["samples"]]
    sources = [f"{one['title']} {one['url']}" for one in content["sources"]]
    parts |= _numbered("sample", "Sample answer", samples)
    parts |= _numbered("source", "Source", sources)
    return parts | _heads(content)


def _numbered(place: str, label: str, texts: Iterable[str]) -> dict[str, tuple[str, str]]:
    return {f"{place}-{at}": (f"{label} {at}", text) for at, text in enumerate(texts, start=1)}


def _described(item: Content) -> str:
    """A key point or misconception as one text: what it says, and how else."""
    lines = [item["text"], *(f"– {one}" for one in item["phrasings"])]
    if item.get("feedback"):
        lines.append(f"Put right: {item['feedback']}")
    if item.get("weight", 1) != 1:
        lines.append(f"Weight {item['weight']:g}")
    lines += [word for name, word in _SIGNS if item.get(name)]
    return "\n".join(lines)


_SIGNS = (("required", "Required"), ("derived", "Taken from the reference, not looked at yet"))


def _heads(content: Content) -> dict[str, tuple[str, str]]:
    valid = content["valid_for"] or {}
    span = f"{valid['product']} {valid['from']} to {valid['to']}" if valid else ""
    return {
        "topic": ("Topic", content["topic"]),
        "tags": ("Tags", ", ".join(content["tags"])),
        "difficulty": ("Difficulty", content["difficulty"]),
        "target_seconds": ("Seconds", str(content["target_seconds"])),
        "audience": ("Who may ask it", AUDIENCES[content["audience"]]),
        "valid_for": ("Valid for", span),
        "last_verified": ("Last verified", content["last_verified"] or ""),
    }


def words(before: str, after: str) -> Iterator[Piece]:
    """Compare two texts word by word.

    Yields
    ------
    Piece
        Together, those that stayed or went are the first text, and those that stayed or came
        the second.
    """
    old, new = _tokens(before, after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield from _pieces(("same", old[:head]))
    yield from _between(old[head : len(old) - tail], new[head : len(new) - tail])
    yield from _pieces(("same", old[len(old) - tail :]))


def _tokens(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) <= MOST_WORDS:
        return old, new
    return _LINE.findall(before), _LINE.findall(after)


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens two texts begin with alike."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _between(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    """Compare what differs somewhere; what is too long even by lines is shown as a whole."""
    if max(len(old), len(new)) > MOST_WORDS:
        yield from _pieces(("removed", old), ("added", new))
        return
    # Frequent words begin no match (they still go on with one): where every word were compared
    # with every other, two texts of one word repeated would take minutes.
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if kind == "equal":
            yield from _pieces(("same", old[a:b]))
        else:
            yield from _pieces(("removed", old[a:b]), ("added", new[c:d]))


def _pieces(*sides: tuple[str, Sequence[str]]) -> Iterator[Piece]:
    return (Piece(kind, "".join(tokens)) for kind, tokens in sides if tokens)

"""What a format cannot carry of a document, told to whoever is about to write it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

Question = Mapping[str, Any]


def _any(part: str, field: str, usual: Any = None) -> Callable[[Question], bool]:
    def has(question: Question) -> bool:
        return any(item.get(field) not in (None, usual) for item in question.get(part, ()))

    return has


def _lines(part: str) -> Callable[[Question], bool]:
    def has(question: Question) -> bool:
        return any("\n" in item["text"] for item in question.get(part, ()))

    return has


_PARTS: dict[str, tuple[Callable[[Question], bool], str]] = {
    "difficulty": (bool, "How difficult questions are, and their target times."),
    "status": (
        lambda q: q.get("status", "ready") != "ready",
        "That some questions are drafts or retired.",
    ),
    "topics": (bool, "The topics of the questions."),
    "tags": (lambda q: bool(q.get("tags")), "Tags."),
    "references": (
        lambda q: len(q.get("references", ())) > 1,
        "Reference answers after the first of a question.",
    ),
    "key points": (lambda q: bool(q.get("key_points")), "Key points."),
    "weights": (
        _any("key_points", "weight", 1),
        "How much each key point weighs.",
    ),
    "required": (_any("key_points", "required", False), "Which key points are required."),
    "derived": (
        _any("key_points", "derived", False),
        "Key points that were taken from an answer and not yet looked at.",
    ),
    "phrasings": (_any("key_points", "phrasings", []), "Other accepted wordings of key points."),
    "misconceptions": (
        lambda q: bool(q.get("misconceptions")),
        "Misconceptions, and what puts them right.",
    ),
    "misconception phrasings": (
        _any("misconceptions", "phrasings", []),
        "Other wordings of misconceptions.",
    ),
    "lines": (
        lambda q: _lines("key_points")(q) or _lines("misconceptions")(q),
        "Line breaks within key points and misconceptions.",
    ),
    "samples": (lambda q: bool(q.get("samples")), "Sample answers."),
    "sources": (lambda q: bool(q.get("sources")), "Sources."),
    "validity": (
        lambda q: bool(q.get("valid_for") or q.get("last_verified")),
        "For which versions answers are right, and when they were last verified.",
    ),
}
"""Whether a question has something of a kind, and how that is told where it is left out."""

# Who leaves out the whole says nothing of its details.
_WITHIN = {
    "weights": "key points",
    "required": "key points",
    "derived": "key points",
    "phrasings": "key points",
    "misconception phrasings": "misconceptions",
}
_SETS = "Question sets, with their points, times and random slots."


def left_out(document: Mapping[str, Any], carried: Collection[str]) -> list[str]:
    """Tell what a document holds and a format does not carry.

    Parameters
    ----------
    carried : collection of str
        What the format does carry: ``sets``, and of the questions ``difficulty``,
        ``status``, ``topics``, ``tags``, ``references`` (all of them), ``key points``,
        ``weights``, ``required``, ``derived``, ``phrasings``, ``misconceptions``,
        ``misconception phrasings``, ``lines``, ``samples``, ``sources`` and ``validity``.

    Returns
    -------
    list of str
        A sentence for each kind of thing.
    """
    questions = document.get("questions", ())
    told = [
        words
        for part, (has, words) in _PARTS.items()
        if part not in carried
        and (part not in _WITHIN or _WITHIN[part] in carried)
        and any(map(has, questions))
    ]
    has_sets = document.get("sets") or document.get("authored_sets")
    return [*told, _SETS] if has_sets and "sets" not in carried else told

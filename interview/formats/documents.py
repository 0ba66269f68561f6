"""Documents to be written: native files as plain data, without what goes without saying.

Web processes write files, so nothing here needs the records of `interview.formats.native`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

FORMAT = "mock-interview-bank"
VERSION = 1

_QUESTION: dict[str, Any] = {
    "slug": "",
    "topic": None,
    "prompt": "",
    "status": "ready",
    "difficulty": "",
    "tags": [],
    "target_seconds": 0,
    "references": [],
    "key_points": [],
    "misconceptions": [],
    "samples": [],
    "sources": [],
    "valid_for": None,
    "last_verified": None,
}
"""Every field in its order, with what it is where it is not written."""

_INNER: dict[str, dict[str, Any]] = {
    "key_points": {"phrasings": [], "weight": 1, "required": False, "derived": False},
    "misconceptions": {"phrasings": []},
    "slots": {"question": None, "random": None, "count": 1, "points": 1, "seconds": None},
    "authored_sets": {"description": "", "slots": []},
}
_NO_POOL = {"topic": "", "tag": "", "difficulty": ""}


def questions(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the questions of a document, each with its topic."""
    for question in document.get("questions", ()):
        yield {**question, "topic": question.get("topic") or document.get("topic", "")}


def tidy(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give a document as JSON-safe data in the order of the format, defaults left out."""
    topic = document.get("topic", "")
    written: dict[str, Any] = {"format": FORMAT, "version": VERSION, "topic": topic}
    if document.get("questions"):
        written["questions"] = [tidy_question(one, topic) for one in document["questions"]]
    if document.get("sets"):
        written["sets"] = [{name: _plain(one[name]) for name in one} for one in document["sets"]]
    if document.get("authored_sets"):
        written["authored_sets"] = [tidy_set(one) for one in document["authored_sets"]]
    return written


def tidy_question(question: Mapping[str, Any], topic: str = "") -> dict[str, Any]:
    """Give one question so; its topic is left out where it is that of the file."""
    written = {}
    for name, default in _QUESTION.items():
        value = question.get(name, default)
        if value != default and not (name == "topic" and value == topic):
            written[name] = _items(name, value)
    return written


def tidy_set(one: Mapping[str, Any]) -> dict[str, Any]:
    """Give one authored set so."""
    (written,) = _items("authored_sets", [one])
    if "slots" in written:
        written["slots"] = [_slot(slot) for slot in written["slots"]]
    return dict(written)


def _slot(slot: Mapping[str, Any]) -> dict[str, Any]:
    (written,) = _items("slots", [slot])
    if "random" in written:
        pool = written["random"]
        written["random"] = {k: v for k, v in pool.items() if v != _NO_POOL.get(k)}
    return dict(written)


def _items(name: str, value: Any) -> Any:
    defaults = _INNER.get(name)
    if defaults is None:
        return _plain(value)
    return [{k: v for k, v in item.items() if v != defaults.get(k, ...)} for item in value]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value

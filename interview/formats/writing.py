"""Writing questions and sets in every format that can be written.

Web processes write, so no writer needs pydantic, YAML or a reader of Markdown or HTML.
"""

from collections.abc import Callable, Mapping
from typing import Any

from interview.formats import csv_writing, gift_writing, markdown_writing, native_writing
from interview.formats.moodle import writing as moodle_writing

Document = Mapping[str, Any]
"""A native file (`native.FileRecord`) as plain data."""

WRITERS = {
    "native": ("Mock Interview (YAML)", ".yaml", "application/yaml"),
    "native-json": ("Mock Interview (JSON)", ".json", "application/json"),
    "csv": ("CSV table for spreadsheet programs", ".csv", "text/csv"),
    "markdown": ("Article in Markdown", ".md", "text/markdown"),
    "gift": ("GIFT", ".gift", "text/plain"),
    "moodle": ("Moodle XML", ".xml", "application/xml"),
}
"""What can be written: a label, how the name of such a file ends, and its media type."""

_COMPLETE = ("native", "native-json", "moodle")
"""Formats that say which key points were derived."""

_WRITE: dict[str, Callable[[Document], str]] = {
    "native": native_writing.write,
    "native-json": native_writing.write_json,
    "csv": csv_writing.write,
    "markdown": markdown_writing.write,
    "gift": gift_writing.write,
    "moodle": moodle_writing.write,
}
_LOSSES: dict[str, Callable[[Document], list[str]]] = {
    "native": native_writing.losses,
    "native-json": native_writing.losses,
    "csv": csv_writing.losses,
    "markdown": markdown_writing.losses,
    "gift": gift_writing.losses,
    "moodle": moodle_writing.losses,
}


def write(document: Document, kind: str) -> str:
    """Write a document in one of `WRITERS`."""
    return _WRITE[kind](document if kind in _COMPLETE else _confirmed(document))


def losses(document: Document, kind: str) -> list[str]:
    """Say in sentences what one of `WRITERS` does not carry of a document."""
    return _LOSSES[kind](document)


def _confirmed(document: Document) -> Document:
    """The document without key points that were derived.

    Formats that cannot say so would bring them back as what an author has looked at; whoever
    reads them derives such points anew.
    """
    questions = [
        {**one, "key_points": [p for p in one.get("key_points", ()) if not p.get("derived")]}
        for one in document["questions"]
    ]
    return {**document, "questions": questions}

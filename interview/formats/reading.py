"""Reading a file of questions in whichever format it is."""

from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from types import ModuleType

from interview.formats.decoding import decode
from interview.formats.imported import FORMATS, MOST_QUESTIONS, Reading, Unreadable

_MODULES = {
    "native": "native_import",
    "moodle": "moodle.reader",
    "gift": "gift",
    "csv": "csv_bank",
    "article": "article.reader",
}
"""Where each format is read; the order in which they are asked whether a text is theirs."""

_ANYTHING = "article"
"""What a text is taken for that is in no other format."""

_SUFFIXES = {
    ".yaml": "native",
    ".yml": "native",
    ".json": "native",
    ".gift": "gift",
    ".csv": "csv",
    ".tsv": "csv",
    ".md": "article",
    ".markdown": "article",
    ".html": "article",
    ".htm": "article",
    ".xhtml": "article",
}


def read_file(data: bytes, name: str, kind: str = "") -> Reading:
    """Read the questions of a file.

    Parameters
    ----------
    name : str
        Of the file; its suffix is a hint.
    kind : str
        One of `FORMATS`; empty to find it out.

    Returns
    -------
    Reading
        Everything in the file, with what is to be said of it.

    Raises
    ------
    Unreadable
        When it is too large, no text, or holds nothing that could be imported.
    """
    if kind and kind not in FORMATS:
        raise Unreadable(f"“{kind}” is no format that can be read.")
    text, notices = decode(data)
    reader = _reader(kind or format_of(text, name))
    reading: Reading = reader.read(text, name)
    if len(reading.questions) > MOST_QUESTIONS:
        raise Unreadable(
            f"A file can have {MOST_QUESTIONS:,} questions; this one has "
            f"{len(reading.questions):,}. Send it in parts."
        )
    return replace(reading, notices=(*notices, *reading.notices))


def format_of(text: str, name: str) -> str:
    """Find out which of `FORMATS` a text is in: by its name's suffix, else by what it holds."""
    by_name = _SUFFIXES.get(PurePath(name).suffix.casefold())
    if by_name:
        return by_name
    structured = (kind for kind in _MODULES if kind != _ANYTHING)
    return next((kind for kind in structured if _reader(kind).looks_like(text, name)), _ANYTHING)


def _reader(kind: str) -> ModuleType:
    """The module that reads a format; it is loaded only where a file of it comes."""
    return import_module(f"interview.formats.{_MODULES[kind]}")

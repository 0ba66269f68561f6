"""Turning the bytes of a file into text, or saying what they are instead."""

import codecs
import re

from interview.formats.imported import LARGEST_BYTES, Notice, Unreadable

_MEGABYTE = 1_000_000
_SAVE_AS_TEXT = "Save it as text, Markdown, HTML, CSV, YAML or JSON and send that."
# How files of other kinds begin (their specifications' own magic numbers).
_OTHERS = {
    b"PK\x03\x04": "a ZIP archive; Word, spreadsheet and e-book files are ZIP archives too",
    b"PK\x05\x06": "an empty ZIP archive",
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF87a": "a picture",
    b"GIF89a": "a picture",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"Rar!": "a compressed file",
    b"\xd0\xcf\x11\xe0": "a document of an old office program",
    b"{\\rtf": "a rich text document",
    b"\x7fELF": "a program",
    b"SQLite format 3\0": "a database",
}
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
_SAMPLE = 4_096
_MANY, _FEW = 0.4, 0.05
"""Shares of NULs among every second byte: in UTF-16, Latin text has them on one side only."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROL = 0.01
_LOST = "\ufffd"
_LONGEST_CHARACTER = 4
_SHOWN = 40


def decode(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    """Turn a file into text with LF at the ends of its lines.

    It takes UTF-8 and UTF-16, with or without a byte order mark, and reads what is neither
    as Windows-1252.

    Returns
    -------
    tuple of str and tuple of Notice
        The text, and what had to be guessed or given up.

    Raises
    ------
    Unreadable
        When it is larger than 5 MB, empty, or no text.
    """
    if len(data) > LARGEST_BYTES:
        size = len(data) / _MEGABYTE
        raise Unreadable(f"A file can have 5 MB; this one has {size:.2f} MB. Send it in parts.")
    for begins, what in _OTHERS.items():
        if data.startswith(begins):
            raise Unreadable(f"This is no text, but {what}. {_SAVE_AS_TEXT}")
    text, notices = _characters(data)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip("\0 \n\t\ufeff"):
        raise Unreadable("There is nothing in this file.")
    text, more = _without_control(text)
    return text, (*notices, *more)


def _characters(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _wide(data, encoding)
    encoding = _unmarked_wide(data[:_SAMPLE])
    return _wide(data, encoding) if encoding else _bytewise(data)


def _unmarked_wide(sample: bytes) -> str:
    """Recognise UTF-16 without its mark by where the NULs of its Latin letters stand."""
    pairs = len(sample) // 2
    if not pairs:
        return ""
    left, right = (sample[side::2].count(0) / pairs for side in (0, 1))
    if right > _MANY and left < _FEW:
        return "utf-16-le"
    return "utf-16-be" if left > _MANY and right < _FEW else ""


def _wide(data: bytes, encoding: str) -> tuple[str, tuple[Notice, ...]]:
    return _told(data.decode(encoding, "replace"))


def _bytewise(data: bytes) -> tuple[str, tuple[Notice, ...]]:
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first = error.start
    text = data.decode("utf-8", "replace")
    whole = sum(not character.isascii() for character in text) - text.count(_LOST)
    cut = first >= len(data) - _LONGEST_CHARACTER
    if cut or whole > text.count(_LOST):
        return _told(text)
    line = data.count(b"\n", 0, first) + 1
    text = data.decode("cp1252", "replace")
    shown = " ".join(text.split("\n")[line - 1].split())[:_SHOWN]
    message = (
        "The file is not in UTF-8; it was read as Windows-1252. Look whether the letters are "
        f"right: the first that is not plain stands here, “{shown}”."
    )
    return text, (Notice("warning", line, message),)


def _told(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Say where the first characters are that could not be read."""
    at = text.find(_LOST)
    if at < 0:
        return text, ()
    line = text.count("\n", 0, at) + 1
    if at >= len(text) - 1:
        return text[:at], (
            Notice("warning", line, "The file ends within a character: its end may be missing."),
        )
    count = text.count(_LOST)
    many = "Characters" if count > 1 else "A character"
    return text, (
        Notice("warning", line, f"{many} could not be read ({count} in the file, first here)."),
    )


def _without_control(text: str) -> tuple[str, tuple[Notice, ...]]:
    """Drop stray control characters; many of them show that this is no text."""
    text = text.replace("\x0b", " ").replace("\x0c", " ")
    text = text.replace("\u2028", " ").replace("\u2029", " ").replace("\x85", " ")
    found = _CONTROL.search(text)
    if found is None:
        return text, ()
    count = len(_CONTROL.findall(text))
    line = text.count("\n", 0, found.start()) + 1
    if "\0" in text or count > max(1, _MOST_CONTROL * len(text)):
        raise Unreadable(f"This is no text: it holds bytes that no text has. {_SAVE_AS_TEXT}", line)
    message = "A control character was left out here."
    return _CONTROL.sub("", text), (Notice("warning", line, message),)

"""Tables of questions, one a row, as spreadsheet programs and other quiz makers write them.

The first row names the columns, in any order and case. Commas, semicolons or tabs part the
cells; what is found out is the same as for rosters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from interview.formats import delimited, naming
from interview.formats.cells import BYTE_ORDER_MARK, bare
from interview.formats.delimited import shown
from interview.formats.imported import MOST_QUESTIONS, Found, Notice, Reading, Unreadable
from interview.formats.limits import counted
from interview.formats.repeats import with_repeats

_NAMES = {
    "slug": ("id", "slug", "identifier"),
    "topic": ("topic", "category", "subject"),
    "status": ("status",),
    "difficulty": ("difficulty", "level"),
    "tags": ("tag", "tags", "label", "labels", "keywords"),
    "target_seconds": ("target seconds", "seconds", "time", "target time", "time limit"),
    "prompt": ("prompt", "question", "question text", "front"),
    "references": (
        *("answer", "answers", "reference", "references", "model answer", "reference answer"),
        *("sample answer", "expected answer", "back"),
    ),
    "key_points": ("key point", "key points", "keypoints"),
    "misconceptions": ("misconception", "misconceptions", "common mistake", "common mistakes"),
    "feedback": ("feedback", "misconception feedback"),
    "sources": ("source", "sources", "link", "links", "url"),
    "product": ("product", "valid for"),
    "from": ("from", "version from", "from version"),
    "to": ("to", "version to", "to version"),
    "last_verified": ("last verified", "verified", "checked"),
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names}
_SEVERAL = re.compile(r" ?\d{1,2}$")

_LEVELS = {
    "easy": ("easy", "beginner", "basic", "junior", "simple"),
    "medium": ("medium", "intermediate", "moderate"),
    "hard": ("hard", "advanced", "expert", "difficult"),
}
_DIFFICULTY = {name: level for level, names in _LEVELS.items() for name in names}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_HEADING_LENGTH = 10_000
_SECONDS = re.compile(r"(\d{1,5})(?: ?s(?:ec(?:onds)?)?)?", re.ASCII)


def field_of(cell: str) -> str:
    """Find what a column holds by its name; empty where it says nothing here."""
    words = re.sub(r"[\s_-]+", " ", cell.strip(" \t\r\n'\":").casefold())
    return _FIELDS.get(words) or _FIELDS.get(_SEVERAL.sub("", words), "")


def looks_like(text: str, name: str) -> bool:
    """Tell from its name or its first row whether a file is a table of questions."""
    if name.lower().endswith((".csv", ".tsv")):
        return True
    first = text.lstrip(BYTE_ORDER_MARK).lstrip().partition("\n")[0][:_HEADING_LENGTH]
    return any(
        "prompt" in (columns := {field_of(cell) for cell in first.split(mark)})
        and "references" in columns
        for mark in delimited.SEPARATORS
    )


def read(text: str, name: str) -> Reading:  # noqa: ARG001  as all readers are called
    """Read a table.

    Parameters
    ----------
    text : str
        The table, its first row naming the columns.
    name : str
        Of the file.

    Returns
    -------
    Reading
        A question for each row that holds one.

    Raises
    ------
    Unreadable
        When it is no table, or no column holds questions.
    """
    rows = delimited.rows(text.removeprefix(BYTE_ORDER_MARK), MOST_QUESTIONS + 1, _is_heading)
    notices: list[Notice] = []
    try:
        heading = next(rows, None)
        columns = _columns(heading, notices)
        questions = [*counted(_questions(rows, columns, notices))]
    except delimited.Unreadable as error:
        raise Unreadable(str(error), error.line) from error
    return Reading("csv", "", with_repeats(questions), tuple(notices))


def _is_heading(cell: str) -> int:
    return bool(field_of(cell))


def _columns(heading: tuple[int, list[str]] | None, notices: list[Notice]) -> list[str]:
    """Say what each column holds."""
    if heading is None:
        raise Unreadable("There is nothing in it. Its first row must name the columns.")
    line, cells = heading
    columns = [field_of(cell) for cell in cells]
    if "prompt" not in columns:
        raise Unreadable(
            "The first row must name the columns, and one of them must be “question”. It says: "
            f"{', '.join(shown(cell) for cell in cells if cell.strip())}.",
            line,
        )
    for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
        if not column and cell.strip():
            notices.append(Notice("warning", line, f"the column “{shown(cell)}” says nothing here"))
        elif column != "references" and column in columns[:place]:
            columns[place] = ""
            notices.append(Notice("error", line, f"the column “{shown(cell)}” is there twice"))
    return columns


def _questions(
    rows: Iterator[tuple[int, list[str]]], columns: Sequence[str], notices: list[Notice]
) -> Iterator[Found]:
    """Read row after row; where that cannot go on, what was read before stays."""
    try:
        for line, cells in rows:
            yield _Row(line, columns, cells).found()
    except delimited.Unreadable as error:
        notices.append(Notice("error", error.line, str(error)))


class _Row:
    """One row on its way to a question."""

    def __init__(self, line: int, columns: Sequence[str], cells: Sequence[str]) -> None:
        self._line = line
        self._notices: list[Notice] = []
        self._cells: dict[str, str] = {}
        self._references: list[str] = []
        for column, cell in zip(columns, cells, strict=False):
            text = bare(cell.replace("\r\n", "\n"))
            if column == "references" and text.strip():
                self._references.append(_trimmed(text))
            elif text.strip():
                self._cells[column] = text
        if any(cell.strip() for cell in cells[len(columns) :]):
            self._note("error", "has more cells than the first row names columns")

    def found(self) -> Found:
        cells = self._cells
        fields: dict[str, Any] = {"prompt": _trimmed(cells.get("prompt", ""))}
        fields["references"] = self._references
        fields |= {n: cells[n].strip() for n in ("slug", "topic", "last_verified") if n in cells}
        fields |= {**self._words(), **self._lists()}
        valid = {n: cells[n].strip() for n in ("product", "from", "to") if n in cells}
        if valid:
            fields["valid_for"] = valid
        return Found(self._line, fields, tuple(self._notices))

    def _words(self) -> dict[str, Any]:
        """Read cells of which only some words are understood."""
        told: dict[str, Any] = {}
        for name, read_word in _WORDS.items():
            cell = self._cells.get(name, "").strip()
            value = read_word(cell.casefold())
            if value is not None:
                told[name] = value
            elif cell:
                what = name.replace("_", " ")
                self._note("warning", f"“{shown(cell)}” is no {what}; it is left out")
        return told

    def _lists(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if tags := parts(self._cells.get("tags", ""), ",;|"):
            told["tags"] = list(dict.fromkeys(tags))
        if points := parts(self._cells.get("key_points", ""), "|"):
            told["key_points"] = naming.key_points(points)
        if mistakes := parts(self._cells.get("misconceptions", ""), "|"):
            feedback = parts(self._cells.get("feedback", ""), "|")
            feedback += [""] * (len(mistakes) - len(feedback))
            told["misconceptions"] = naming.misconceptions(zip(mistakes, feedback, strict=False))
        named = parts(self._cells.get("sources", ""), "|")
        if sources := [one for text in named for one in self._source(text)]:
            told["sources"] = sources
        return told

    def _source(self, text: str) -> Iterator[dict[str, str]]:
        title, mark, address = text.removesuffix(">").rpartition(" <")
        if not mark:
            title, mark, rest = text.partition("http")
            title, address = title.rstrip(" \t:,-<"), f"{mark}{rest}".removesuffix(">")
        if _ADDRESS.fullmatch(address):
            yield {"title": title or address, "url": address}
        else:
            self._note("warning", f"“{shown(text)}” has no address; it is left out of the sources")

    def _note(self, kind: Any, message: str) -> None:
        self._notices.append(Notice(kind, self._line, message))


def _seconds(cell: str) -> int | None:
    match = _SECONDS.fullmatch(cell)
    return int(match[1]) if match else None


_WORDS: dict[str, Callable[[str], Any]] = {
    "difficulty": _DIFFICULTY.get,
    "status": {name: name for name in ("draft", "ready", "retired")}.get,
    "target_seconds": _seconds,
}


def _trimmed(text: str) -> str:
    """Take off what means nothing; blanks before the first word may mean code."""
    return text.lstrip("\n").rstrip()


def parts(cell: str, marks: str) -> list[str]:
    """Part a cell by its lines or, where it has only one, by any of some marks."""
    pieces = cell.split("\n") if "\n" in cell else re.split(f"[{re.escape(marks)}]", cell)
    return [piece.strip() for piece in pieces if piece.strip()]

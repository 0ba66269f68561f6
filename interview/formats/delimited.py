"""Tables as text: decoded, and parted into rows of cells with the lines they begin on."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator

LARGEST_BYTES = 5 * 1024 * 1024
MOST_CELLS = 100
SEPARATORS = ",;\t"

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SHOWN = 60
_LINES_A_ROW = 20
"""More lines than that are not read to the end: a file of line ends takes long for nothing."""

_TOO_LONG = "A cell of this row is too long: it has more than 130,000 characters."
_QUOTES = (
    "The quotation marks of this row do not match, so nothing after it can be read. "
    'A cell that holds a " stands in quotation marks, and has it twice: "Ann ""Nan"" Lee".'
)


class Unreadable(ValueError):
    """The whole text cannot be read; the message says why.

    Attributes
    ----------
    line : int
        From 1; 0 where it is no line's fault.
    """

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def decode(data: bytes) -> str:
    """Turn a file into text: UTF-8 with or without its mark, or UTF-16 with it.

    Raises
    ------
    Unreadable
        When it is too large, no text, or text in another encoding.
    """
    if len(data) > LARGEST_BYTES:
        raise Unreadable(0, too_large(len(data)))
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(
            line,
            "This is no text in UTF-8 or UTF-16. Save the table as “CSV UTF-8” and try again.",
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(line, "This is no text file. Save the table as “CSV UTF-8” and try again.")
    return text


def too_large(size: int) -> str:
    """Say that so many bytes are too many."""
    return f"A file can have 5 MB; this one has {size / 1024 / 1024:.2f} MB. Send it in parts."


def rows(text: str, most: int, is_heading: Callable[[str], int]) -> Iterator[tuple[int, list[str]]]:
    """Part a table into its rows; empty ones are left out.

    Parameters
    ----------
    most : int
        How many rows it can have, its heading apart.
    is_heading : callable
        Whether a cell names a column: cells are parted by what makes most of the first
        line's cells do so.

    Yields
    ------
    tuple of int and list of str
        The line on which a row begins, from 1, and its cells.

    Raises
    ------
    Unreadable
        When it is larger than 5 MB, has too many rows, or its quotation marks do not match.
    """
    if (size := len(text.encode("utf-8", "replace"))) > LARGEST_BYTES:
        raise Unreadable(0, too_large(size))
    mark, quote, skipped = _separator(text, is_heading)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, quotechar=quote, strict=True)
    line, count = 1, 0
    try:
        for cells in reader:
            if line > skipped and any(cell.strip() for cell in cells):
                count += 1
                if count > most + 1 or len(cells) > MOST_CELLS:
                    raise Unreadable(line, _too_many(most, cells))
                yield line, cells
            line = reader.line_num + 1
            if line > _LINES_A_ROW * most:
                raise Unreadable(line, "Most lines of it are empty. Take them out.")
    except csv.Error as error:
        raise Unreadable(line, _TOO_LONG if "limit" in str(error) else _QUOTES) from error


def _too_many(most: int, cells: list[str]) -> str:
    if len(cells) > MOST_CELLS:
        return f"A row can have {MOST_CELLS} cells; this one has {len(cells):,}."
    return f"There can be {most:,} rows. Send them in parts."


def _separator(text: str, is_heading: Callable[[str], int]) -> tuple[str, str, int]:
    """Find what parts the cells and what quotes them, and how many lines say nothing else."""
    lines = io.StringIO(text)
    first = next(lines, "")
    if first.lower().startswith("sep=") and first[4:5] in SEPARATORS:
        # Spreadsheet programs write and read such a line.
        return first[4:5] or ",", '"', 1
    heading = first if first.strip() else next((line for line in lines if line.strip()), "")
    known = {mark: sum(map(is_heading, heading.split(mark, MOST_CELLS))) for mark in SEPARATORS}
    mark = max(SEPARATORS, key=lambda mark: known[mark])
    return mark, "'" if heading.startswith("'") and f"'{mark}" in heading else '"', 0


def shown(text: str) -> str:
    """A cell as a message quotes it: on one line, and not too long."""
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"

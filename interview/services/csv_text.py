"""Tables as files for spreadsheet programs."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for the local code page."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet program would compute (OWASP, CSV injection)."""


def lines(rows: Iterable[Sequence[Any]]) -> str:
    """Write rows as CSV, text that a program would compute made harmless."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> Any:
    """Keep a spreadsheet program from computing what somebody typed."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value

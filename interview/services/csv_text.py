"""Tables as files for spreadsheet programs."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from interview.formats.cells import BYTE_ORDER_MARK, guarded

__all__ = ["BYTE_ORDER_MARK", "lines"]


def lines(rows: Iterable[Sequence[Any]]) -> str:
    """Write rows as CSV, text that a program would compute made harmless."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(value) for value in row] for row in rows)
    return text.getvalue()

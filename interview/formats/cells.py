"""Cells of tables: text that a spreadsheet program would compute, made harmless and read back."""

import re
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
"""Without it spreadsheet programs take UTF-8 for the local code page."""

# How a cell begins that would be computed (OWASP, CSV injection), with any signs that keep
# it from that already: they get one more, so that reading gives back what was there.
_COMPUTED = re.compile(r"'*[=+\-@\t\r]")


def guarded(value: Any) -> Any:
    """Keep a spreadsheet program from computing what somebody typed."""
    if isinstance(value, str) and _COMPUTED.match(value):
        return f"'{value}"
    return value


def bare(cell: str) -> str:
    """Take off the sign that keeps a cell from being computed."""
    return cell[1:] if cell[:1] == "'" and _COMPUTED.match(cell) else cell

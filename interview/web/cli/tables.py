"""Plain-text tables with aligned columns."""

import math
from collections.abc import Sequence

NOTHING = "–"


def table(rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Align rows of cells; the first `left` columns to the left, numbers to the right.

    Parameters
    ----------
    rows : sequence of sequence of str
        All of equal length, the head first.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def number(value: float | None, digits: int = 3) -> str:
    """Write a number; a dash stands for one that is not there."""
    return NOTHING if value is None or math.isnan(value) else f"{value:.{digits}f}"


def signed(value: float, digits: int = 3) -> str:
    """Write a number with its sign."""
    return NOTHING if math.isnan(value) else f"{value:+.{digits}f}"


def share(value: float | None) -> str:
    """Write a share in per cent."""
    return NOTHING if value is None or math.isnan(value) else f"{value:.0%}"


def cut(text: str, width: int) -> str:
    """Shorten a text to `width` characters."""
    return text if len(text) <= width else text[: width - 1] + "…"

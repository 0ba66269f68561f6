"""A figure with its spread, and the table that they are printed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Attributes
    ----------
    row : str
        Number of the row in the list of targets.
    value : str
        Median, then least and most of the rounds.
    """

    row: str
    name: str
    value: str
    target: str
    note: str = ""


def spread(values: Sequence[float], unit: str = "", digits: int = 2) -> str:
    """Write median (min to max) of some rounds."""
    low, high = min(values), max(values)
    return f"{median(values):.{digits}f}{unit} ({low:.{digits}f} to {high:.{digits}f})"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(figures: Sequence[Figure]) -> str:
    """Lay figures out in columns."""
    rows = [("row", "figure", "measured", "target", "")]
    rows += [(f.row, f.name, f.value, f.target, f.note) for f in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)

"""Where the marks of the figures' charts go; templates draw them and the stylesheet paints.

Places along a chart are percentages of its width, as in `interview.web.charts`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interview.services.analytics.records import AssignmentLine, PointLine
from interview.web.charts import TREND_HEIGHT, TREND_TOP, Dot

HEIGHT = 96.0
"""Pixels of the highest column."""

TOP = 18.0
"""Pixels above it, for its number."""

_LEFT, _WIDTH = 8.0, 88.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a histogram: per cent along the chart, pixels down it."""

    x: float
    width: float
    y: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Piece:
    """One verdict's part of a bar, in per cent of the bar."""

    verdict: str
    x: float
    width: float


def columns(counts: Sequence[int]) -> tuple[Column, ...]:
    """Lay out a histogram, the highest column as high as the chart."""
    most = max([*counts, 1])
    width = 100 / len(counts)
    return tuple(
        Column(
            x=round(place * width, 2),
            width=round(width, 2),
            y=round(TOP + HEIGHT * (1 - count / most), 1),
            height=round(HEIGHT * count / most, 1),
            count=count,
        )
        for place, count in enumerate(counts)
    )


def means(lines: Sequence[AssignmentLine]) -> tuple[Dot, ...]:
    """Lay out means in their order; assignments of too few scores leave a gap without a dot."""
    step = _WIDTH / max(len(lines) - 1, 1)
    return tuple(
        Dot(
            x=round(_LEFT + step * place, 2),
            y=round(TREND_TOP + TREND_HEIGHT * (1 - line.mean.shown), 1),
        )
        for place, line in enumerate(lines)
        if line.mean.shown is not None
    )


def pieces(line: PointLine) -> tuple[Piece, ...]:
    """Lay out the verdicts on a key point along one bar."""
    laid, start = [], 0.0
    for verdict, count in line.counts:
        width = 100 * count / max(line.n, 1)
        if count:
            laid.append(Piece(verdict, round(start, 2), round(width, 2)))
        start += width
    return tuple(laid)

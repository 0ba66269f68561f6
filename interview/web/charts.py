"""Where the marks of the progress charts go; templates draw them and the stylesheet paints.

Places along a chart are percentages of its width, so that one drawing fits a phone and a
projector and its words keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from interview.services.progress import Mastery, Result

ROW_HEIGHT = 40
"""Pixels for one bar and the words above it."""

MOST_BARS = 10
"""Bars in a picture; its table has the rest."""

TREND_TOP, TREND_HEIGHT = 14.0, 120.0
"""Pixels above the line for 100 %, and from there down to 0 %."""

_TREND_LEFT, _TREND_WIDTH = 8.0, 88.0
_LONGEST_LABEL = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Attributes
    ----------
    y : int
        Its upper edge in pixels, words included.
    share : float
        Its length, 0 to 100.
    """

    label: str
    y: int
    share: float
    questions: int


@dataclass(frozen=True, slots=True)
class Dot:
    """One attempt on the trend: per cent along the chart, pixels down it."""

    x: float
    y: float


def bars(masteries: Sequence[Mastery]) -> tuple[Bar, ...]:
    """Lay out bars one below the other; those past `MOST_BARS` are left to the table."""
    return tuple(
        Bar(_shortened(one.name), ROW_HEIGHT * row, round(100 * one.mean, 1), one.questions)
        for row, one in enumerate(masteries[:MOST_BARS])
    )


def trend(results: Sequence[Result]) -> tuple[Dot, ...]:
    """Lay out scores along a line, evenly spaced, in their order."""
    step = _TREND_WIDTH / max(len(results) - 1, 1)
    return tuple(
        Dot(
            x=round(_TREND_LEFT + step * place, 2),
            y=round(TREND_TOP + TREND_HEIGHT * (1 - result.score), 1),
        )
        for place, result in enumerate(results)
    )


def _shortened(label: str) -> str:
    """Cut a name that would run into its own figure on a phone."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"

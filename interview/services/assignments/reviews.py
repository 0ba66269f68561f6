"""What learners are shown of their graded answers, and when: the usual choices, and one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interview.rules.access import When
from interview.services.assignments.policies import PARTS
from interview.services.assignments.walls import Walls, wall_of
from interview.store.types import AnyRow as Row

USUAL, AFTER_CLOSE, AFTER_EACH, OWN = REVIEWS = ("usual", "close", "each", "own")
WHENS = tuple(when.value for when in When)

_NEEDS_CLOSE = "“After close” needs a closing time: set one, or choose another moment."


@dataclass(frozen=True, slots=True)
class Shown:
    """From when one part is shown.

    Attributes
    ----------
    when : str
        One of `WHENS`.
    on : datetime or None
        The date that ``date`` stands for, on the wall clock of the assignment's zone.
    """

    when: str
    on: datetime | None = None


def usual(*, closes: bool) -> dict[str, Shown]:
    """Score, own answer and key points once an attempt is over, the reference after close.

    Where an assignment never closes, the reference comes with the rest: nobody would be
    waiting for it.
    """
    reference = When.CLOSE if closes else When.FINISH
    return {part: Shown(When.FINISH) for part in PARTS} | {"reference": Shown(reference)}


def chosen(review: str, own: Mapping[str, Shown], *, closes: bool) -> Mapping[str, Shown]:
    """What one of `REVIEWS` stands for."""
    if review == USUAL:
        return usual(closes=closes)
    if review == OWN:
        return own
    when = When.CLOSE if review == AFTER_CLOSE else When.EACH
    return {part: Shown(when) for part in PARTS}


def columns_of(
    review: str, own: Mapping[str, Shown], walls: Walls, present: Row | None, *, closes: bool
) -> dict[str, Any]:
    """Make a choice into the columns of an assignment, telling `walls` what is wrong.

    Parameters
    ----------
    present : Row or None
        The assignment as it is.
    closes : bool
        Whether it has a closing time.
    """
    columns: dict[str, Any] = {}
    for part, shown in chosen(review, own, closes=closes).items():
        field = f"{part}_when" if review == OWN else "review"
        if shown.when == When.CLOSE and not closes:
            walls.problems[field] = _NEEDS_CLOSE
        columns[f"{part}_when"] = shown.when
        columns[f"{part}_from"] = None
        if shown.when == When.DATE:
            was = getattr(present, f"{part}_from", None)
            columns[f"{part}_from"] = walls.read(f"{part}_on", shown.on, was)
            if shown.on is None:
                walls.problems[f"{part}_on"] = "Say from which date."
    return columns


def own_of(row: Row) -> dict[str, Shown]:
    """The parts of a kept assignment, as a form shows them."""
    dates = {part: getattr(row, f"{part}_from") for part in PARTS}
    return {
        part: Shown(
            getattr(row, f"{part}_when"),
            wall_of(dates[part], row.time_zone) if dates[part] else None,
        )
        for part in PARTS
    }


def review_of(row: Row) -> str:
    """Which of `REVIEWS` a kept assignment's policy is."""
    own = own_of(row)
    closes = row.closes_at is not None
    known = (one for one in REVIEWS if one != OWN)
    return next((one for one in known if chosen(one, {}, closes=closes) == own), OWN)

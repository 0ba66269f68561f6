"""How many questions there are to draw from, for each random slot of a set."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from interview.services.bank import tags_of
from interview.services.sets.records import MOST_QUESTIONS, Supply
from interview.store import set_reads
from interview.store.db import db
from interview.store.drawing import Pool
from interview.store.types import AnyRow as Row

COUNTED = MOST_QUESTIONS
"""Counting stops here: an attempt never has more questions, so that more cannot run out."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What a random slot asks for."""

    pool: Pool
    count: int


def supplies(draws: Sequence[Draw], fixed: Collection[int]) -> tuple[Supply, ...]:
    """Say for each draw, in the order in which they are made, what there is.

    Parameters
    ----------
    fixed : collection of int
        Questions that are asked in another place, so that they are not drawn.
    """
    pools = list(dict.fromkeys(draw.pool for draw in draws))
    found: dict[Pool, list[Row]] = {pool: [] for pool in pools}
    for row in set_reads.supply(db.session(), pools, fixed, COUNTED):
        found[pools[row.place]].append(row)
    tags = _tags_of_scarce(draws, found)
    return tuple(_supply(found[draw.pool], draws[:place], tags) for place, draw in enumerate(draws))


def _tags_of_scarce(
    draws: Sequence[Draw], found: Mapping[Pool, Sequence[Row]]
) -> dict[int, tuple[str, ...]]:
    """Tags of the questions that another slot might take away."""
    if len(draws) == 1 or not any(draw.pool.tag for draw in draws):
        return {}
    return tags_of({row.id for rows in found.values() if len(rows) < COUNTED for row in rows})


def _supply(
    rows: Sequence[Row], before: Sequence[Draw], tags: Mapping[int, tuple[str, ...]]
) -> Supply:
    mean = sum(row.target_seconds for row in rows) / len(rows) if rows else 0.0
    is_all = len(rows) < COUNTED
    left = len(rows)
    if is_all:
        left -= min(left, sum(_taken(one, rows, tags) for one in before))
    return Supply(len(rows), is_all, left, mean)


def _taken(draw: Draw, rows: Sequence[Row], tags: Mapping[int, tuple[str, ...]]) -> int:
    """How many of some questions a draw takes away at most."""
    return min(draw.count, sum(_holds(draw.pool, row, tags.get(row.id, ())) for row in rows))


def _holds(pool: Pool, row: Row, tags: Collection[str]) -> bool:
    return (
        pool.topic in ("", row.topic)
        and pool.difficulty in ("", row.difficulty)
        and (not pool.tag or pool.tag in tags)
    )

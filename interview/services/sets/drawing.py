"""Which questions an attempt at a published set asks."""

from dataclasses import dataclass
from random import Random
from typing import Any

from interview.store import drawing
from interview.store.db import db
from interview.store.drawing import Pool


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of an attempt.

    Attributes
    ----------
    points : float
        What it is worth.
    seconds : int or None
        Its own limit; none where the slot has none.
    """

    version_id: int
    points: float
    seconds: int | None


def draw(content: dict[str, Any], owner_id: int, random: Random) -> tuple[Drawn, ...]:
    """Choose the questions of one attempt, in the order of the slots.

    Parameters
    ----------
    content : dict
        Of a `SetVersion`.
    owner_id : int
        Whose set it is: random slots draw what they may ask.
    random : Random
        Where the chance comes from; two attempts need two different ones.

    Returns
    -------
    tuple of Drawn
        Fixed slots as they were published, even where the question was retired since. Random
        slots take ready questions, none twice and none that a fixed slot asks, each in its
        newest version that is not newer than the publication. There are fewer where the bank
        has fewer.
    """
    slots, bound = content["slots"], content["bound"]
    taken = {slot["question_id"] for slot in slots if slot["kind"] == "fixed"}
    drawn: list[Drawn] = []
    for slot in slots:
        if slot["kind"] == "fixed":
            versions = [slot["version_id"]]
        else:
            pool = Pool(slot["topic"], slot["tag"], slot["difficulty"], bound, owner_id)
            rows = drawing.draw_from(db.session(), pool, slot["count"], random, taken)
            taken |= {row.id for row in rows}
            versions = [row.version_id for row in rows]
        drawn += [Drawn(version, slot["points"], slot["seconds"]) for version in versions]
    return tuple(drawn)

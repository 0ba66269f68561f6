"""The topics of the bank, to draw questions from."""

from dataclasses import dataclass

from interview.store import drawing
from interview.store.db import db


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the bank with the difficulties that it has questions of."""

    name: str
    difficulties: tuple[str, ...]


def topics() -> tuple[Topic, ...]:
    """Every topic that has ready questions."""
    found: dict[str, list[str]] = {}
    for name, difficulty in db.session.execute(drawing.TOPICS):
        found.setdefault(name, []).append(difficulty)
    order = ("easy", "medium", "hard").index
    return tuple(Topic(name, tuple(sorted(has, key=order))) for name, has in found.items())

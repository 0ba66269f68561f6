"""What an instructor looks for in the bank, or has drawn from it."""

from dataclasses import dataclass

from interview.rules.typed import clean
from interview.store.drawing import Pool

LONGEST = 100
"""Characters of a topic, a tag or a search."""


def described(text: str) -> str:
    """Typed text as the bank can be searched for it."""
    return clean(text).text.strip()[:LONGEST]


@dataclass(frozen=True, slots=True)
class Pick:
    """What a random slot draws; a topic, a tag or a difficulty that is empty is any."""

    topic: str
    tag: str
    difficulty: str
    count: int
    points: float = 1.0
    seconds: int | None = None

    def pool(self, owner_id: int) -> Pool:
        """The questions that it draws from for the owner of a set."""
        return Pool(self.topic, self.tag, self.difficulty, reader_id=owner_id)

"""Where a list of people goes on: the key of the person who was last seen."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.rules.typed import clean
from interview.services.attempts.loading import LARGEST

_CURSOR = re.compile(r"([01])\.(\d{1,10})\.(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two people of a list.

    Attributes
    ----------
    part : int
        0 or 1: a list may put some of its people first.
    value : str
        What each part is ordered by, as a text; mostly the name.
    """

    part: int
    user_id: int
    value: str

    def __str__(self) -> str:
        return f"{self.part}.{self.user_id}.{self.value}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read what `str` wrote.

        Raises
        ------
        ValueError
            When it was never a cursor.
        """
        found = _CURSOR.fullmatch(text)
        if found is None or int(found[2]) > LARGEST or clean(text).replaced:
            raise ValueError("not a place in the list")
        return cls(int(found[1]), int(found[2]), found[3])

    def comes_before(self, *order: Any) -> sa.ColumnElement[bool]:
        """Whether a line comes after this one, by its part, name and number."""
        key = (self.part, self.value, self.user_id)
        return sa.tuple_(*order) > sa.tuple_(*map(sa.literal, key))

"""Where a list of learners goes on that puts some of them first."""

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

_CURSOR = re.compile(r"([01])\.(\d{1,9})\.(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two learners of a list: the one who was last seen.

    Attributes
    ----------
    rank : int
        0 for those who come first, 1 for the others; both are in the order of names.
    """

    rank: int
    user_id: int
    sort_name: str

    def __str__(self) -> str:
        return f"{self.rank}.{self.user_id}.{self.sort_name}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read what `str` wrote.

        Raises
        ------
        ValueError
            When it was never a cursor.
        """
        found = _CURSOR.fullmatch(text)
        if found is None or "\x00" in text:
            raise ValueError("not a place in the list")
        return cls(int(found[1]), int(found[2]), found[3])

    def comes_before(self, *order: Any) -> sa.ColumnElement[bool]:
        """Whether a line comes after this one, by its rank, name and number."""
        key = (self.rank, self.sort_name, self.user_id)
        return sa.tuple_(*order) > sa.tuple_(*map(sa.literal, key))

"""Which people of a class to list, and where in the list to read on."""

from dataclasses import dataclass

from interview.rules.typed import clean
from interview.services.attempts.loading import LARGEST

NO_GROUP = "-"
"""Stands for “in no group” among the filters."""

_PARTS = 2


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place between two members: the one that was last seen."""

    sort_name: str
    user_id: int

    def __str__(self) -> str:
        return f"{self.user_id}.{self.sort_name}"

    @classmethod
    def parse(cls, text: str) -> "Cursor":
        """Read what `str` wrote.

        Raises
        ------
        ValueError
            When it was never a cursor.
        """
        parts = clean(text).text.split(".", 1)
        if len(parts) < _PARTS or not (parts[0].isdecimal() and int(parts[0]) <= LARGEST):
            raise ValueError("not a place in the list")
        return cls(parts[1], int(parts[0]))


@dataclass(frozen=True, slots=True)
class PeopleFilters:
    """Which members to list; all of it must fit.

    Attributes
    ----------
    name : str
        Part of the name; empty for any.
    group : str
        Name of the group, `NO_GROUP`, or empty for any.
    role : str
        Empty for any.
    """

    name: str = ""
    group: str = ""
    role: str = ""

    @property
    def any(self) -> bool:
        """Whether the list is narrowed down at all."""
        return bool(self.name or self.group or self.role)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in the list to read on: after a member, before one, or from the start."""

    after: Cursor | None = None
    before: Cursor | None = None

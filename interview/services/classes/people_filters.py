"""Which people of a class to list, and where in the list to read on."""

from dataclasses import dataclass

from interview.services.cursors import Cursor

NO_GROUP = "-"
"""Stands for “in no group” among the filters."""


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

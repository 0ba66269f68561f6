"""Rosters as tables: who is to be invited to a class, one person a row.

The first row names the columns, in any order and case: ``name`` and ``email``, and where
wanted ``role``, ``group`` and ``time_factor``. Commas, semicolons or tabs part the cells.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from interview.formats.cells import bare
from interview.formats.delimited import Unreadable, rows, shown

MOST_ROWS = 5_000
GROUP_MOST = 60
LEAST_FACTOR, MOST_FACTOR = 1.0, 10.0
ROLES = ("learner", "assistant", "instructor")
COLUMNS = ("name", "email", "role", "group", "time_factor")

_MISSING = {"name": "There is no name.", "email": "There is no email address."}
_LONGEST = 500
"""More characters than any cell can have; what checks a cell closely is spared the rest."""

_ALSO = {"e_mail": "email"}
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{0,9})?", re.ASCII)

Cleaner = Callable[[str], str]
"""Puts a cell into its one form; raises ValueError, whose words are shown, where it cannot."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as the roster has them.

    Attributes
    ----------
    line : int
        On which the row begins, from 1.
    role, group, time_factor : str or float, or None
        None where the roster has no such column; an empty cell is the usual value:
        ``learner``, no group and 1.
    """

    line: int
    name: str
    email: str
    role: str | None = None
    group: str | None = None
    time_factor: float | None = None


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that is wrong, and what would be right."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a text holds.

    Attributes
    ----------
    rows : tuple of RosterRow
        Those without a problem.
    problems : tuple of CellProblem
        By line.
    ignored : tuple of str
        Columns that say nothing here.
    """

    rows: tuple[RosterRow, ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...] = ()


def read(text: str, address: Cleaner, name: Cleaner) -> Roster:
    """Read and check a roster.

    Parameters
    ----------
    text : str
        The table.
    address : callable
        Puts an address into the form that accounts are found by.
    name : callable
        Puts a person's name on one line.

    Returns
    -------
    Roster
        The rows that are right, and what is wrong with the others.

    Raises
    ------
    Unreadable
        When it is no table, lacks a column that is needed, or is too large.
    """
    records = rows(text.removeprefix("\ufeff"), MOST_ROWS, lambda cell: _column(cell) in COLUMNS)
    heading = next(records, None)
    if heading is None:
        raise Unreadable(0, "There is nothing in it. Its first row must name the columns.")
    places, ignored = _places(*heading)
    checks = _Checks(places, len(heading[1]), {"name": name, "email": address, **_CLEAN})
    for line, cells in records:
        checks.take(line, cells)
    return Roster(tuple(checks.rows), tuple(checks.problems), ignored)


def _column(cell: str) -> str:
    words = cell.strip().strip('"').replace("-", " ").replace("_", " ").casefold().split()
    name = "_".join(words)
    return _ALSO.get(name, name)


def _places(line: int, cells: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Find where each column stands, and which are none of ours."""
    places: dict[str, int] = {}
    ignored = []
    for place, cell in enumerate(cells):
        column = _column(cell)
        if column in places:
            raise Unreadable(line, f"The column “{column}” is there twice.")
        if column in COLUMNS:
            places[column] = place
        elif cell.strip():
            ignored.append(shown(cell))
    missing = [f"“{column}”" for column in _MISSING if column not in places]
    if missing:
        raise Unreadable(
            line,
            f"The first row must name the columns; there is no {' and no '.join(missing)}. "
            f"Columns are: {', '.join(COLUMNS)}.",
        )
    return places, tuple(ignored)


class _Checks:
    """Takes row after row, and remembers which addresses were seen on which line."""

    def __init__(
        self, places: dict[str, int], width: int, clean: dict[str, Callable[[str], Any]]
    ) -> None:
        self.rows: list[RosterRow] = []
        self.problems: list[CellProblem] = []
        self._places, self._width, self._clean = places, width, clean
        self._first: dict[str, int] = {}
        self._groups: dict[str, str] = {}

    def take(self, line: int, cells: Sequence[str]) -> None:
        if any(cell.strip() for cell in cells[self._width :]):
            self._note(line, "row", "There are more cells than the first row names columns.")
            return
        found = len(self.problems)
        values = {
            column: self._value(line, column, cells[place] if place < len(cells) else "")
            for column, place in self._places.items()
        }
        self._note_repeat(line, values["email"])
        if len(self.problems) == found:
            if values.get("group"):
                # The first spelling of a group is that of all.
                values["group"] = self._groups.setdefault(
                    values["group"].casefold(), values["group"]
                )
            self.rows.append(RosterRow(line=line, **values))

    def _value(self, line: int, column: str, cell: str) -> Any:
        stripped = bare(cell.strip())
        if not stripped and column in _MISSING:
            self._note(line, column, _MISSING[column])
            return None
        try:
            if len(stripped) > _LONGEST:
                raise ValueError(f"“{shown(stripped)}” is too long: {len(stripped):,} characters.")
            return self._clean[column](stripped)
        except ValueError as error:
            self._note(line, column, str(error))
            return None

    def _note_repeat(self, line: int, email: str | None) -> None:
        if email is None:
            return
        first = self._first.setdefault(email, line)
        if first != line:
            self._note(line, "email", f"“{shown(email)}” stands on line {first} already.")

    def _note(self, line: int, column: str, message: str) -> None:
        self.problems.append(CellProblem(line, column, message))


def _role(cell: str) -> str:
    role = cell.casefold() or ROLES[0]
    if role not in ROLES:
        raise ValueError(f"“{shown(cell)}” is no role. A role is one of: {', '.join(ROLES)}.")
    return role


def group_title(text: str) -> str:
    """Put the name of a group on one line.

    Raises
    ------
    ValueError
        When it is too long.
    """
    title = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(title) > GROUP_MOST:
        raise ValueError(
            f"A group's name can have {GROUP_MOST} characters; this one has {len(title)}."
        )
    return title


def time_factor(text: str) -> float:
    """Read by how much a person's time is stretched, written with a point or a comma.

    Raises
    ------
    ValueError
        When it is no number from 1 to 10.
    """
    found = _NUMBER.fullmatch(text.strip())
    factor = float(found[0].replace(",", ".")) if found else 0.0
    if not LEAST_FACTOR <= factor <= MOST_FACTOR:
        raise ValueError(
            f"“{shown(text)}” is no time factor. Write a number from 1 to 10, such as 1.5."
        )
    return factor


def _factor(cell: str) -> float:
    return time_factor(cell) if cell else LEAST_FACTOR


_CLEAN: dict[str, Callable[[str], Any]] = {
    "role": _role,
    "group": group_title,
    "time_factor": _factor,
}

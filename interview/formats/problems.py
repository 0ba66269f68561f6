"""What keeps a bank from being loaded, said so that its author can find and mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, and where.

    Attributes
    ----------
    line : int
        From 1; 0 where the file itself is the problem.
    field : str
        Such as ``questions[3].key_points[0].weight``; empty for the whole file.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.message) if part)


class BrokenBank(Exception):
    """A bank that cannot be loaded.

    Attributes
    ----------
    problems : tuple of Problem
        All that were found, by file and line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))

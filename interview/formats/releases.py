"""Names of releases ("5.2", "6.x", "2024"), as far as they can be put in order."""

import re

_PART = re.compile(r"\d+|x\b")
_YEAR = re.compile(r"(19|20)\d\d")


def _release(name: str) -> tuple[float, ...]:
    """Make "5.2" and "6.x" comparable; any release of a series may be meant by its x."""
    return tuple(float("inf") if part == "x" else float(part) for part in _PART.findall(name))


def in_order(first: str, last: str) -> bool:
    """Whether one release does not come after another."""
    return _release(first) <= _release(last)


def begins_after(first: str, year: int) -> bool:
    """Whether a release that is named after its year is of a later one."""
    return _YEAR.fullmatch(first) is not None and int(first) > year

"""Names for new questions that no other question has."""

from collections.abc import Collection, Sequence
from secrets import token_hex

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.bank import Question

_CHUNK = 500
_LONGEST = 90
_COUNTED = 5
"""Numbers that are tried after a name before chance decides."""


def unused(session: Session, wanted: Sequence[str]) -> list[str]:
    """Give each question a name of its own.

    Parameters
    ----------
    wanted : sequence of str
        As a file names them, or as made from their prompts; some may be equal.

    Returns
    -------
    list of str
        In the same order: the name itself where nobody has it, else with a number or, where
        those are taken as well, with random letters.
    """
    given: dict[int, str] = {}
    used: set[str] = set()
    for number in range(1, _COUNTED + 1):
        left = [place for place in range(len(wanted)) if place not in given]
        tried = {place: _numbered(wanted[place], number) for place in left}
        kept = _kept(session, set(tried.values()))
        for place, name in tried.items():
            if name not in kept and name not in used:
                given[place] = name
                used.add(name)
    by_chance = (f"{name[:_LONGEST]}-{token_hex(4)}" for name in wanted)
    return [given.get(place) or name for place, name in enumerate(by_chance)]


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name[:_LONGEST]}-{number}"


def _kept(session: Session, names: Collection[str]) -> set[str]:
    found: set[str] = set()
    listed = sorted(names)
    for start in range(0, len(listed), _CHUNK):
        some = listed[start : start + _CHUNK]
        found.update(session.scalars(sa.select(Question.slug).where(Question.slug.in_(some))))
    return found

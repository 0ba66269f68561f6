"""The groups of a class: found by name, and made by naming them."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.classes import ClassGroup
from interview.store.db import db


def titles_of(class_id: int) -> tuple[str, ...]:
    """List the groups of a class by name."""
    titles = db.session.scalars(sa.select(ClassGroup.title).where(ClassGroup.class_id == class_id))
    return tuple(sorted(titles, key=str.casefold))


def spellings(session: Session, class_id: int) -> dict[str, str]:
    """Read how the groups of a class are spelt, by their casefolded names."""
    titles = session.scalars(sa.select(ClassGroup.title).where(ClassGroup.class_id == class_id))
    return {title.casefold(): title for title in titles}


def numbers_of(session: Session, class_id: int) -> dict[str, int]:
    """Read the groups of a class: their numbers by their casefolded names."""
    rows = session.execute(
        sa.select(ClassGroup.id, ClassGroup.title).where(ClassGroup.class_id == class_id)
    )
    return {row.title.casefold(): row.id for row in rows}


def group_named(session: Session, class_id: int, title: str) -> int | None:
    """Find a group, or make it, as `groups_named` does."""
    return groups_named(session, class_id, [title])[title]


def groups_named(
    session: Session, class_id: int, titles: Iterable[str]
) -> Mapping[str, int | None]:
    """Find groups, or make them.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller, in which the class is held.
    titles : iterable of str
        In their one form; case does not tell groups apart. Empty for no group.

    Returns
    -------
    mapping of str to int or None
        Their numbers, by the names that were asked for.
    """
    wanted = {title.casefold(): title for title in titles if title}
    numbers = numbers_of(session, class_id)
    new = [
        {"class_id": class_id, "title": title}
        for key, title in wanted.items()
        if key not in numbers
    ]
    if new:
        session.execute(sa.insert(ClassGroup), new)
        numbers = numbers_of(session, class_id)
    return {"": None, **{title: numbers[key] for key, title in wanted.items()}}

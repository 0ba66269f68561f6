"""Making a set, naming it, copying it, and putting it away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.typed import clean
from interview.services import audit
from interview.services.audit import Change, changes
from interview.services.principals import Principal
from interview.services.sets import slots
from interview.services.sets.access import set_for
from interview.services.sets.changing import claim, open_set
from interview.services.sets.records import DESCRIPTION_LIMIT, TITLE_LIMIT
from interview.services.sets.slots import Slots
from interview.services.unit import write
from interview.store.sets import AuthoredSet

COPY_OF = "Copy of "


def make(person: Principal, title: str, description: str, now: datetime) -> int:
    """Make an empty set; only who may author gets here.

    Returns
    -------
    int
        The set.
    """
    with write() as session:
        new = _cleaned(title, description)
        return insert(session, person, NewSet(new["title"], new["description"]), now)


def _cleaned(title: str, description: str) -> dict[str, str]:
    return {
        "title": " ".join(clean(title).text.split())[:TITLE_LIMIT],
        "description": clean(description).text.strip()[:DESCRIPTION_LIMIT],
    }


@dataclass(frozen=True, slots=True)
class NewSet:
    """What a set begins with; its texts fit, and `told` goes into the log."""

    title: str
    description: str
    slots: Slots = ()
    told: Mapping[str, Any] = field(default_factory=dict)


def insert(session: Session, person: Principal, new: NewSet, now: datetime) -> int:
    """Write a set with its slots, and note it; return its number."""
    row = {
        "title": new.title,
        "description": new.description,
        "owner_id": person.id,
        "created_at": now,
        "updated_at": now,
    }
    made = sa.insert(AuthoredSet).values(row).returning(AuthoredSet.id)
    set_id = session.execute(made).scalar_one()
    for slot in slots.numbered(new.slots):
        slots.insert(session, set_id, slot)
    audit.note(session, person, Change("set.made", new.title, details=dict(new.told)), now)
    return set_id


def describe(
    person: Principal, set_id: int, revision: int, texts: tuple[str, str], now: datetime
) -> None:
    """Give a set another title and description.

    Parameters
    ----------
    texts : tuple of str
        Title and description.

    Raises
    ------
    NotFound, Archived, Stale
        Nothing is written then.
    """
    known = open_set(person, set_id)
    before = {"title": known.title, "description": known.description}
    after = _cleaned(*texts)
    if after == before:
        return
    with write() as session:
        claim(session, set_id, revision, now, **after)
        told = Change("set.changed", after["title"], details=changes(before, after))
        audit.note(session, person, told, now)


def copy(person: Principal, set_id: int, now: datetime) -> int:
    """Make a set of one's own that asks the same, an archived one included.

    Returns
    -------
    int
        The new set.
    """
    known = set_for(person, set_id)
    values = _cleaned(f"{COPY_OF}{known.title}", known.description)
    told = {"copied from": known.title}
    with write() as session:
        asked = slots.read(session, set_id)
        new = NewSet(values["title"], values["description"], asked, told)
        return insert(session, person, new, now)


def archive(person: Principal, set_id: int, *, archived: bool, now: datetime) -> None:
    """Put a set away, or take it up again; its versions can be read and sat as before."""
    known = set_for(person, set_id)
    is_so = AuthoredSet.archived_at.is_not(None)
    with write() as session:
        changed = session.execute(
            sa.update(AuthoredSet)
            .where(AuthoredSet.id == set_id, ~is_so if archived else is_so)
            .values(archived_at=now if archived else None, revision=AuthoredSet.revision + 1)
            .returning(AuthoredSet.id)
        ).first()
        if changed:
            details = {"archived": [not archived, archived]}
            audit.note(session, person, Change("set.archived", known.title, details=details), now)

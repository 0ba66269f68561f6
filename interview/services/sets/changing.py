"""How a set is changed: to the state that its page showed, or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import audit
from interview.services.audit import Change
from interview.services.principals import Principal
from interview.services.sets.access import set_for
from interview.services.sets.records import Archived, Stale
from interview.services.sets.slots import (
    Slots,
    check_room,
    differences,
    numbered,
    read,
    write_slots,
)
from interview.services.unit import write
from interview.store.sets import AuthoredSet
from interview.store.types import AnyRow as Row

Alter = Callable[[Session, Slots], Slots]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a slot's questions are worth, and their own limit."""

    points: float
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What comes with every change of the slots.

    Attributes
    ----------
    revision : int
        That of the set when its page was made.
    terms : mapping of int to Terms
        Points and times that were typed anew, by slot; they are saved with the change.
    """

    revision: int
    terms: Mapping[int, Terms] = field(default_factory=dict)


def open_set(person: Principal, set_id: int) -> Row:
    """Find a set that its owner may change.

    Raises
    ------
    NotFound
        When it is not the person's.
    Archived
        When it has to be taken up again first.
    """
    found = set_for(person, set_id)
    if found.archived_at is not None:
        raise Archived
    return found


def claim(session: Session, set_id: int, revision: int, now: datetime, **values: str) -> None:
    """Take a set from one revision to the next; only one of two writers can.

    Raises
    ------
    Stale
        When it is no longer at that revision, or archived.
    """
    taken = session.execute(
        sa.update(AuthoredSet)
        .where(
            AuthoredSet.id == set_id,
            AuthoredSet.revision == revision,
            AuthoredSet.archived_at.is_(None),
        )
        .values(revision=revision + 1, updated_at=now, **values)
        .returning(AuthoredSet.id)
    ).first()
    if taken is None:
        raise Stale


def change(person: Principal, set_id: int, edit: Edit, alter: Alter, now: datetime) -> int:
    """Change the slots of a set, unless somebody else has changed it meanwhile.

    Parameters
    ----------
    alter : callable
        Takes the session and the slots, and returns them as they shall be.

    Returns
    -------
    int
        The set's revision now; it rises only where something changed.

    Raises
    ------
    NotFound, Archived, Stale, Refused
        Nothing is written then.
    """
    known = open_set(person, set_id)
    with write() as session:
        before = read(session, set_id)
        after = numbered(alter(session, _with_terms(before, edit.terms)))
        if after == before:
            return edit.revision
        check_room(after)
        claim(session, set_id, edit.revision, now)
        write_slots(session, set_id, before, after)
        told = Change("set.changed", known.title, details=differences(before, after))
        audit.note(session, person, told, now)
    return edit.revision + 1


def _with_terms(slots: Slots, terms: Mapping[int, Terms]) -> Slots:
    if terms.keys() - {slot.id for slot in slots}:
        raise Stale
    return tuple(
        replace(slot, points=new.points, seconds=new.seconds)
        if slot.id and (new := terms.get(slot.id))
        else slot
        for slot in slots
    )


def save(person: Principal, set_id: int, edit: Edit, now: datetime) -> int:
    """Save points and times; see `change`."""
    return change(person, set_id, edit, lambda _session, slots: slots, now)

"""The slots of a set as plain values: changed in memory, and written where they differ."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.audit import changes
from interview.services.sets.records import MOST_QUESTIONS, Refused, Stale
from interview.store.sets import SetSlot


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot, with the columns of `SetSlot`.

    Attributes
    ----------
    id : int or None
        None before it is written.
    position : int
        From 1, without gaps once written.
    """

    kind: str
    question_version_id: int | None = None
    topic: str = ""
    tag: str = ""
    difficulty: str = ""
    count: int = 1
    points: float = 1.0
    seconds: int | None = None
    id: int | None = None
    position: int = 0

    def described(self) -> dict[str, Any]:
        """What is worth telling of it, by name."""
        told = {name: value for name, value in asdict(self).items() if name not in _UNTOLD}
        return {name: value for name, value in told.items() if value}


Slots = tuple[Slot, ...]
_COLUMNS = tuple(Slot.__dataclass_fields__)
_UNTOLD = ("id", "position")


def read(session: Session, set_id: int) -> Slots:
    """Read the slots of a set in order."""
    rows = session.execute(
        sa.select(*(getattr(SetSlot, name) for name in _COLUMNS))
        .where(SetSlot.set_id == set_id)
        .order_by(SetSlot.position, SetSlot.id)
    )
    return tuple(Slot(**row._mapping) for row in rows)


def numbered(slots: Sequence[Slot]) -> Slots:
    """The same with positions in their order."""
    return tuple(replace(slot, position=place) for place, slot in enumerate(slots, start=1))


def write_slots(session: Session, set_id: int, before: Slots, after: Slots) -> None:
    """Bring the rows of a set from one state to another."""
    gone = {slot.id for slot in before} - {slot.id for slot in after}
    changed = [asdict(slot) for slot in after if slot.id and slot not in before]
    if gone:
        session.execute(sa.delete(SetSlot).where(SetSlot.id.in_(gone)))
    if changed:
        session.execute(sa.update(SetSlot), changed)
    for slot in after:
        if slot.id is None:
            insert(session, set_id, slot)


def insert(session: Session, set_id: int, slot: Slot) -> None:
    """Write a slot as a new row of a set."""
    row = asdict(slot) | {"set_id": set_id}
    del row["id"]
    session.execute(sa.insert(SetSlot).values(row))


def place_of(slots: Slots, slot_id: int) -> int:
    """Where in the sequence a slot is.

    Raises
    ------
    Stale
        When somebody has removed it.
    """
    for place, slot in enumerate(slots):
        if slot.id == slot_id:
            return place
    raise Stale


def first_number(slots: Slots, place: int) -> int:
    """Which question of an attempt a slot begins with."""
    return sum(slot.count for slot in slots[:place]) + 1


def check_room(slots: Slots) -> None:
    """Stop where a set would have more questions than an attempt can.

    Raises
    ------
    Refused
        Saying how many it may have.
    """
    total = sum(slot.count for slot in slots)
    if total > MOST_QUESTIONS:
        raise Refused(f"A set has at most {MOST_QUESTIONS} questions, and this would make {total}.")


def differences(before: Slots, after: Slots) -> dict[str, Any]:
    """What changed, as the audit log tells it."""
    known = {slot.id: slot for slot in before}
    kept = [slot for slot in after if slot.id in known]
    told: dict[str, Any] = {}
    for slot in kept:
        number = first_number(before, before.index(known[slot.id]))
        for name, both in changes(_told(known[slot.id]), _told(slot)).items():
            told[f"question {number} {name}"] = both
    order = [slot.id for slot in kept]
    if order != (earlier := [slot.id for slot in before if slot.id in order]):
        told["order"] = [_numbers(before, earlier), _numbers(before, order)]
    for slot in before:
        if slot.id not in order:
            told[f"question {first_number(before, before.index(slot))}"] = [slot.described(), None]
    added = [slot.described() for slot in after if slot.id not in known]
    return told | {f"added {place}": [None, one] for place, one in enumerate(added, start=1)}


def _told(slot: Slot) -> dict[str, Any]:
    return {name: value for name, value in asdict(slot).items() if name not in _UNTOLD}


def _numbers(slots: Slots, order: Sequence[int | None]) -> list[int]:
    places = {slot.id: first_number(slots, place) for place, slot in enumerate(slots)}
    return [places[one] for one in order]

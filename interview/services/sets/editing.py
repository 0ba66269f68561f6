"""Changing what a set asks: its questions, their order, and what is drawn."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy.orm import Session

from interview.services.principals import Principal
from interview.services.sets.changing import Edit, change, open_set
from interview.services.sets.picking import Pick
from interview.services.sets.records import Refused, Stale
from interview.services.sets.slots import Slot, Slots, first_number, place_of
from interview.store import set_reads

UP, DOWN = -1, 1


def move(person: Principal, set_id: int, edit: Edit, slot_id: int, step: int, now: datetime) -> int:
    """Exchange a slot with the one before it (`UP`) or after it (`DOWN`), if there is one."""

    def moved(_session: Session, slots: Slots) -> Slots:
        place = place_of(slots, slot_id)
        other = place + step
        if not 0 <= other < len(slots):
            return slots
        order = list(slots)
        order[place], order[other] = order[other], order[place]
        return tuple(order)

    return change(person, set_id, edit, moved, now)


def remove(person: Principal, set_id: int, edit: Edit, slot_id: int, now: datetime) -> int:
    """Take a slot out; the questions after it move up."""

    def without(_session: Session, slots: Slots) -> Slots:
        place = place_of(slots, slot_id)
        return slots[:place] + slots[place + 1 :]

    return change(person, set_id, edit, without, now)


def add_question(person: Principal, set_id: int, edit: Edit, version_id: int, now: datetime) -> int:
    """Add a question at the end, in the version that the instructor saw."""

    def added(session: Session, slots: Slots) -> Slots:
        _check_new(session, slots, version_id, person.id)
        return (*slots, Slot("fixed", version_id))

    return change(person, set_id, edit, added, now)


def _check_new(session: Session, slots: Slots, version_id: int, author_id: int) -> None:
    pinned = [slot.question_version_id for slot in slots if slot.question_version_id]
    rows = set_reads.versions(session, {*pinned, version_id})
    row = rows.get(version_id)
    if row is None or not set_reads.may_ask(session, version_id, author_id):
        raise Refused("This question was retired meanwhile, so that it cannot be added.")
    for place, slot in enumerate(slots):
        asked = rows.get(slot.question_version_id or 0)
        if asked and asked.question_id == row.question_id:
            number = first_number(slots, place)
            raise Refused(f"This question is in the set already: it is question {number}.")


def take_newer(
    person: Principal, set_id: int, edit: Edit, slot_id: int, version_id: int, now: datetime
) -> int:
    """Ask a question in the newer version that the instructor compared with the chosen one."""

    def taken(session: Session, slots: Slots) -> Slots:
        place = place_of(slots, slot_id)
        slot = slots[place]
        rows = set_reads.versions(session, {slot.question_version_id or 0, version_id})
        old, new = rows.get(slot.question_version_id or 0), rows.get(version_id)
        if old is None or new is None or old.question_id != new.question_id:
            raise Stale
        return (
            *slots[:place],
            replace(slot, question_version_id=version_id),
            *slots[place + 1 :],
        )

    return change(person, set_id, edit, taken, now)


def put_random(
    person: Principal, set_id: int, edit: Edit, slot_id: int | None, pick: Pick, now: datetime
) -> int:
    """Change a random slot, or add one at the end where none is named."""
    if not (pick.topic or pick.tag):
        raise Refused("Choose a topic, a tag, or both.")
    pool = pick.pool(open_set(person, set_id).owner_id)
    values = asdict(pick)

    def put(session: Session, slots: Slots) -> Slots:
        if not set_reads.supply(session, [pool], (), 1):
            raise Refused("The bank has no ready question that fits all of this.")
        if slot_id is None:
            return (*slots, Slot("random", **values))
        place = place_of(slots, slot_id)
        return (*slots[:place], replace(slots[place], **values), *slots[place + 1 :])

    return change(person, set_id, edit, put, now)

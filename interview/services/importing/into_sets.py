"""The question sets that a file brings, or that its questions are put into."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.formats.imported import Notice
from interview.formats.native import AuthoredSetRecord, SlotRecord
from interview.services.importing.duplicates import Reader
from interview.services.importing.writing import Made, Written
from interview.services.principals import Principal
from interview.services.sets import making
from interview.services.sets.records import DESCRIPTION_LIMIT, MOST_QUESTIONS, TITLE_LIMIT
from interview.services.sets.slots import Slot
from interview.store.bank import Question


@dataclass(frozen=True, slots=True)
class NewSet:
    """A set as it is to be made, and what of it cannot be."""

    title: str
    description: str
    slots: tuple[Slot, ...]
    notices: tuple[Notice, ...]


def new_sets(session: Session, written: Written, title: str, reader: Reader) -> list[NewSet]:
    """Say which sets are to be made.

    Parameters
    ----------
    written : Written
        What the questions of the file are, or would be.
    title : str
        Of a set of all questions of the file, besides those that the file brings; empty for
        none.
    reader : Reader
        Whose the sets are.
    """
    named = {
        item.named: written.made[item.position]
        for item in written.plan.items
        if item.named and item.position in written.made
    }
    known = {**_of_bank(session, written.plan.sets, named, reader), **named}
    made = [_new_set(record, known) for record in written.plan.sets]
    if title:
        made.append(_of_all(written, title))
    return made


def write_sets(
    session: Session, person: Principal, sets: Iterable[NewSet], now: datetime
) -> list[tuple[int, str]]:
    """Write sets, and return their numbers and titles."""
    written = []
    for one in sets:
        told = {"slots": len(one.slots)}
        new = making.NewSet(one.title, one.description, one.slots, told)
        written.append((making.insert(session, person, new, now), one.title))
    return written


def _new_set(record: AuthoredSetRecord, known: Mapping[str, Made]) -> NewSet:
    notices: list[Notice] = []
    chosen = list(_chosen(record, known, notices))
    return _fitted(record.title, record.description, chosen, notices)


def _chosen(
    record: AuthoredSetRecord, known: Mapping[str, Made], notices: list[Notice]
) -> Iterator[Slot]:
    taken: set[int] = set()
    for place, slot in enumerate(record.slots, start=1):
        made = known.get(slot.question or "")
        problem = _problem(slot, made, taken)
        if problem:
            said = f"Set “{record.title}”, slot {place} is left out: {problem}."
            notices.append(Notice("warning", 0, said))
            continue
        if made:
            taken.add(made.question_id)
        yield _slot(slot, made)


def _problem(slot: SlotRecord, made: Made | None, taken: set[int]) -> str:
    if slot.random is not None:
        is_open = not (slot.random.topic or slot.random.tag)
        return "it names neither a topic nor a tag to draw from" if is_open else ""
    if made is None:
        return f"neither the file nor the bank has a question “{slot.question}” to ask"
    if made.version_id is None:
        return f"its question “{slot.question}” is a draft, which cannot be asked"
    if not made.may_be_asked:
        return f"its question “{slot.question}” is retired"
    return "its question is in the set already" if made.question_id in taken else ""


def _slot(slot: SlotRecord, made: Made | None) -> Slot:
    if slot.random is None:
        version = made.version_id if made else None
        return Slot("fixed", version, points=slot.points, seconds=slot.seconds)
    pool = slot.random
    return Slot(
        kind="random",
        topic=pool.topic,
        tag=pool.tag,
        difficulty=pool.difficulty,
        count=slot.count,
        points=slot.points,
        seconds=slot.seconds,
    )


def _of_all(written: Written, title: str) -> NewSet:
    """A set of every question of the file that can be asked."""
    made = {one.question_id: one for one in written.made.values()}
    chosen = [Slot("fixed", one.version_id) for one in made.values() if one.may_be_asked]
    notices = []
    if others := len(made) - len(chosen):
        what = "drafts and retired questions cannot be asked"
        said = f"Set “{title}”: {what}, so that {others} of its {len(made)}"
        notices.append(Notice("warning", 0, f"{said} questions are left out."))
    return _fitted(title, "", chosen, notices)


def _fitted(title: str, description: str, chosen: list[Slot], notices: list[Notice]) -> NewSet:
    """Cut a set off where an attempt could ask no more."""
    room, kept = MOST_QUESTIONS, []
    for slot in chosen:
        room -= slot.count
        if room < 0:
            said = f"Set “{title}”: a set has at most {MOST_QUESTIONS} questions; the rest of its"
            notices.append(Notice("warning", 0, f"{said} slots are left out."))
            break
        kept.append(slot)
    line = " ".join(title.split())[:TITLE_LIMIT]
    return NewSet(line, description[:DESCRIPTION_LIMIT], tuple(kept), tuple(notices))


def _of_bank(
    session: Session,
    records: Iterable[AuthoredSetRecord],
    named: Mapping[str, Made],
    reader: Reader,
) -> dict[str, Made]:
    """Questions that the sets name and the file does not have, but the bank does."""
    wanted = {slot.question for record in records for slot in record.slots if slot.question}
    missing = sorted(wanted - named.keys())
    if not missing:
        return {}
    columns = (Question.id, Question.slug, Question.status, Question.current_version_id)
    query = sa.select(*columns).where(Question.slug.in_(missing), reader.may_see())
    return {row.slug: Made(*row, is_new=False) for row in session.execute(query)}

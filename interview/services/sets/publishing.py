"""Freezing a set: what assignments take is a version that never changes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import audit
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.audit import Change
from interview.services.canonical import content_hash
from interview.services.principals import Principal
from interview.services.sets import contents, questions
from interview.services.sets.access import set_for
from interview.services.sets.changing import Edit, open_set, save
from interview.services.sets.reading import cards, plain_card
from interview.services.sets.records import Refused, SlotCard, Stale, VersionScreen
from interview.services.unit import write
from interview.store import set_reads
from interview.store.db import db
from interview.store.sets import AuthoredSet, SetVersion
from interview.store.types import AnyRow as Row


@dataclass(frozen=True, slots=True)
class Publication:
    """What came of publishing.

    Attributes
    ----------
    is_new : bool
        Whether the version was written now; the same content has one version.
    """

    version_id: int
    number: int
    is_new: bool


def publish(person: Principal, set_id: int, edit: Edit, now: datetime) -> Publication:
    """Freeze a set as it is, points and times that were just typed included.

    Raises
    ------
    NotFound, Archived, Stale
        Nothing is written then.
    Refused
        When it has no question to ask.
    """
    revision = save(person, set_id, edit, now)
    known = open_set(person, set_id)
    values = _frozen(known)
    with write() as session:
        _hold(session, set_id, revision)
        kept = set_reads.version_of(session, set_id, values["content_hash"])
        if kept is not None:
            return Publication(kept.id, kept.number, is_new=False)
        number = _next_number(session, set_id)
        row = {**values, "set_id": set_id, "number": number, "created_at": now}
        version_id = session.execute(
            sa.insert(SetVersion).values(row).returning(SetVersion.id)
        ).scalar_one()
        told = {"version": number, "questions": values["question_count"]}
        told["points"] = values["points"]
        audit.note(session, person, Change("set.published", known.title, details=told), now)
    return Publication(version_id, number, is_new=True)


def _frozen(known: Row) -> dict[str, Any]:
    rows = set_reads.slots(db.session(), known.id)
    made = cards(rows, known.owner_id)
    if not any(card.question or (card.supply and card.supply.found) for card in made):
        raise Refused("A set needs at least one question before it can be published.")
    content = contents.content_of(rows)
    return {
        "title": known.title,
        "content": content,
        "content_hash": content_hash(content),
        "question_count": sum(card.count for card in made),
        "points": sum(card.count * card.points for card in made),
        "target_seconds": round(sum(card.expected.total_seconds() for card in made)),
    }


def _hold(session: Session, set_id: int, revision: int) -> None:
    """Have other writers of the set wait, if it is still what was read of it.

    An update that changes nothing: the one statement that compares and locks on both
    databases.
    """
    held = session.execute(
        sa.update(AuthoredSet)
        .where(
            AuthoredSet.id == set_id,
            AuthoredSet.revision == revision,
            AuthoredSet.archived_at.is_(None),
        )
        .values(revision=revision)
        .returning(AuthoredSet.id)
    ).first()
    if held is None:
        raise Stale


def _next_number(session: Session, set_id: int) -> int:
    query = sa.select(sa.func.max(SetVersion.number)).where(SetVersion.set_id == set_id)
    last: int | None = session.scalar(query)
    return (last or 0) + 1


def version(person: Principal, set_id: int, number: int) -> VersionScreen:
    """Read what was published under a number.

    Raises
    ------
    NotFound
        When the set is not the person's, or has no such version.
    """
    known = set_for(person, set_id)
    row = None
    if number <= LARGEST:
        query = sa.select(*sa.inspect(SetVersion).columns)
        fits = (SetVersion.set_id == set_id, SetVersion.number == number)
        row = db.session.execute(query.where(*fits)).first()
    newest = set_reads.newest_version(db.session(), set_id)
    if row is None or newest is None:
        raise NotFound
    return VersionScreen(
        set_id=set_id,
        set_title=known.title,
        number=number,
        newest=newest.number,
        title=row.title,
        created_at=row.created_at,
        slots=_frozen_cards(row.content["slots"]),
        question_count=row.question_count,
        points=row.points,
        expected=timedelta(seconds=row.target_seconds),
    )


def _frozen_cards(frozen: list[dict[str, Any]]) -> tuple[SlotCard, ...]:
    asked = questions.versions(slot["version_id"] for slot in frozen if slot["kind"] == "fixed")
    made: list[SlotCard] = []
    blank = {"topic": "", "tag": "", "difficulty": ""}
    for place, slot in enumerate(frozen, start=1):
        values = SimpleNamespace(**blank | slot, id=place, asked=slot.get("count", 1))
        card = plain_card(values, made[-1].last if made else 0)
        made.append(replace(card, question=asked.get(slot.get("version_id", 0))))
    return tuple(made)

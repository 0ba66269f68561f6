"""Reading a set for its editor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from interview.services.attempts.records import NotFound
from interview.services.bank import tags_of
from interview.services.canonical import content_hash
from interview.services.principals import Principal
from interview.services.sets import contents, questions
from interview.services.sets.access import set_for
from interview.services.sets.picking import Pick
from interview.services.sets.records import Editor, Newer, Published, Question, SlotCard, Supply
from interview.services.sets.supply import Draw, supplies
from interview.store import set_reads
from interview.store.db import db
from interview.store.drawing import Pool
from interview.store.types import AnyRow as Row


def editor(person: Principal, set_id: int) -> Editor:
    """Read a set with all that its page shows, in a fixed number of statements.

    Raises
    ------
    NotFound
        When there is none, or it is somebody else's.
    """
    found = set_for(person, set_id)
    rows = set_reads.slots(db.session(), set_id)
    return Editor(
        id=found.id,
        title=found.title,
        description=found.description,
        revision=found.revision,
        updated_at=found.updated_at,
        archived_at=found.archived_at,
        slots=cards(rows, found.owner_id),
        published=_published(set_id, rows),
    )


def cards(rows: Sequence[Row], owner_id: int) -> tuple[SlotCard, ...]:
    """Make screen records of slots, in order."""
    drawn = iter(supplies(list(_draws(rows, owner_id).values()), _fixed(rows)))
    fixed = [row for row in rows if row.kind == "fixed"]
    tags = tags_of({row.question_id for row in fixed})
    newer = _newer([row for row in fixed if row.current_id != row.question_version_id])
    made: list[SlotCard] = []
    for row in rows:
        card = plain_card(row, made[-1].last if made else 0)
        if row.kind == "fixed":
            question = _question(row, tags.get(row.question_id, ()))
            made.append(replace(card, question=question, newer=newer.get(row.id)))
        else:
            made.append(replace(card, supply=next(drawn)))
    return tuple(made)


def plain_card(slot: Any, before: int) -> SlotCard:
    """A slot alone; `before` is how many questions come before it."""
    return SlotCard(
        id=slot.id,
        first=before + 1,
        last=before + slot.asked,
        topic=slot.topic,
        tag=slot.tag,
        difficulty=slot.difficulty,
        count=slot.asked,
        points=slot.points,
        seconds=slot.seconds,
    )


def _draws(rows: Sequence[Row], owner_id: int) -> dict[int | None, Draw]:
    """What each random slot asks for, in order."""
    drawing = (row for row in rows if row.kind == "random")
    return {
        row.id: Draw(Pool(row.topic, row.tag, row.difficulty, reader_id=owner_id), row.asked)
        for row in drawing
    }


def _fixed(rows: Sequence[Row]) -> set[int]:
    return {row.question_id for row in rows if row.question_id}


def preview(person: Principal, set_id: int, slot_id: int | None, pick: Pick) -> Supply | None:
    """Say what there would be to draw from, if a slot (or a new one at the end) asked this.

    Returns
    -------
    Supply or None
        None while neither a topic nor a tag is chosen.
    """
    owner_id = set_for(person, set_id).owner_id
    if not (pick.topic or pick.tag):
        return None
    rows = set_reads.slots(db.session(), set_id)
    draws = {**_draws(rows, owner_id), slot_id: Draw(pick.pool(owner_id), pick.count)}
    return supplies(list(draws.values()), _fixed(rows))[list(draws).index(slot_id)]


def _question(row: Row, tags: tuple[str, ...]) -> Question:
    return Question(
        question_id=row.question_id,
        version_id=row.question_version_id,
        prompt=row.prompt,
        topic=row.question_topic,
        difficulty=row.question_difficulty,
        tags=tags,
        target=timedelta(seconds=row.target_seconds),
        retired=row.status != "ready",
    )


def _newer(rows: Sequence[Row]) -> dict[int, Newer]:
    """Compare what was chosen with what is current, for slots where these differ."""
    wanted = {one for row in rows for one in (row.question_version_id, row.current_id)}
    found = set_reads.versions(db.session(), wanted) if rows else {}
    return {
        row.id: Newer(
            version_id=row.current_id,
            prompt=row.current_prompt,
            prompt_changed=row.current_prompt != row.prompt,
            rubric_changed=found[row.current_id].rubric != found[row.question_version_id].rubric,
        )
        for row in rows
        if row.current_id
    }


def _published(set_id: int, rows: Sequence[Row]) -> Published | None:
    newest = set_reads.newest_version(db.session(), set_id)
    if newest is None:
        return None
    content = contents.content_of(rows)
    same: Row | None = newest
    if newest.content["slots"] != content["slots"]:
        # A set that was changed back is one of its earlier versions again.
        same = set_reads.version_of(db.session(), set_id, content_hash(content))
    shown = same or newest
    draws = any(row.kind == "random" for row in rows)
    return Published(
        number=shown.number,
        title=shown.title,
        created_at=shown.created_at,
        unchanged=same is not None,
        grown=draws and content["bound"] > shown.content["bound"],
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a fixed slot asks, with everything that it is graded by.

    Attributes
    ----------
    newer : Question or None
        The current version, where that is another.
    """

    set: Editor
    slot: SlotCard
    question: Question
    newer: Question | None


def question(person: Principal, set_id: int, slot_id: int) -> Asked:
    """Read what a fixed slot asks.

    Raises
    ------
    NotFound
        When the set has no such slot, or draws questions there.
    """
    read = editor(person, set_id)
    card = next((one for one in read.slots if one.id == slot_id), None)
    if card is None or card.question is None:
        raise NotFound
    chosen, newer = card.question.version_id, card.newer.version_id if card.newer else 0
    found = questions.versions([chosen, newer])
    return Asked(read, card, found[chosen], found.get(newer))

"""Writing what was planned: all of it, in the transaction of the caller."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.bank_writing import BankWriter
from interview.services.importing import slugs
from interview.services.importing.duplicates import Reader, in_bank, normalised
from interview.services.importing.planning import Plan, Planned, repeated
from interview.store.bank import Question

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Made:
    """What a question of the file is in the bank now.

    Attributes
    ----------
    version_id : int or None
        The version that can be asked; a draft has none.
    is_new : bool
        Whether it was made now; else it was there already.
    """

    question_id: int
    slug: str
    status: str
    version_id: int | None
    is_new: bool

    @property
    def may_be_asked(self) -> bool:
        """Whether a set can take it: it is neither a draft nor retired."""
        return self.version_id is not None and self.status == "ready"


@dataclass(frozen=True, slots=True)
class Written:
    """A plan as it was carried out, and what its questions are now, by position."""

    plan: Plan
    made: Mapping[int, Made]

    @property
    def new(self) -> tuple[Made, ...]:
        """The questions that were made, in the order of the file."""
        return tuple(made for made in self.made.values() if made.is_new)


def imagined(session: Session, plan: Plan) -> Written:
    """Say what the questions of a plan would be, before any of them is written."""
    made = {
        item.position: Made(
            question_id=-item.position,
            slug=item.record.slug,
            status=item.outcome,
            version_id=-item.position if item.outcome == "ready" else None,
            is_new=True,
        )
        for item in plan.items
        if item.record and item.outcome in ("ready", "draft")
    }
    return Written(plan, _with_known(session, plan.items, made))


def write_questions(
    session: Session, plan: Plan, reader: Reader, now: datetime, *, copies: bool
) -> Written:
    """Write the questions of a plan.

    Parameters
    ----------
    session : Session
        Open for writing.
    reader : Reader
        Whose the questions are.
    copies : bool
        Whether also those are made that are in the bank already.

    Returns
    -------
    Written
        With a plan that may leave out more: what was added to the bank since it was made.
    """
    items = plan.items if copies else tuple(_compared_again(session, plan.items, reader))
    new = [item for item in items if item.outcome in ("ready", "draft") and item.record]
    names = slugs.unused(session, [item.record.slug for item in new if item.record])
    named = {item.position: name for item, name in zip(new, names, strict=True)}
    records = [
        (item.topic, item.record.model_copy(update={"slug": named[item.position], "topic": None}))
        for item in new
        if item.record
    ]
    BankWriter(session, now, reader.user_id).write_questions(records)
    return Written(replace(plan, items=items), _made(session, items, named))


def _compared_again(
    session: Session, items: Sequence[Planned], reader: Reader
) -> Iterator[Planned]:
    keys = {item.position: normalised(item.prompt) for item in items if item.record}
    known = in_bank(session, set(keys.values()), reader)
    for item in items:
        same_as = known.get(keys.get(item.position, ""))
        is_new = item.outcome in ("ready", "draft")
        yield repeated(item, same_as, None, copies=False) if is_new and same_as else item


def _made(session: Session, items: Sequence[Planned], named: Mapping[int, str]) -> dict[int, Made]:
    by_slug = _rows(session, Question.slug, list(named.values()), is_new=True)
    new = {position: by_slug[name] for position, name in named.items()}
    return _with_known(session, items, new)


def _with_known(
    session: Session, items: Sequence[Planned], new: Mapping[int, Made]
) -> dict[int, Made]:
    """Add what is there already, in the order of the file."""
    there = [item.same_as for item in items if item.same_as and item.position not in new]
    by_id = _rows(session, Question.id, there, is_new=False)
    made: dict[int, Made] = {}
    for item in items:
        if item.position in new:
            made[item.position] = new[item.position]
        elif item.same_as in by_id:
            made[item.position] = by_id[item.same_as]
        elif item.repeats in made:
            made[item.position] = replace(made[item.repeats], is_new=False)
    return made


def _rows(session: Session, column: Any, keys: Sequence[Any], *, is_new: bool) -> dict[Any, Made]:
    found: dict[Any, Made] = {}
    wanted = (Question.id, Question.slug, Question.status, Question.current_version_id)
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        for row in session.execute(sa.select(column, *wanted).where(column.in_(some))):
            found[row[0]] = Made(row[1], row[2], row[3], row[4], is_new)
    return found

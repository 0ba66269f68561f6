"""Question sets, as they are written to a file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from interview.services.attempts.records import NotFound
from interview.services.exporting_bank.documents import Export, document, in_order, unwritten
from interview.services.exporting_bank.questions import Chosen, written
from interview.services.principals import Principal
from interview.services.sets.access import set_for
from interview.store import set_reads
from interview.store.bank import Question, QuestionSet, QuestionSetItem
from interview.store.db import db
from interview.store.drawing import Pool, visible_to
from interview.store.sets import AuthoredSet
from interview.store.types import AnyRow as Row

MOST_DRAWN = 200
"""Questions that are written of what one random slot draws from."""

MOST_IN_STUDY_SET = 200
"""Questions that the native format takes in a set to study."""


def of_study_set(slug: str) -> Export:
    """Gather a set of the installation, drafts included; for its operator.

    Raises
    ------
    NotFound
        When there is no such set.
    """
    known = db.session.execute(
        sa.select(*sa.inspect(QuestionSet).columns).where(QuestionSet.slug == slug)
    ).first()
    if known is None:
        raise NotFound
    rows = db.session.execute(
        sa.select(Question.id, Question.current_version_id)
        .join(QuestionSetItem, QuestionSetItem.question_id == Question.id)
        .where(QuestionSetItem.set_id == known.id)
        .order_by(QuestionSetItem.position)
    ).all()
    questions = written([Chosen(*row) for row in rows])
    slugs = [one["slug"] for one in in_order(rows, questions)]
    content = {
        "slug": known.slug,
        "title": known.title,
        "description": known.description or known.title,
        "study": known.study,
        "updated": known.updated,
        "questions": slugs,
    }
    fits = 0 < len(slugs) <= MOST_IN_STUDY_SET
    too_many = f"The set itself: it has more than {MOST_IN_STUDY_SET} questions."
    return Export(
        name=known.slug,
        title=known.title,
        document=document(in_order(rows, questions), sets=[content] if fits else []),
        left_out=(*unwritten(len(rows) - len(slugs)), *(() if fits or not slugs else (too_many,))),
    )


def of_authored_set(person: Principal, set_id: int, *, drawn: bool = True) -> Export:
    """Gather a set for its owner.

    Parameters
    ----------
    drawn : bool
        Whether also the questions are written that its random slots draw from.

    Raises
    ------
    NotFound
        As `set_for` does.
    """
    known = set_for(person, set_id)
    seen = None if person.is_admin else person.id
    return _of_slots(known, seen, drawn=drawn)


def of_any_set(set_id: int) -> Export:
    """Gather a set of anybody; for the operator.

    Raises
    ------
    NotFound
        When there is none.
    """
    known = db.session.execute(
        sa.select(*sa.inspect(AuthoredSet).columns).where(AuthoredSet.id == set_id)
    ).first()
    if known is None:
        raise NotFound
    return _of_slots(known, None, drawn=True)


def _of_slots(known: Row, reader_id: int | None, *, drawn: bool) -> Export:
    rows = set_reads.slots(db.session(), known.id)
    fixed = [row for row in rows if row.kind == "fixed"]
    allowed = _allowed([row.question_id for row in fixed], reader_id)
    asked = [
        Chosen(row.question_id, row.question_version_id)
        for row in fixed
        if row.question_id in allowed
    ]
    others, is_all = _drawn_from(rows, known.owner_id) if drawn else ([], True)
    questions = written([*asked, *others])
    ordered = [questions[one.question_id] for one in (*asked, *others)]
    content = {
        "title": known.title,
        "description": known.description,
        "slots": [_slot(row, questions) for row in rows if _is_kept(row, questions)],
    }
    return Export(
        name=f"set-{known.id}",
        title=known.title,
        document=document(ordered, authored_sets=[content]),
        left_out=tuple(_left_out(len(fixed) - len(asked), is_all=is_all)),
        drawn=len(others),
    )


def _left_out(hidden: int, *, is_all: bool) -> list[str]:
    told = []
    if hidden:
        told.append(
            f"{hidden} of its questions, which belong to somebody else and are not shared any more."
        )
    if not is_all:
        told.append(f"More than {MOST_DRAWN} of the questions that a random slot draws from.")
    return told


def _allowed(question_ids: Sequence[int], reader_id: int | None) -> set[int]:
    fits = sa.true() if reader_id is None else visible_to(reader_id)
    query = sa.select(Question.id).where(Question.id.in_(question_ids), fits)
    return set(db.session.scalars(query))


def _drawn_from(rows: Sequence[Row], owner_id: int) -> tuple[list[Chosen], bool]:
    """What random slots draw from, and whether that is all of it."""
    fixed = {row.question_id for row in rows if row.kind == "fixed"}
    pools = [
        Pool(row.topic, row.tag, row.difficulty, reader_id=owner_id)
        for row in rows
        if row.kind == "random"
    ]
    found = set_reads.supply(db.session(), list(dict.fromkeys(pools)), fixed, MOST_DRAWN + 1)
    counts = Counter(row.place for row in found)
    ids = sorted({row.id for row in found})
    query = sa.select(Question.id, Question.current_version_id).where(Question.id.in_(ids))
    rows_of = db.session.execute(query.order_by(Question.id))
    is_all = all(count <= MOST_DRAWN for count in counts.values())
    return [Chosen(*row) for row in rows_of], is_all


def _is_kept(row: Row, questions: Mapping[int, Any]) -> bool:
    return row.kind == "random" or row.question_id in questions


def _slot(row: Row, questions: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    terms = {"points": row.points, "seconds": row.seconds}
    if row.kind == "fixed":
        return {"question": questions[row.question_id]["slug"], **terms}
    pool = {"topic": row.topic, "tag": row.tag, "difficulty": row.difficulty}
    return {"random": pool, "count": row.asked, **terms}

"""Bringing the shipped kind of question sets to what files say of them."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.formats.native import SetRecord
from interview.services.bank import Tally
from interview.services.bank_writing import ids_of
from interview.store.bank import QuestionSet, QuestionSetItem


def write_sets(session: Session, records: Iterable[SetRecord]) -> Tally:
    """Write sets, and the order of their questions, where they differ from what is kept."""
    tally = Tally()
    for record in records:
        kept, changed = _write_set(session, record)
        tally.added += not kept
        tally.changed += kept and changed
        tally.unchanged += kept and not changed
    return tally


def _write_set(session: Session, record: SetRecord) -> tuple[bool, bool]:
    """Write a set; say whether it was kept before, and whether it changed."""
    kept = session.scalar(sa.select(QuestionSet).where(QuestionSet.slug == record.slug))
    one = kept or QuestionSet(slug=record.slug)
    one.title, one.description = record.title, record.description
    one.study, one.updated = record.study, record.updated
    changed = session.is_modified(one)
    session.add(one)
    session.flush()
    ids = ids_of(session, record.questions)
    reordered = put_items(session, one.id, [ids[slug] for slug in record.questions])
    return kept is not None, changed or reordered


def put_items(session: Session, set_id: int, questions: Sequence[int]) -> bool:
    """Make these the questions of a set, in this order; say whether they were others."""
    items = QuestionSetItem
    kept = session.scalars(
        sa.select(items.question_id).where(items.set_id == set_id).order_by(items.position)
    )
    if list(kept) == list(questions):
        return False
    session.execute(sa.delete(items).where(items.set_id == set_id))
    rows = [
        {"set_id": set_id, "position": position, "question_id": question}
        for position, question in enumerate(questions, start=1)
    ]
    session.execute(sa.insert(items), rows)
    return True

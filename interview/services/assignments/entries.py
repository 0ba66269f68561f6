"""The gradebook's rows, written in the transaction that changes what they sum up."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.assigning import Counts, Result, counted, late_days
from interview.rules.attempt import AttemptState
from interview.services.assignments.terms import OWN_OF_MANY, terms_of
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt
from interview.store.classes import ClassMember
from interview.store.db import table
from interview.store.grades import Grade, Submission
from interview.store.marking import NEWEST_GRADE
from interview.store.types import AnyRow as Row

_PAIRS: sa.BindParameter[Any] = sa.bindparam("pairs", expanding=True)

# Two who sum up the same learner's attempts take turns, each reading what the other has left:
# the member's row first, which all of a learner's entries in a class share, then the entry's,
# for those who have left the class. Both in their order, so that no two wait for each other.
_MEMBERS_HELD = (
    sa.select(ClassMember.class_id, ClassMember.user_id)
    .join(Assignment, Assignment.class_id == ClassMember.class_id)
    .where(sa.tuple_(Assignment.id, ClassMember.user_id).in_(_PAIRS))
    .order_by(ClassMember.class_id, ClassMember.user_id)
    .with_for_update(of=ClassMember, key_share=True)
)
_ENTRIES_HELD = (
    sa.select(GradebookEntry.assignment_id, GradebookEntry.user_id)
    .where(sa.tuple_(GradebookEntry.assignment_id, GradebookEntry.user_id).in_(_PAIRS))
    .order_by(GradebookEntry.assignment_id, GradebookEntry.user_id)
    .with_for_update(key_share=True)
)
_ASSIGNMENTS: sa.Select[Any] = sa.select(*sa.inspect(Assignment).columns).where(
    Assignment.id.in_(sa.bindparam("assignments", expanding=True))
)


def _answers_with(condition: sa.ColumnExpressionArgument[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Submission)
        .join(Grade, Grade.id == NEWEST_GRADE)
        .where(Submission.attempt_id == Attempt.id, condition)
        .correlate(Attempt)
        .scalar_subquery()
    )


_ATTEMPTS = (
    sa.select(
        Attempt.assignment_id, Attempt.user_id,
        Attempt.id, Attempt.state, Attempt.score, Attempt.started_at, Attempt.finished_at,
        _answers_with(Grade.needs_review).label("needs_review"),
        _answers_with(Grade.graded_by.is_not(None)).label("by_people"),
    )
    .where(sa.tuple_(Attempt.assignment_id, Attempt.user_id).in_(_PAIRS))
    .order_by(Attempt.assignment_id, Attempt.user_id, Attempt.number)
)  # fmt: skip

_ENTRY, _MEMBER = table(GradebookEntry), table(ClassMember)
_KEY = ("assignment_id", "user_id")
_UPDATE = (
    sa.update(_ENTRY)
    .where(*(_ENTRY.c[name] == sa.bindparam(f"to_{name}") for name in _KEY))
    .values(
        {
            column.name: sa.bindparam(f"to_{column.name}", type_=column.type)
            for column in _ENTRY.c
            if column.name not in _KEY
        }
    )
)
_OF_LEARNER = (
    _ENTRY.c.class_id == sa.bindparam("of_class"),
    _ENTRY.c.user_id == sa.bindparam("of_user"),
)
_UPDATE_MEAN = (
    sa.update(_MEMBER)
    .where(
        _MEMBER.c.class_id == sa.bindparam("of_class"),
        _MEMBER.c.user_id == sa.bindparam("of_user"),
    )
    .values(
        mean_score=sa.select(sa.func.avg(_ENTRY.c.score)).where(*_OF_LEARNER).scalar_subquery(),
        finished_count=sa.select(sa.func.count(_ENTRY.c.score))
        .where(*_OF_LEARNER)
        .scalar_subquery(),
    )
)

Pair = tuple[int, int]
"""An assignment and a learner."""


def refresh(session: Session, assignment_id: int, user_id: int) -> None:
    """Write what a learner has made of an assignment, and their mean in the class.

    Called at every start and end of an attempt and after every change of a grade, so that
    the gradebook is read without adding anything up.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    """
    refresh_many(session, [(assignment_id, user_id)])


def refresh_many(session: Session, pairs: Iterable[Pair]) -> None:
    """Write what learners have made of assignments, as `refresh` does for one.

    Parameters
    ----------
    pairs : iterable of (int, int)
        Assignment and learner, who has an attempt at it.
    """
    wanted = sorted(set(pairs))
    if not wanted:
        return
    named = {"pairs": wanted, "assignments": sorted({assignment for assignment, _ in wanted})}
    session.execute(_MEMBERS_HELD, named).all()
    known = {tuple(row) for row in session.execute(_ENTRIES_HELD, named)}
    assignments = {row.id: row for row in session.execute(_ASSIGNMENTS, named)}
    attempts: dict[Pair, list[Row]] = defaultdict(list)
    for row in session.execute(_ATTEMPTS, named):
        attempts[row.assignment_id, row.user_id].append(row)
    owns = {(row.assignment_id, row.user_id): row for row in session.execute(OWN_OF_MANY, named)}
    entries = []
    for assignment_id, user_id in wanted:
        assignment, own = assignments[assignment_id], owns.get((assignment_id, user_id))
        due = terms_of(assignment, own.class_factor if own else 1.0, own).own_due
        sums = _sums(assignment, attempts[assignment_id, user_id], due)
        entries.append({**sums, "user_id": user_id})
    _put(session, entries, known)
    _put_means(session, {(entry["class_id"], entry["user_id"]) for entry in entries})


def _sums(assignment: Row, attempts: list[Row] | Any, due: datetime | None) -> dict[str, Any]:
    finished = [one for one in attempts if one.state == AttemptState.FINISHED]
    late = {one.id: late_days(one.finished_at, due) for one in finished}
    found = counted(
        [
            Result(one.id, one.score or 0.0, late[one.id], assignment.late_percent)
            for one in finished
        ],
        Counts(assignment.counts),
    )
    chosen, score = found or (None, None)
    return {
        "assignment_id": assignment.id,
        "class_id": assignment.class_id,
        "attempts": len(attempts),
        "is_open": any(one.state == AttemptState.OPEN for one in attempts),
        "attempt_id": chosen.attempt_id if chosen else attempts[-1].id,
        "score": score,
        "late_days": chosen.late_days if chosen else 0,
        "needs_review": sum(one.needs_review for one in finished),
        "overridden": chosen is not None
        and any(one.by_people for one in finished if one.id == chosen.attempt_id),
        "started_at": attempts[0].started_at,
        "finished_at": max((one.finished_at for one in finished), default=None),
    }


def _put(session: Session, entries: Sequence[dict[str, Any]], known: Collection[Any]) -> None:
    by_key = {(one["assignment_id"], one["user_id"]): one for one in entries}
    if new := [one for key, one in by_key.items() if key not in known]:
        session.execute(sa.insert(GradebookEntry), new)
    if old := [one for key, one in by_key.items() if key in known]:
        named = [{f"to_{name}": value for name, value in one.items()} for one in old]
        session.execute(_UPDATE, named)


def _put_means(session: Session, learners: Collection[Pair]) -> None:
    named = [{"of_class": class_id, "of_user": user_id} for class_id, user_id in sorted(learners)]
    session.execute(_UPDATE_MEAN, named)

"""The gradebook's rows, written in the transaction that changes what they sum up."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.assigning import Counts, Result, counted, late_days
from interview.rules.attempt import AttemptState
from interview.services.assignments.terms import OWN, terms_of
from interview.services.unit import UNSYNCED
from interview.store.assignment_reads import ASSIGNMENT
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt
from interview.store.classes import ClassMember
from interview.store.grades import Grade, Submission
from interview.store.types import AnyRow as Row

_NEWEST = (
    sa.select(sa.func.max(Grade.id))
    .where(Grade.submission_id == Submission.id)
    .correlate(Submission)
    .scalar_subquery()
)


# Two who sum up the same learner's attempts take turns, each reading what the other has left:
# the member's row first, which all of a learner's entries in a class share, then the entry's,
# for those who have left the class.
_MEMBER_HELD = (
    sa.select(ClassMember.user_id)
    .join(Assignment, Assignment.class_id == ClassMember.class_id)
    .where(Assignment.id == sa.bindparam("assignment"), ClassMember.user_id == sa.bindparam("user"))
    .with_for_update(of=ClassMember, key_share=True)
)
_ENTRY_HELD = (
    sa.select(GradebookEntry.user_id)
    .where(
        GradebookEntry.assignment_id == sa.bindparam("assignment"),
        GradebookEntry.user_id == sa.bindparam("user"),
    )
    .with_for_update(key_share=True)
)


def _answers_with(condition: sa.ColumnExpressionArgument[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Submission)
        .join(Grade, Grade.id == _NEWEST)
        .where(Submission.attempt_id == Attempt.id, condition)
        .correlate(Attempt)
        .scalar_subquery()
    )


_ATTEMPTS = (
    sa.select(
        Attempt.id, Attempt.state, Attempt.score, Attempt.started_at, Attempt.finished_at,
        _answers_with(Grade.needs_review).label("needs_review"),
        _answers_with(Grade.graded_by.is_not(None)).label("by_people"),
    )
    .where(
        Attempt.assignment_id == sa.bindparam("assignment"),
        Attempt.user_id == sa.bindparam("user"),
    )
    .order_by(Attempt.number)
)  # fmt: skip


def refresh(session: Session, assignment_id: int, user_id: int) -> None:
    """Write what a learner has made of an assignment, and their mean in the class.

    Called at every start and end of an attempt and after every change of a grade, so that
    the gradebook is read without adding anything up.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    """
    named = {"assignment": assignment_id, "user": user_id}
    session.execute(_MEMBER_HELD, named)
    session.execute(_ENTRY_HELD, named)
    assignment = session.execute(ASSIGNMENT, named).one()
    attempts = session.execute(_ATTEMPTS, named).all()
    own = session.execute(OWN.where(ClassMember.user_id == user_id), named).first()
    due = terms_of(assignment, own.class_factor if own else 1.0, own).own_due
    _put(session, {**_sums(assignment, attempts, due), "user_id": user_id})
    _put_mean(session, assignment.class_id, user_id)


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


def _put(session: Session, values: dict[str, Any]) -> None:
    entry = GradebookEntry
    key = (
        entry.assignment_id == values["assignment_id"],
        entry.user_id == values["user_id"],
    )
    updated = session.execute(
        sa.update(entry).where(*key).values(**values).returning(entry.user_id),
        execution_options=UNSYNCED,
    ).first()
    if updated is None:
        session.execute(sa.insert(entry).values(**values))


def _put_mean(session: Session, class_id: int, user_id: int) -> None:
    own = (GradebookEntry.class_id == class_id, GradebookEntry.user_id == user_id)
    mean = sa.select(sa.func.avg(GradebookEntry.score)).where(*own).scalar_subquery()
    count = sa.select(sa.func.count(GradebookEntry.score)).where(*own).scalar_subquery()
    session.execute(
        sa.update(ClassMember)
        .where(ClassMember.class_id == class_id, ClassMember.user_id == user_id)
        .values(mean_score=mean, finished_count=count),
        execution_options=UNSYNCED,
    )

"""Asking for a regrade: who may, of what, and its first row."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.access import ClassRole
from interview.rules.typed import clean
from interview.services.audit import REASON_LIMIT
from interview.services.classes.access import TEACH, Forbidden, assignment_for
from interview.services.classes.changing import Archived
from interview.services.jobs import queue
from interview.services.principals import Principal
from interview.services.regrading.records import JOB, POLICIES, SCOPES, Reach, Refused, Wish
from interview.services.unit import write
from interview.store import regrading as reads
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import Class, ClassMember
from interview.store.db import db
from interview.store.regrades import RegradeRun


def make(person: Principal, wish: Wish, now: datetime) -> int:
    """Have a dry run made by the worker.

    Returns
    -------
    int
        The run.

    Raises
    ------
    NotFound, Forbidden
        When the assignment is not the person's, or the scope is not theirs to regrade.
    Archived
        When the class of the assignment cannot be changed.
    Refused
        When there is nothing to grade anew, or the wish makes no sense.
    """
    _may(person, wish)
    wanted = Refused("There is no answer yet that could be graded anew.")
    reach = Reach(wish.scope, wish.assignment_id, person.id, wish.question_id)
    first = reads.submissions(reach).limit(1)
    if db.session.scalar(first) is None:
        raise wanted
    with write() as session:
        return insert(session, person, wish, now)


def insert(session: Session, person: Principal, wish: Wish, now: datetime) -> int:
    """Make a run and its job in the caller's transaction, who has seen that the person may.

    Raises
    ------
    Refused
        When the wish makes no sense.
    """
    _check(wish)
    run_id = session.execute(
        sa.insert(RegradeRun)
        .values(
            owner_id=person.id,
            scope=wish.scope,
            assignment_id=wish.assignment_id,
            question_id=wish.question_id,
            version_id=wish.version_id or _current(session, wish.question_id),
            appeal_id=wish.appeal_id,
            policy=wish.policy,
            reason=reason_of(wish.reason),
            created_at=now,
        )
        .returning(RegradeRun.id)
    ).scalar_one()
    queue.enqueue(session, JOB, run_id, person.id, now)
    return run_id


def reason_of(text: str) -> str:
    """Read why grades are to be given anew.

    Raises
    ------
    Refused
        When there is no reason, or it is too long.
    """
    reason = clean(text).text.strip()
    if not reason:
        raise Refused("Say why: learners whose grade changes read it.")
    if len(reason) > REASON_LIMIT:
        raise Refused(f"A reason has at most {REASON_LIMIT} characters.")
    return reason


def _check(wish: Wish) -> None:
    if wish.scope not in SCOPES or wish.policy not in POLICIES:
        raise Refused("Choose which answers, and what becomes of grades that would fall.")
    if (wish.scope == "assignment") != (wish.assignment_id is not None):
        raise Refused("Choose an assignment.")
    if wish.version_id is not None and wish.question_id is None:
        raise Refused("Choose a question.")


def _may(person: Principal, wish: Wish) -> None:
    _check(wish)
    if wish.assignment_id is not None:
        _, place = assignment_for(person, wish.assignment_id, TEACH)
        if place.archived_at is not None:
            raise Archived
    elif wish.scope == "classes":
        if not teaches(person):
            raise Forbidden
    elif not person.is_admin:
        raise Forbidden
    if wish.version_id is not None and not _is_of(wish.version_id, wish.question_id):
        raise Refused("This version belongs to another question.")


def teaches(person: Principal) -> bool:
    """Whether the person is an instructor of a class that can be changed."""
    taught = sa.select(sa.literal(1)).select_from(ClassMember)
    taught = taught.join(Class, Class.id == ClassMember.class_id).where(
        ClassMember.user_id == person.id,
        ClassMember.role == ClassRole.INSTRUCTOR,
        Class.archived_at.is_(None),
    )
    return db.session.scalar(taught.limit(1)) is not None


def _is_of(version_id: int, question_id: int | None) -> bool:
    found = sa.select(QuestionVersion.question_id).where(QuestionVersion.id == version_id)
    return db.session.scalar(found) == question_id


def _current(session: Session, question_id: int | None) -> Any:
    """Name the version now, so that what is compared and what is applied are by the same."""
    if question_id is None:
        return None
    return session.scalar(sa.select(Question.current_version_id).where(Question.id == question_id))

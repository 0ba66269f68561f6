"""Starting an assigned attempt: within its terms, once, and for many learners at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from random import SystemRandom
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.rules.assigning import Refusal, Taken, Terms, refusal
from interview.rules.attempt import Preset
from interview.services.assignments.policies import policy_of
from interview.services.assignments.standing import settled_standing
from interview.services.assignments.terms import terms_of
from interview.services.assignments.versions import rubrics_of
from interview.services.attempts.starting import AlreadyOpen, insert_attempt
from interview.services.classes.access import ASSIST, SEE, Forbidden, assignment_for
from interview.services.principals import Principal
from interview.services.sets.drawing import Drawn, draw
from interview.services.unit import UNSYNCED, write
from interview.store import assignment_reads as reads
from interview.store.assignments import GradebookEntry
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from interview.store.sets import AuthoredSet, SetVersion
from interview.store.types import AnyRow as Row

_TRIES = 5
_SHUFFLE = SystemRandom().shuffle


class Refused(Exception):
    """An attempt cannot be started now.

    Attributes
    ----------
    why : Refusal
        In one word; the page before the start says it in many.
    """

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


class _Changed(Exception):
    """What was looked at is no longer so: look again."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """Who wants to start what."""

    user_id: int
    assignment_id: int
    code: str
    now: datetime

    @property
    def named(self) -> dict[str, int]:
        return {"assignment": self.assignment_id, "user": self.user_id}


def start(person: Principal, assignment_id: int, code: str, now: datetime) -> int:
    """Start an attempt; its clock runs from now.

    Whether it may be started is looked at before the write, and once more in it. That two
    tabs never start two attempts is held by the database, whose word sends us to look again.

    Parameters
    ----------
    code : str
        The access code as typed; passed over where the assignment has none.

    Returns
    -------
    int
        The attempt.

    Raises
    ------
    NotFound
        When the assignment is not for the person.
    Forbidden
        When the person teaches or assists there.
    Refused
        When it cannot be started now.
    AlreadyOpen
        When an attempt at it is open.
    """
    for last in reversed(range(_TRIES)):
        assignment, place = assignment_for(person, assignment_id, SEE)
        if place.may(ASSIST):
            raise Forbidden
        if place.archived_at is not None:
            raise Refused(Refusal.WITHDRAWN)
        wish = _Wish(person.id, assignment_id, code, now)
        standing = settled_standing(person.id, assignment_id, now)
        if standing.running is not None:
            raise AlreadyOpen(standing.running)
        _terms_if_allowed(wish, assignment, standing)
        drawn, topic = _draw(assignment.set_version_id)
        if not drawn:
            raise Refused(Refusal.NO_QUESTIONS)
        try:
            with write() as session:
                return _begin(session, wish, assignment.set_version_id, drawn, topic)
        except (IntegrityError, _Changed):
            if not last:
                raise
    raise AssertionError  # the last try returns or raises


def _terms_if_allowed(wish: _Wish, assignment: Row, standing: Row) -> Terms:
    if assignment.archived_at is not None:
        raise Refused(Refusal.WITHDRAWN)
    terms = terms_of(assignment, standing.class_factor, standing)
    why = refusal(terms, Taken(standing.attempts, standing.last_ended), wish.now)
    if why is not None:
        raise Refused(why)
    if not _opens(assignment.access_code, wish.code):
        raise Refused(Refusal.WRONG_CODE)
    return terms


def _opens(lock: str, key: str) -> bool:
    """Whether a typed code is the right one, but for case and blanks; in constant time."""
    return not lock or compare_digest(_bare(lock), _bare(key))


def _bare(code: str) -> bytes:
    return "".join(code.split()).casefold().encode(errors="replace")


def _draw(version_id: int) -> tuple[tuple[Drawn, ...], str]:
    """Choose the questions, and name the topic that they have in common."""
    content, owner_id = db.session.execute(
        sa.select(SetVersion.content, AuthoredSet.owner_id)
        .join(AuthoredSet, AuthoredSet.id == SetVersion.set_id)
        .where(SetVersion.id == version_id)
    ).one()
    drawn = draw(content, owner_id, SystemRandom())
    topics = db.session.scalars(
        sa.select(Question.topic)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .where(QuestionVersion.id.in_([one.version_id for one in drawn]))
        .distinct()
        .limit(2)
    ).all()
    return drawn, topics[0] if len(topics) == 1 else "Mixed"


def _begin(
    session: Session, wish: _Wish, version_id: int, drawn: Sequence[Drawn], topic: str
) -> int:
    assignment = session.execute(reads.ASSIGNMENT_HELD, wish.named).one()
    standing = session.execute(reads.STANDING, wish.named).one()
    moved_on = assignment.set_version_id != version_id or assignment.class_archived_at is not None
    if moved_on or standing.running is not None or not standing.is_for:
        raise _Changed
    terms = _terms_if_allowed(wish, assignment, standing)
    values = {
        "user_id": wish.user_id,
        "number": standing.attempts + 1,
        "topic": topic,
        **_values(assignment, terms, wish.now),
    }
    asked = [one.version_id for one in drawn]
    rubrics = rubrics_of(session, assignment.id, asked) if standing.has_rubrics else {}
    attempt_id = insert_attempt(session, values, _items(assignment, drawn, rubrics))
    _note(session, assignment, values, attempt_id)
    return attempt_id


def _values(assignment: Row, terms: Terms, now: datetime) -> dict[str, Any]:
    deadline, grace = terms.deadline(now), terms.allowance.grace
    return {
        "assignment_id": assignment.id,
        "scope": f"assignment:{assignment.id}",
        "title": assignment.title,
        "preset": Preset.ASSIGNED,
        "feedback": policy_of(assignment).feedback,
        "whole_limit_seconds": assignment.whole_limit_seconds,
        "question_limit_seconds": assignment.question_limit_seconds,
        "pausable": False,
        "returnable": assignment.returnable and terms.question_limit is None,
        "time_factor": terms.factor,
        "closes_at": terms.closes_at,
        "grace_seconds": grace.total_seconds(),
        "started_at": now,
        "deadline_at": deadline,
        "cutoff_at": deadline and deadline + grace,
    }


def _items(
    assignment: Row, drawn: Sequence[Drawn], rubrics: Mapping[int, int]
) -> list[dict[str, Any]]:
    asked = list(drawn)
    if assignment.shuffle:
        _SHUFFLE(asked)
    limited = assignment.question_limit_seconds is not None
    return [
        {
            "question_version_id": one.version_id,
            "rubric_version_id": rubrics.get(one.version_id),
            "points": one.points,
            "limit_seconds": one.seconds if limited else None,
        }
        for one in asked
    ]


def _note(session: Session, assignment: Row, values: dict[str, Any], attempt_id: int) -> None:
    """Note the start in the gradebook, as `entries.refresh` would, in one statement.

    A whole class starts within seconds, and a start changes no score.
    """
    entry = GradebookEntry
    if values["number"] == 1:
        session.execute(
            sa.insert(entry).values(
                assignment_id=assignment.id,
                user_id=values["user_id"],
                class_id=assignment.class_id,
                attempts=1,
                is_open=True,
                attempt_id=attempt_id,
                started_at=values["started_at"],
            )
        )
        return
    unfinished = sa.case((entry.finished_at.is_(None), attempt_id), else_=entry.attempt_id)
    session.execute(
        sa.update(entry)
        .where(entry.assignment_id == assignment.id, entry.user_id == values["user_id"])
        .values(attempts=values["number"], is_open=True, attempt_id=unfinished),
        execution_options=UNSYNCED,
    )

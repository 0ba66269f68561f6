"""A grade that a person gives: appended to those before it, with a reason, and noted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.grading import Grade, Verdict
from interview.grading.overriding import PERSON, overridden
from interview.rules.access import Power
from interview.rules.typed import clean
from interview.services.assignments import entries
from interview.services.attempts.totals import retotal
from interview.services.audit import REASON_LIMIT, Change, answer_named, changes, note
from interview.services.classes.access import attempt_for_staff
from interview.services.classes.changing import hold_class
from interview.services.grading import grade_row
from interview.services.marking.answers import AnswerToGrade, Gradable, answer_of
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import marking as reads
from interview.store.db import db
from interview.store.grades import Grade as GradeRow

__all__ = ["REASON_LIMIT"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about an answer.

    Attributes
    ----------
    base : int
        The grade that it was made from.
    verdicts : mapping of str to str
        By key point.
    score : float or None
        0 to 1, in place of what the key points come to.
    reason : str
        At most `REASON_LIMIT` characters.
    """

    base: int
    verdicts: Mapping[str, str]
    score: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Another grade was given since the form was read; nothing was written.

    Attributes
    ----------
    answer : AnswerToGrade
        As it is now.
    """

    answer: AnswerToGrade


class Unreadable(ValueError):
    """A decision gives no reason, or names a key point or a grade that the answer has not."""


def look(person: Principal, attempt_id: int, position: int, now: datetime) -> AnswerToGrade:
    """Read an answer for somebody who may grade it.

    Raises
    ------
    NotFound
        When there is no such answer in an attempt at an assignment of the person's classes.
    """
    _, place = attempt_for_staff(person, attempt_id, Power.ASSIST)
    return answer_of(attempt_id, position, place, now)


def override(
    person: Principal, attempt_id: int, position: int, decision: Decision, now: datetime
) -> AnswerToGrade | Overtaken:
    """Give an answer another grade; saying the same again changes nothing.

    Returns
    -------
    AnswerToGrade or Overtaken
        The answer with its new grade, or with the one that came first.

    Raises
    ------
    NotFound
        When there is no such answer in an attempt at an assignment of the person's classes.
    Archived
        When the class cannot be changed.
    Unreadable
        When the decision does not fit the answer.
    """
    answer = look(person, attempt_id, position, now)
    grade = decided(answer, decision)
    given = Given(grade, answer.version_id, decision.base, reason_of(decision.reason))
    return _give(person, answer, given, now)


def take_back(
    person: Principal, attempt_id: int, position: int, base: int, reason: str, now: datetime
) -> AnswerToGrade | Overtaken:
    """Take the grader's own grade again, as a further grade; raises what `override` raises."""
    answer = look(person, attempt_id, position, now)
    named = {"submission": answer.submission_id, "person": PERSON}
    row = db.session.execute(reads.BY_GRADER, named).one()
    grade = Grade.from_dict(row.verdict)
    given = Given(grade, row.question_version_id, base, reason_of(reason))
    return _give(person, answer, given, now)


@dataclass(frozen=True, slots=True)
class Given:
    """A grade that a person gives.

    Attributes
    ----------
    version_id : int
        By whose rubric.
    base : int
        The grade that it was made from.
    """

    grade: Grade
    version_id: int
    base: int
    reason: str


def reason_of(text: str) -> str:
    """Read why a grade is given.

    Raises
    ------
    Unreadable
        When there is no reason, or it is too long.
    """
    reason = clean(text).text.strip()
    if not 0 < len(reason) <= REASON_LIMIT:
        raise Unreadable("a grade is given with a reason that is not too long")
    return reason


def decided(answer: AnswerToGrade, decision: Decision) -> Grade:
    """Make the grade that a decision comes to; raises `Unreadable` where it fits no grade."""
    named = {"grade": decision.base, "submission": answer.submission_id}
    row = db.session.execute(reads.GRADE, named).first()
    if row is None:
        raise Unreadable("the grade that it was made from is not of this answer")
    try:
        verdicts = {name: Verdict(verdict) for name, verdict in decision.verdicts.items()}
        return overridden(Grade.from_dict(row.verdict), verdicts, decision.score)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _give(
    person: Principal, answer: AnswerToGrade, given: Given, now: datetime
) -> AnswerToGrade | Overtaken:
    with write() as session:
        hold_class(session, answer.place.class_id)
        is_first = give_in(session, person, answer, given, now)
    current = answer_of(answer.attempt_id, answer.position, answer.place, now)
    if is_first or _is_same(current, person, given):
        return current
    return Overtaken(current)


def give_in(
    session: Session, person: Principal, answer: Gradable, given: Given, now: datetime
) -> bool:
    """Give an answer a grade within a transaction that holds its class.

    Returns
    -------
    bool
        False when another grade came first; nothing is written then.
    """
    state = session.execute(reads.LOCK, {"attempt": answer.attempt_id}).one().state
    if session.scalar(reads.NEWEST, {"submission": answer.submission_id}) != given.base:
        return False
    _append(session, person, answer, given, now)
    retotal(session, answer.attempt_id, answer.position, given.grade.score, state)
    entries.refresh(session, answer.assignment_id, answer.user_id)
    note(session, person, _change(answer, given), now)
    return True


def _is_same(current: AnswerToGrade, person: Principal, given: Given) -> bool:
    """Whether the newest grade is this very one: a double click, or a form sent again."""
    return (current.grade, current.by_id, current.reason) == (given.grade, person.id, given.reason)


def _append(
    session: Session, person: Principal, answer: Gradable, given: Given, now: datetime
) -> None:
    row = grade_row(given.grade, answer.submission_id, given.version_id, now)
    session.execute(sa.insert(GradeRow).values(**row, graded_by=person.id, reason=given.reason))


def _change(answer: Gradable, given: Given) -> Change:
    return Change(
        kind="grade.overridden",
        subject=answer_named(answer.learner, answer.title, answer.number, answer.position),
        class_id=answer.place.class_id,
        learner_id=answer.user_id,
        details=changes(_told(answer.grade), _told(given.grade)),
        reason=given.reason,
    )


def _told(grade: Grade) -> dict[str, Any]:
    points = {
        f"key point {number}": point.verdict.value
        for number, point in enumerate(grade.points, start=1)
    }
    return {"score": grade.score, **points, "needs_review": grade.needs_review}

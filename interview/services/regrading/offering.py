"""Which answers somebody may have graded anew: what the form of a new run offers."""

from dataclasses import dataclass

import sqlalchemy as sa

from interview.rules.access import ClassRole
from interview.services.attempts.records import NotFound
from interview.services.authoring.access import question_for
from interview.services.classes.access import TEACH, Forbidden, Place, assignment_for
from interview.services.classes.changing import Archived
from interview.services.principals import Principal
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import Question, QuestionVersion
from interview.store.classes import Class, ClassMember
from interview.store.db import db

MOST_QUESTIONS = 200
"""Of an assignment that draws from a large bank, those that are named one by one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen.

    Attributes
    ----------
    scopes : tuple of str
        At least one; the narrowest first.
    assignment_id : int or None
        The assignment that it began at, with its title and class.
    question_id : int or None
        The question that it began at; no other can be chosen then.
    questions : tuple of (int, str)
        Questions that can be chosen one by one, with their prompts.
    classes : int
        How many classes, not archived, the person teaches.
    """

    scopes: tuple[str, ...]
    assignment_id: int | None
    assignment: str
    place: Place | None
    question_id: int | None
    questions: tuple[tuple[int, str], ...]
    classes: int


def offer(person: Principal, assignment_id: int | None, question_id: int | None) -> Offer:
    """Read what somebody may choose who begins at an assignment, a question, or at neither.

    Raises
    ------
    NotFound
        When there is no such assignment or question, or it is not the person's to see.
    Forbidden
        When the person neither teaches it nor anything else.
    Archived
        When the class of the assignment cannot be changed.
    """
    title, place = _assignment(person, assignment_id)
    asked = None if question_id is None else _question(person, question_id)
    classes = _taught(person.id)
    scopes = [
        *(["assignment"] if place else []),
        *(["classes"] if classes else []),
        *(["everywhere"] if person.is_admin else []),
    ]
    if not scopes:
        raise Forbidden
    answered = _questions_of(assignment_id) if assignment_id is not None else ()
    return Offer(
        scopes=tuple(scopes),
        assignment_id=assignment_id,
        assignment=title,
        place=place,
        question_id=question_id,
        questions=answered if asked is None else (asked,),
        classes=classes,
    )


def _assignment(person: Principal, assignment_id: int | None) -> tuple[str, Place | None]:
    if assignment_id is None:
        return "", None
    row, place = assignment_for(person, assignment_id, TEACH)
    if place.archived_at is not None:
        raise Archived
    return row.title, place


def _question(person: Principal, question_id: int) -> tuple[int, str]:
    """Name a question that was published: no other was ever answered."""
    row = question_for(person, question_id)
    prompt = sa.select(QuestionVersion.prompt).where(QuestionVersion.id == row.current_version_id)
    found = db.session.scalar(prompt)
    if found is None:
        raise NotFound
    return row.id, found


def _taught(user_id: int) -> int:
    teaches = (ClassMember.user_id == user_id, ClassMember.role == ClassRole.INSTRUCTOR)
    counted = sa.select(sa.func.count()).select_from(ClassMember)
    counted = counted.join(Class, Class.id == ClassMember.class_id)
    return db.session.scalar(counted.where(*teaches, Class.archived_at.is_(None))) or 0


def _questions_of(assignment_id: int) -> tuple[tuple[int, str], ...]:
    """The questions that learners were asked in an assignment, in the order of the bank."""
    asked = (
        sa.select(QuestionVersion.question_id)
        .join(AttemptItem, AttemptItem.question_version_id == QuestionVersion.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.assignment_id == assignment_id)
    )
    rows = db.session.execute(
        sa.select(Question.id, QuestionVersion.prompt)
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .where(Question.id.in_(asked))
        .order_by(Question.id)
        .limit(MOST_QUESTIONS)
    )
    return tuple((row.id, row.prompt) for row in rows)

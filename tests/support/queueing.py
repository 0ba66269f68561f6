"""Answers of several learners to one question, waiting for a person's eye."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.grading.records import Flag, Grade, PointVerdict, Span, Verdict
from interview.services.assignments import entries
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.appeals import Appeal
from interview.store.attempts import Attempt
from interview.store.bank import QuestionVersion
from interview.store.db import db
from interview.store.grades import Grade as GradeRow
from interview.store.grades import Submission
from tests.support.attempts import Item, add_question, grade_of
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.clock import START

POINTS = (
    PointVerdict("said", "It is said.", Verdict.FOUND, Span(0, 2), 1.0, 1.0),
    PointVerdict("meant", "It is meant.", Verdict.NOT_FOUND, None, 0.0, 1.0),
)
CACHE = "A cache keeps copies of values near the program that reads them"
LIKE_CACHE = "The cache keeps copies of values near the program that reads them often"
INDEX = "An index is a sorted tree of keys in a database"


@dataclass(frozen=True)
class Queue:
    """A class and one assignment of one question in it, which everybody answered once.

    Attributes
    ----------
    learners, attempts : dict of str to int
        By name.
    """

    iris: Principal
    class_id: int
    assignment: int
    version: int
    learners: dict[str, int]
    attempts: dict[str, int]


def add_version(prompt: str = "What is a cache?") -> int:
    """A question whose rubric has the key points of `POINTS`."""
    version = add_question(prompt=prompt)
    points = [
        {"id": point.id, "text": point.text, "phrasings": [], "weight": 1.0, "required": False}
        for point in POINTS
    ]
    rubric = {"references": ["A fast store."], "key_points": points, "misconceptions": []}
    with write() as session:
        session.execute(
            sa.update(QuestionVersion).where(QuestionVersion.id == version).values(rubric=rubric)
        )
    return version


def queue(**texts: str) -> Queue:
    """A question answered by the learners who are named, each with a grade that is unsure."""
    iris = principal(add_instructor())
    class_id = add_class(instructor=iris.id)
    version = add_version()
    assignment = add_assignment(class_id, add_set_version(iris.id, [version]))
    names = list(texts)
    learners = dict(zip(names, add_learners(class_id, *names), strict=True))
    attempts = {}
    for name in names:
        items = [Item(version, text=texts[name], score=0.5)]
        attempts[name] = add_assigned(assignment, learners[name], items=items, score=0.5)
        ask(attempts[name])
    return Queue(iris, class_id, assignment, version, learners, attempts)


def ask(attempt: int, *flags: Flag, needs_review: bool = True) -> None:
    """Let the newest grade of an attempt's first answer have these flags and ask for an eye."""
    row = db.session.execute(
        sa.select(Attempt.assignment_id, Attempt.user_id).where(Attempt.id == attempt)
    ).one()
    verdict = _verdict(flags, needs_review)
    with write() as session:
        session.execute(
            sa.update(GradeRow)
            .where(GradeRow.id == newest_id(attempt))
            .values(verdict=verdict, needs_review=needs_review)
        )
        entries.refresh(session, row.assignment_id, row.user_id)


def _verdict(flags: Sequence[Flag], needs_review: bool) -> dict[str, Any]:
    made = grade_of(0.5, CACHE).to_dict()
    points = [
        {
            "id": point.id, "text": point.text, "verdict": point.verdict.value,
            "span": point.span and {"start": point.span.start, "end": point.span.end},
            "earned": point.earned, "possible": point.possible, "derived": False,
        }
        for point in POINTS
    ]  # fmt: skip
    return {**made, "points": points, "flags": list(flags), "needs_review": needs_review}


def submission(attempt: int) -> int:
    found = db.session.scalar(sa.select(Submission.id).where(Submission.attempt_id == attempt))
    assert found is not None
    return found


def newest_id(attempt: int) -> int:
    """The newest grade of an attempt's only answer."""
    found = db.session.scalar(
        sa.select(sa.func.max(GradeRow.id)).where(GradeRow.submission_id == submission(attempt))
    )
    assert found is not None
    return found


def newest(attempt: int) -> tuple[Grade, int | None, str]:
    """That grade, with who gave it and why."""
    row = db.session.execute(
        sa.select(GradeRow.verdict, GradeRow.graded_by, GradeRow.reason).where(
            GradeRow.id == newest_id(attempt)
        )
    ).one()
    return Grade.from_dict(row.verdict), row.graded_by, row.reason


def contest(case: Queue, name: str) -> None:
    """Let a learner contest a key point."""
    row = {
        "submission_id": submission(case.attempts[name]), "assignment_id": case.assignment,
        "user_id": case.learners[name], "grade_id": newest_id(case.attempts[name]),
        "point_id": "meant", "point_text": "It is meant.", "quote": "keeps", "created_at": START,
    }  # fmt: skip
    with write() as session:
        session.execute(sa.insert(Appeal).values(**row))

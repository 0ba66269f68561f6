"""A class with one assigned attempt to be read, and grades with several key points."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from interview.grading.records import Grade, PointVerdict, Span, Verdict
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.db import db
from interview.store.grades import Grade as GradeRow
from interview.store.grades import Submission
from tests.support.attempts import Item, grade_of
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)

TEXT = "It makes the point."
POINTS = (
    PointVerdict("said", "It is said.", Verdict.FOUND, Span(0, 2), 1.0, 1.0),
    PointVerdict("meant", "It is meant.", Verdict.NOT_FOUND, None, 0.0, 2.0),
    PointVerdict("denied", "It is not denied.", Verdict.PARTLY, Span(3, 8), 0.6, 1.0),
)


@dataclass(frozen=True)
class Marked:
    """An attempt of two answers and one question not answered; 1, 3 and 1 points."""

    iris: Principal
    ada: int
    assignment: int
    attempt: int


def marked(**terms: Any) -> Marked:
    """Class 1 with its one learner's attempt: 0.4 and 0.8 for the answers."""
    iris = principal(add_instructor())
    assert add_class(instructor=iris.id) == 1
    (ada,) = add_learners(1, "Ada")
    assignment = add_assignment(1, add_set_version(iris.id), **terms)
    items = [
        Item(text=TEXT, score=0.4),
        Item(text=TEXT, score=0.8),
        Item(state="unanswered", text=None, draft="half a thought"),
    ]
    attempt = add_assigned(assignment, ada, items=items, score=(0.4 + 3 * 0.8) / 5)
    with write() as session:
        session.execute(
            sa.update(AttemptItem)
            .where(AttemptItem.attempt_id == attempt, AttemptItem.position == 2)
            .values(points=3.0)
        )
    put_points(attempt, 1, 0.4)
    return Marked(iris, ada, assignment, attempt)


def put_points(attempt: int, position: int, score: float) -> None:
    """Give the newest grade of an answer the points of `POINTS`."""
    place = (Submission.attempt_id == attempt, Submission.position == position)
    newest = (
        sa.select(sa.func.max(GradeRow.id))
        .join(Submission, Submission.id == GradeRow.submission_id)
        .where(*place)
    )
    made = grade_of(score, TEXT)
    verdict = {**made.to_dict(), "points": [{**_data(point)} for point in POINTS]}
    with write() as session:
        session.execute(
            sa.update(GradeRow)
            .where(GradeRow.id == newest.scalar_subquery())
            .values(verdict=verdict)
        )


def _data(point: PointVerdict) -> dict[str, Any]:
    span = None if point.span is None else {"start": point.span.start, "end": point.span.end}
    return {
        "id": point.id, "text": point.text, "verdict": point.verdict.value, "span": span,
        "earned": point.earned, "possible": point.possible, "derived": False,
    }  # fmt: skip


def grades(attempt: int, position: int = 1) -> list[Any]:
    """The rows of an answer's grades, oldest first."""
    place = (Submission.attempt_id == attempt, Submission.position == position)
    return list(
        db.session.execute(
            sa.select(*sa.inspect(GradeRow).columns)
            .join(Submission, Submission.id == GradeRow.submission_id)
            .where(*place)
            .order_by(GradeRow.id)
        )
    )


def newest(attempt: int, position: int = 1) -> Grade:
    return Grade.from_dict(grades(attempt, position)[-1].verdict)


def scores(attempt: int) -> tuple[float | None, list[float | None]]:
    """The score of an attempt, and those of its items."""
    whole = db.session.scalar(sa.select(Attempt.score).where(Attempt.id == attempt))
    items = (
        sa.select(AttemptItem.score)
        .where(AttemptItem.attempt_id == attempt)
        .order_by(AttemptItem.position)
    )
    return whole, list(db.session.scalars(items))

"""A class that has sat an assignment, with grades that say different things."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from interview.grading.overriding import PERSON
from interview.services.unit import write
from interview.store.db import db
from interview.store.grades import Grade, Submission
from tests.support.attempts import Item, add_question
from tests.support.classes import add_assigned, add_assignment, add_learners, add_set_version

Scores = Sequence[float | None]


def item(version: int, score: float | None, seconds: float = 60.0) -> Item:
    """One question of an attempt; without a score it was not answered."""
    if score is None:
        return Item(version, state="unanswered", text=None, score=None, seconds=seconds)
    return Item(version, score=score, seconds=seconds)


def a_sitting(
    teacher: int, table: Sequence[Scores], class_id: int = 1, **terms: Any
) -> tuple[int, list[int], list[int]]:
    """Let new learners sit a new assignment, one a row of scores.

    Returns
    -------
    tuple of (int, list of int, list of int)
        The assignment, its questions' versions, and the attempts.
    """
    versions = [add_question() for _ in table[0]]
    assignment = add_assignment(class_id, add_set_version(teacher, versions), **terms)
    people = add_learners(class_id, *(f"Learner {number}" for number in range(len(table))))
    attempts = [
        sit(assignment, person, versions, scores)
        for person, scores in zip(people, table, strict=True)
    ]
    return assignment, versions, attempts


def sit(
    assignment: int,
    person: int,
    versions: Sequence[int],
    scores: Scores,
    number: int = 1,
    **values: Any,
) -> int:
    """One attempt; each question is answered in a minute more than the one before it."""
    items = [
        item(version, score, 60.0 * place)
        for place, (version, score) in enumerate(zip(versions, scores, strict=True), 1)
    ]
    total = sum(score or 0.0 for score in scores) / len(scores)
    return add_assigned(assignment, person, number, items=items, **{"score": total, **values})


def say(attempt_id: int, verdict: str, position: int = 1, **values: Any) -> None:
    """Let the newest grade of an answer say this of its key point; `values` are columns."""
    point = {"verdict": verdict, **values.pop("point", {})}
    with write() as session:
        row = session.get(Grade, _newest(attempt_id, position))
        assert row is not None
        row.verdict = {**row.verdict, "points": [{**row.verdict["points"][0], **point}]}
        for name, value in values.items():
            setattr(row, name, value)


def grade_again(attempt_id: int, score: float, position: int = 1, **values: Any) -> None:
    """Append a grade to an answer: a person's, unless said otherwise."""
    with write() as session:
        last = session.get(Grade, _newest(attempt_id, position))
        assert last is not None
        row = {
            "submission_id": last.submission_id,
            "question_version_id": last.question_version_id,
            "grader_version": PERSON,
            "score": score,
            "needs_review": False,
            "verdict": last.verdict,
            "created_at": last.created_at,
            **values,
        }
        session.execute(sa.insert(Grade).values(**row))


def _newest(attempt_id: int, position: int) -> int:
    return db.session.execute(
        sa.select(sa.func.max(Grade.id))
        .join(Submission, Submission.id == Grade.submission_id)
        .where(Submission.attempt_id == attempt_id, Submission.position == position)
    ).scalar_one()

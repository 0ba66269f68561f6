"""The grader of this process, and grades as rows."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa

from interview.grading import AnswerGrader, Grade, KeyPoint, Misconception, Rubric
from interview.grading.compile import CompiledRubric
from interview.store.bank import QuestionVersion
from interview.store.db import db

COMPILED_AT_ONCE = 128
"""Rubrics kept compiled in a process; one is compiled again in some milliseconds."""

DATA = Path(__file__).resolve().parents[2] / "data"

_compiling = Lock()

_VERSION = sa.select(QuestionVersion.prompt, QuestionVersion.rubric).where(
    QuestionVersion.id == sa.bindparam("version")
)


@lru_cache(maxsize=1)
def grader() -> AnswerGrader:
    """The shipped grader, loaded once a process."""
    return AnswerGrader.load(DATA / "grader")


def rubric_of(prompt: str, content: dict[str, Any]) -> Rubric:
    """Make a rubric of a version's stored content."""
    return Rubric(
        prompt=prompt,
        references=tuple(content["references"]),
        key_points=tuple(
            KeyPoint(**{**point, "phrasings": tuple(point["phrasings"])})
            for point in content["key_points"]
        ),
        misconceptions=tuple(
            Misconception(**{**idea, "phrasings": tuple(idea["phrasings"])})
            for idea in content["misconceptions"]
        ),
    )


def compiled(version_id: int) -> CompiledRubric:
    """Return the rubric of a version, ready to grade by."""
    # One thread compiles: when a class starts together, the others wait for its result
    # and do not all compute the same.
    with _compiling:
        return _compiled(version_id)


# A version never changes, so its compiled rubric is right for as long as the process lives.
@lru_cache(maxsize=COMPILED_AT_ONCE)
def _compiled(version_id: int) -> CompiledRubric:
    prompt, content = db.session.execute(_VERSION, {"version": version_id}).one()
    return grader().compile(rubric_of(prompt, content))


def forget_compiled() -> None:
    """Forget every compiled rubric, for a process that changes its database."""
    _compiled.cache_clear()
    _compiled_with.cache_clear()


def grade_answer(version_id: int, text: str) -> Grade:
    """Grade an answer by the rubric of a version."""
    return grader().grade(compiled(version_id), text)


Wordings = tuple[tuple[str, str], ...]
"""Personal wordings of one question: the key point's id, and the words."""

OWN_COMPILED_AT_ONCE = 32


def grade_personally(
    version_id: int, text: str, wordings: Wordings
) -> tuple[Grade, list[str] | None]:
    """Grade an answer of own practice, the learner's own wordings among the accepted ones.

    Returns
    -------
    tuple of Grade and list of str or None
        The grade, and the key points that only those wordings found; None for none.
    """
    plain = grade_answer(version_id, text)
    if not wordings:
        return plain, None
    with _compiling:
        rubric = _compiled_with(version_id, wordings)
    grade = grader().grade(rubric, text)
    before = {point.id: point.earned for point in plain.points}
    gained = [one.id for one in grade.points if one.earned > before.get(one.id, 0.0)]
    return (grade, gained) if gained else (plain, None)


@lru_cache(maxsize=OWN_COMPILED_AT_ONCE)
def _compiled_with(version_id: int, wordings: Wordings) -> CompiledRubric:
    prompt, content = db.session.execute(_VERSION, {"version": version_id}).one()
    points = [
        {**point, "phrasings": [*point["phrasings"], *(w for i, w in wordings if i == point["id"])]}
        for point in content["key_points"]
    ]
    return grader().compile(rubric_of(prompt, {**content, "key_points": points}))


def grade_row(
    grade: Grade,
    submission_id: int,
    version_id: int,
    now: datetime,
    own_points: list[str] | None = None,
) -> dict[str, Any]:
    """The columns under which a grade is kept; for `own_points` see `grades.Grade`."""
    return {
        "submission_id": submission_id,
        "question_version_id": version_id,
        "grader_version": grade.grader_version,
        "score": grade.score,
        "needs_review": grade.needs_review,
        "verdict": grade.to_dict(),
        "own_points": own_points,
        "created_at": now,
    }

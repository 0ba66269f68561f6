"""Fitting the grader's document frequencies on the whole bank; an operator's command."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from interview.grading import AnswerGrader, Rubric
from interview.services.grading import rubric_of
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db

_PAGE = 500


@dataclass(frozen=True, slots=True)
class Refit:
    """What a refit came to."""

    questions: int
    grader_version: str


class EmptyBank(Exception):
    """There is no question to fit on."""


def refit(folder: Path) -> Refit:
    """Fit idf on every ready question and keep the snapshot.

    Parameters
    ----------
    folder : Path
        Where ``idf.json`` is written.

    Returns
    -------
    Refit
        With the version that grades carry from now on.

    Raises
    ------
    EmptyBank
        When the bank has no ready question.
    """
    rubrics = [rubric for _, rubric in ready_rubrics()]
    if not rubrics:
        raise EmptyBank
    grader = AnswerGrader().fit(rubrics)
    grader.save(folder)
    return Refit(len(rubrics), grader.version)


def ready_rubrics() -> Iterator[tuple[str, Rubric]]:
    """Yield the slug and the rubric of every ready question, in the order of the bank."""
    query = (
        sa.select(Question.id, Question.slug, QuestionVersion.prompt, QuestionVersion.rubric)
        .join(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .where(Question.status == "ready", Question.id > sa.bindparam("after"))
        .order_by(Question.id)
        .limit(_PAGE)
    )
    after = 0
    while rows := db.session.execute(query, {"after": after}).all():
        for row in rows:
            yield row.slug, rubric_of(row.prompt, row.rubric)
        after = rows[-1].id

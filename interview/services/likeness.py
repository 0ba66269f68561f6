"""Questions that ask nearly the same: found by the rarest words of their prompts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.grading.likeness import likeness, rarest, vector_of
from interview.services.grading import grader
from interview.store.authoring import QuestionTerm
from interview.store.bank import Question, QuestionVersion
from interview.store.db import db
from interview.store.drawing import visible_to
from interview.store.types import AnyRow

NEAR = 0.6
"""Cosine of two prompts from which an author is told of the other."""

_WORDS_ASKED = 6
_HOLDERS_READ = 100
"""Questions read for each word: more than that share a word which tells nothing apart."""

_KEPT_TERMS = 40
_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Near:
    """A question that asks nearly the same.

    Attributes
    ----------
    likeness : float
        Cosine of the prompts' TF-IDF vectors, 0 to 1.
    """

    question_id: int
    prompt: str
    topic: str
    status: str
    likeness: float


def write_terms(session: Session, prompts: Mapping[int, str]) -> None:
    """Note the words of some questions' prompts, instead of those noted before.

    Parameters
    ----------
    session : Session
        Open for writing.
    prompts : mapping of int to str
        By question.
    """
    snapshot = grader().snapshot
    ids = list(prompts)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        session.execute(sa.delete(QuestionTerm).where(QuestionTerm.question_id.in_(some)))
        rows = [
            {"term": term, "question_id": question_id}
            for question_id in some
            for term in rarest(vector_of(prompts[question_id], snapshot), _KEPT_TERMS)
        ]
        if rows:
            session.execute(sa.insert(QuestionTerm), rows)


def near(
    prompt: str, reader_id: int | None, without: int | None = None, most: int = 3
) -> list[Near]:
    """Find questions whose prompts are nearly the same, the nearest first.

    Parameters
    ----------
    prompt : str
        As it is typed, perhaps unfinished.
    reader_id : int or None
        Only what this person may see is told; none for an operator, who may see all.
    without : int, optional
        The question that is being written.
    most : int
        How many are told.

    Returns
    -------
    list of Near
        Whatever the size of the bank, no more than some hundred prompts are compared.
    """
    snapshot = grader().snapshot
    vector = vector_of(prompt, snapshot)
    found = []
    for row in _candidates(rarest(vector, _WORDS_ASKED), reader_id):
        cosine = likeness(vector, vector_of(row.prompt, snapshot))
        if cosine >= NEAR and row.id != without:
            found.append(Near(row.id, row.prompt, row.topic, row.status, cosine))
    return sorted(found, key=lambda one: (-one.likeness, one.question_id))[:most]


def _candidates(terms: list[str], reader_id: int | None) -> Sequence[AnyRow]:
    if not terms:
        return ()
    may_see = sa.true() if reader_id is None else visible_to(reader_id)
    holders = [
        sa.select(
            sa.select(QuestionTerm.question_id)
            .where(QuestionTerm.term == term)
            .limit(_HOLDERS_READ)
            .subquery()
        )
        for term in terms
    ]
    rows = db.session.execute(
        sa.select(Question.id, prompt_for(reader_id), Question.topic, Question.status)
        .outerjoin(QuestionVersion, QuestionVersion.id == Question.current_version_id)
        .where(Question.id.in_(sa.union(*holders)), may_see)
    )
    return rows.all()


def prompt_for(reader_id: int | None) -> sa.ColumnElement[str]:
    """The newest wording for whoever wrote it and for operators, the published one for others.

    The query has to join the current version, where there is one.
    """
    newest = sa.true() if reader_id is None else Question.owner_id == reader_id
    published = sa.func.coalesce(QuestionVersion.prompt, Question.prompt)
    return sa.case((newest, Question.prompt), else_=published).label("prompt")

"""Reads of the study pages: sets with their make-up, articles, and search."""

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import (
    Question,
    QuestionSet,
    QuestionSetItem,
    QuestionTag,
    QuestionVersion,
)

Row = sa.Row[*tuple[Any, ...]]
Condition = sa.ColumnElement[bool]

_SET = (
    QuestionSet.id,
    QuestionSet.slug,
    QuestionSet.title,
    QuestionSet.description,
    QuestionSet.study,
    QuestionSet.updated,
)
_ITEM_QUESTION = QuestionSetItem.question_id == Question.id
_CURRENT = QuestionVersion.id == Question.current_version_id
_READY = Question.status == "ready"
_ANSWER = QuestionVersion.rubric["references", 0].as_string()


def sets_after(session: Session, after: int, most: int) -> Sequence[Row]:
    """Some sets, the oldest first, that come after a number and have a question to ask."""
    # The status is read of one question at a time: a join leads SQLite to walk the whole bank.
    status = sa.select(Question.status).where(_ITEM_QUESTION).scalar_subquery()
    has_ready = sa.exists().where(QuestionSetItem.set_id == QuestionSet.id, status == "ready")
    query = sa.select(*_SET).where(QuestionSet.id > after, has_ready)
    return session.execute(query.order_by(QuestionSet.id).limit(most)).all()


def set_named(session: Session, slug: str) -> Row | None:
    """The set with a slug."""
    return session.execute(sa.select(*_SET).where(QuestionSet.slug == slug)).first()


def difficulties(session: Session, set_ids: Collection[int]) -> Sequence[Row]:
    """How many ready questions of each difficulty some sets have."""
    # Counted, not filtered: a condition on the status leads SQLite to walk the whole bank.
    return session.execute(
        sa.select(QuestionSetItem.set_id, Question.difficulty, sa.func.count().filter(_READY))
        .join(Question, _ITEM_QUESTION)
        .where(QuestionSetItem.set_id.in_(set_ids))
        .group_by(QuestionSetItem.set_id, Question.difficulty)
    ).all()


def finished_sets(session: Session, user_id: int, set_ids: Collection[int]) -> frozenset[int]:
    """Those of some sets that a person has finished an attempt of."""
    found = session.scalars(
        sa.select(Attempt.set_id)
        .where(_finished_by(user_id), Attempt.set_id.in_(set_ids))
        .distinct()
    )
    return frozenset(set_id for set_id in found if set_id is not None)


def _finished_by(user_id: int) -> Condition:
    return sa.and_(Attempt.user_id == user_id, Attempt.state == "finished")


def article(session: Session, set_id: int, words: Sequence[str]) -> Sequence[Row]:
    """Every ready question of a set, in order, and whether all the words occur in it."""
    return session.execute(
        sa.select(
            Question.id, Question.slug, Question.difficulty, Question.sources,
            Question.valid_for, Question.last_verified, QuestionVersion.prompt,
            QuestionVersion.rubric, _matching(words).label("matches"),
        )
        .join(QuestionSetItem, _ITEM_QUESTION)
        .join(QuestionVersion, _CURRENT)
        .where(QuestionSetItem.set_id == set_id, _READY)
        .order_by(QuestionSetItem.position)
    ).all()  # fmt: skip


def _matching(words: Sequence[str]) -> Condition:
    """Whether each word occurs in the prompt, in the first reference or in a tag."""
    found = [
        sa.or_(
            QuestionVersion.prompt.icontains(word, autoescape=True),
            _ANSWER.icontains(word, autoescape=True),
            sa.exists().where(
                QuestionTag.question_id == Question.id,
                QuestionTag.tag.icontains(word, autoescape=True),
            ),
        )
        for word in words
    ]
    return sa.and_(sa.true(), *found)


def asked_in(session: Session, user_id: int, question_ids: Collection[int]) -> dict[int, int]:
    """For some questions, the open attempt that asks each: a mock interview before practice."""
    rows = session.execute(
        sa.select(QuestionVersion.question_id, Attempt.id)
        .join(AttemptItem, AttemptItem.question_version_id == QuestionVersion.id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(
            Attempt.user_id == user_id,
            Attempt.state == "open",
            QuestionVersion.question_id.in_(question_ids),
        )
        .order_by(Attempt.preset == "mock", Attempt.id)
    )
    return {row.question_id: row.id for row in rows}


def readable(
    always: Collection[str], afterwards: Collection[str], user_id: int | None
) -> Condition:
    """Whether a set may be read by somebody.

    Parameters
    ----------
    always, afterwards : collection of str
        Kinds of study that need nothing, and those that need a finished attempt.
    user_id : int or None
        None for a visitor.
    """
    at_once = QuestionSet.study.in_(always)
    if user_id is None:
        return at_once
    finished = sa.exists().where(_finished_by(user_id), Attempt.set_id == QuestionSet.id)
    return sa.or_(at_once, sa.and_(QuestionSet.study.in_(afterwards), finished))


class Window:
    """A stretch of the bank's readable questions, so that no search reads all of it.

    Parameters
    ----------
    may_read : Condition
        On the sets; see `readable`.
    after : int
        Only questions with a higher number.
    size : int
        How many questions the stretch has at most.
    """

    def __init__(self, may_read: Condition, after: int, size: int) -> None:
        self._questions = (
            sa.select(
                QuestionSetItem.question_id, sa.func.min(QuestionSetItem.set_id).label("set_id")
            )
            .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
            .where(may_read, QuestionSetItem.question_id > after)
            .group_by(QuestionSetItem.question_id)
            .order_by(QuestionSetItem.question_id)
            .limit(size)
            .subquery()
        )

    def search(
        self, session: Session, words: Sequence[str], hidden: Collection[int], most: int
    ) -> Sequence[Row]:
        """Some ready questions in which all the words occur, and a set to read each in."""
        columns = (Question.id, Question.slug, Question.difficulty, QuestionVersion.prompt)
        set_columns = (QuestionSet.slug.label("set_slug"), QuestionSet.title.label("set_title"))
        return session.execute(
            sa.select(*columns, *set_columns)
            .select_from(self._questions)
            .join(Question, Question.id == self._questions.c.question_id)
            .join(QuestionVersion, _CURRENT)
            .join(QuestionSet, QuestionSet.id == self._questions.c.set_id)
            .where(_READY, Question.id.not_in(hidden), _matching(words))
            .order_by(Question.id)
            .limit(most)
        ).all()

    def end(self, session: Session) -> tuple[int, int]:
        """How many questions the stretch has, and the number of its last one."""
        numbers = self._questions.c.question_id
        count, last = session.execute(sa.select(sa.func.count(), sa.func.max(numbers))).one()
        return count, last or 0

"""Reading the questions of a set, and drawing some of a topic without reading them all."""

from collections.abc import Sequence
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.bank import Question, QuestionSetItem
from interview.store.types import AnyRow as Row

_COLUMNS = (Question.id, Question.current_version_id, Question.topic, Question.target_seconds)
_READY = sa.and_(Question.status == "ready", Question.current_version_id.is_not(None))


def of_set(session: Session, set_id: int) -> Sequence[Row]:
    """The ready questions of a set, in its order."""
    return session.execute(
        sa.select(*_COLUMNS)
        .join(QuestionSetItem, QuestionSetItem.question_id == Question.id)
        .where(QuestionSetItem.set_id == set_id, _READY)
        .order_by(QuestionSetItem.position)
    ).all()


def _fitting(topic: str, difficulty: str) -> sa.ColumnElement[bool]:
    fits = sa.and_(_READY, Question.topic == topic)
    return sa.and_(fits, Question.difficulty == difficulty) if difficulty else fits


def first_of_topic(session: Session, topic: str, difficulty: str, most: int) -> Sequence[Row]:
    """Some ready questions of a topic: enough to know how many there are, up to a limit."""
    return session.execute(
        sa.select(*_COLUMNS).where(_fitting(topic, difficulty)).order_by(Question.id).limit(most)
    ).all()


def draw(
    session: Session, topic: str, difficulty: str, count: int, random: Random
) -> Sequence[Row]:
    """Draw questions at random by seeking in the index.

    Parameters
    ----------
    difficulty : str
        Empty for any.
    count : int
        How many; fewer come back where the topic has fewer.
    random : Random
        Where the chance comes from.

    Returns
    -------
    sequence of Row
        Different questions, in random order. A question after a gap in the numbers is a
        little likelier; no row is read that is not drawn.
    """
    fits = _fitting(topic, difficulty)
    ends = sa.select(sa.func.min(Question.id), sa.func.max(Question.id)).where(fits)
    # Both are null, and nothing is found, where the topic has no question.
    low, high = (end or 0 for end in session.execute(ends).one())
    drawn: dict[int, Row] = {}
    while len(drawn) < count:
        row = _seek(session, sa.and_(fits, Question.id.not_in(drawn)), random.randint(low, high))
        if row is None:
            break
        drawn[row.id] = row
    return list(drawn.values())


def _seek(session: Session, fits: sa.ColumnElement[bool], start: int) -> Row | None:
    query = sa.select(*_COLUMNS).where(fits).order_by(Question.id).limit(1)
    found = session.execute(query.where(Question.id >= start)).first()
    return found or session.execute(query).first()


TOPICS = (
    sa.select(Question.topic, Question.difficulty)
    .where(_READY)
    .distinct()
    .order_by(Question.topic, Question.difficulty)
)

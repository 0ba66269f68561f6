"""Reads for those who make question sets: their sets, and the bank that they choose from."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from interview.store.assignments import Assignment
from interview.store.bank import Question, QuestionTag, QuestionVersion
from interview.store.drawing import Pool, Query, fitting, visible_to
from interview.store.sets import AuthoredSet, SetSlot, SetVersion
from interview.store.types import AnyRow as Row

_CURRENT = QuestionVersion.id == Question.current_version_id
_OF_VERSION = Question.id == QuestionVersion.question_id
_QUESTION = (
    Question.id.label("question_id"), Question.topic, Question.difficulty, Question.status,
    Question.target_seconds, QuestionVersion.id.label("version_id"), QuestionVersion.prompt,
)  # fmt: skip


def sets_of(
    session: Session, owner_id: int, *, archived: bool, beyond: sa.ColumnElement[bool], most: int
) -> Sequence[Row]:
    """Some sets of a person, the last changed first."""
    columns = (AuthoredSet.id, AuthoredSet.title, AuthoredSet.updated_at)
    kept = AuthoredSet.archived_at.is_not(None) if archived else AuthoredSet.archived_at.is_(None)
    return session.execute(
        sa.select(*columns)
        .where(AuthoredSet.owner_id == owner_id, kept, beyond)
        .order_by(AuthoredSet.updated_at.desc(), AuthoredSet.id.desc())
        .limit(most)
    ).all()


def sizes(session: Session, set_ids: Collection[int]) -> dict[int, tuple[int, float]]:
    """How many questions some sets have, and what they are worth."""
    rows = session.execute(
        sa.select(
            SetSlot.set_id,
            sa.func.sum(SetSlot.count),
            sa.func.sum(SetSlot.count * SetSlot.points),
        )
        .where(SetSlot.set_id.in_(set_ids))
        .group_by(SetSlot.set_id)
    )
    return {set_id: (count, points) for set_id, count, points in rows}


def uses(session: Session, set_ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """The newest version of some sets, and how many assignments take one of the versions."""
    rows = session.execute(
        sa.select(SetVersion.set_id, sa.func.max(SetVersion.number), sa.func.count(Assignment.id))
        .outerjoin(Assignment, Assignment.set_version_id == SetVersion.id)
        .where(SetVersion.set_id.in_(set_ids))
        .group_by(SetVersion.set_id)
    )
    return {set_id: (number, count) for set_id, number, count in rows}


def slots(session: Session, set_id: int) -> Sequence[Row]:
    """The slots of a set in order, each fixed one with its question as it was chosen."""
    current = aliased(QuestionVersion)
    return session.execute(
        sa.select(
            # A row has a method of its own that is called count.
            *sa.inspect(SetSlot).columns, SetSlot.count.label("asked"),
            QuestionVersion.question_id, QuestionVersion.prompt,
            QuestionVersion.content_hash, Question.topic.label("question_topic"),
            Question.difficulty.label("question_difficulty"), Question.status,
            Question.target_seconds, current.id.label("current_id"),
            current.prompt.label("current_prompt"),
        )
        .outerjoin(QuestionVersion, QuestionVersion.id == SetSlot.question_version_id)
        .outerjoin(Question, _OF_VERSION)
        .outerjoin(current, current.id == Question.current_version_id)
        .where(SetSlot.set_id == set_id)
        .order_by(SetSlot.position, SetSlot.id)
    ).all()  # fmt: skip


def may_ask(session: Session, version_id: int, author_id: int) -> bool:
    """Whether an author may put a version into a set: it is of a ready question they may see."""
    query = sa.select(Question.id).join(QuestionVersion, _OF_VERSION)
    fits = (QuestionVersion.id == version_id, fitting(Pool(reader_id=author_id)))
    return session.scalar(query.where(*fits)) is not None


def versions(session: Session, version_ids: Collection[int]) -> dict[int, Row]:
    """Question versions with their rubrics, by number."""
    rows = session.execute(
        sa.select(*_QUESTION, QuestionVersion.rubric, Question.current_version_id)
        .join(Question, _OF_VERSION)
        .where(QuestionVersion.id.in_(version_ids))
    )
    return {row.version_id: row for row in rows}


class Stretch:
    """A part of the bank, so that no search reads all of it.

    Parameters
    ----------
    pool : Pool
        What is searched for: its topic or its tag is what the part is taken by.
    after : int
        Only questions with a higher number.
    size : int
        How many questions the part has at most.
    """

    def __init__(self, pool: Pool, after: int, size: int) -> None:
        self._pool = pool
        parts = [_some(one, after, size).subquery() for one in pool.narrowed()]
        joined = sa.union_all(*(sa.select(part) for part in parts)).subquery()
        self._ids = sa.select(joined.c.id).order_by(joined.c.id).limit(size).subquery()

    def search(self, session: Session, words: Sequence[str], most: int) -> Sequence[Row]:
        """Some ready questions that fit, and in whose prompt or tags all the words occur."""
        query = (
            sa.select(*_QUESTION, QuestionVersion.rubric)
            .select_from(self._ids)
            .join(Question, Question.id == self._ids.c.id)
            .join(QuestionVersion, _CURRENT)
            .where(fitting(self._pool), *(_occurs(word) for word in words))
        )
        return session.execute(query.order_by(self._ids.c.id).limit(most)).all()

    def end(self, session: Session) -> tuple[int, int]:
        """How many questions the part has, and the number of its last one."""
        count, last = session.execute(sa.select(sa.func.count(), sa.func.max(self._ids.c.id))).one()
        return count, last or 0


def _some(pool: Pool, after: int, size: int) -> Query:
    if pool.tag:
        number = QuestionTag.question_id
        query = sa.select(number.label("id")).where(QuestionTag.tag == pool.tag)
    elif pool.topic:
        number = Question.id
        query = sa.select(number.label("id")).where(fitting(pool))
    else:
        number = Question.id
        query = sa.select(number.label("id"))
    return query.where(number > after).order_by(number).limit(size)


def _occurs(word: str) -> sa.ColumnElement[bool]:
    tagged = sa.exists().where(
        QuestionTag.question_id == Question.id, QuestionTag.tag.icontains(word, autoescape=True)
    )
    return sa.or_(QuestionVersion.prompt.icontains(word, autoescape=True), tagged)


def supply(
    session: Session, pools: Sequence[Pool], without: Collection[int], most: int
) -> Sequence[Row]:
    """Some questions of each pool, which is named by its ``place`` in the sequence.

    Parameters
    ----------
    without : collection of int
        Questions that do not count.
    most : int
        How many of each pool are read; fewer are all there are.
    """
    parts = []
    for place, pool in enumerate(pools):
        query: Query = sa.select(
            sa.literal(place).label("place"), Question.id, Question.topic, Question.difficulty,
            Question.target_seconds,
        ).where(fitting(pool), Question.id.not_in(without))  # fmt: skip
        if pool.tag:
            query = query.join(QuestionTag, QuestionTag.question_id == Question.id)
            query = query.where(QuestionTag.tag == pool.tag)
        parts.append(sa.select(query.limit(most).subquery()))
    return session.execute(sa.union_all(*parts)).all() if parts else ()


def names(
    session: Session,
    column: Any,
    fits: Iterable[Any] = (),
    shown: Callable[[sa.ColumnElement[str]], sa.Select[Any]] | None = None,
) -> sa.ScalarResult[str]:
    """The different values of a column in order, each found by a seek in its index.

    Parameters
    ----------
    column : column
        The first of an index, or the first after what `fits` fixes.
    fits : iterable of conditions
        On the rows.
    shown : callable, optional
        Takes a value, and gives a query that must find something for the value to count.
    """
    least = sa.select(sa.func.min(column)).where(*fits)
    found = sa.select(least.scalar_subquery().label("name")).cte("found", recursive=True)
    following = least.where(column > found.c.name).correlate(found).scalar_subquery()
    found = found.union_all(sa.select(following).where(found.c.name.is_not(None)))
    query = sa.select(found.c.name).where(found.c.name.is_not(None))
    return session.scalars(query.where(shown(found.c.name).exists()) if shown else query)


def topics(session: Session, reader_id: int) -> Sequence[str]:
    """Every topic of the ready questions that an author may ask, in order."""
    fits = [Question.status == "ready", visible_to(reader_id)]
    return names(session, Question.topic, fits).all()


def tags(session: Session, reader_id: int, most: int) -> Sequence[str]:
    """The first tags of the ready questions that an author may ask, in order."""
    asked = sa.select(QuestionTag.question_id).join(
        Question, Question.id == QuestionTag.question_id
    )
    fits = fitting(Pool(reader_id=reader_id))
    return names(
        session, QuestionTag.tag, shown=lambda tag: asked.where(QuestionTag.tag == tag, fits)
    ).fetchmany(most)


def newest_bound(session: Session) -> int:
    """The number of the newest question version."""
    return session.scalar(sa.select(sa.func.max(QuestionVersion.id))) or 0


def newest_version(session: Session, set_id: int) -> Row | None:
    """What was published last of a set."""
    return session.execute(
        sa.select(*sa.inspect(SetVersion).columns)
        .where(SetVersion.set_id == set_id)
        .order_by(SetVersion.number.desc())
        .limit(1)
    ).first()


def version_of(session: Session, set_id: int, content_hash: str) -> Row | None:
    """The version of a set that has this content."""
    return session.execute(
        sa.select(*sa.inspect(SetVersion).columns).where(
            SetVersion.set_id == set_id, SetVersion.content_hash == content_hash
        )
    ).first()

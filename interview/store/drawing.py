"""Reading the questions of a set, and drawing some from many without reading them all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.bank import APART, Question, QuestionSetItem, QuestionTag, QuestionVersion
from interview.store.types import AnyRow as Row

DIFFICULTIES = ("easy", "medium", "hard")

Query = sa.Select[*tuple[Any, ...]]

_COLUMNS = (Question.id, Question.current_version_id, Question.topic, Question.target_seconds)
_READY = sa.and_(Question.status == "ready", Question.current_version_id.is_not(None))
# As a literal, so that the index of what everyone may practise is used.
_FOR_EVERYONE = Question.audience == sa.literal_column("'everyone'")
_TAGGED = QuestionTag.question_id == Question.id


@dataclass(frozen=True, slots=True)
class Pool:
    """The ready questions that fit a description, for drawing some of them.

    Attributes
    ----------
    topic, tag, difficulty : str
        Empty for any.
    reader_id : int or None
        An author, who may ask what is theirs and what authors share; without one, only what
        everyone may practise.
    bound : int or None
        No version with a higher number is drawn: of each question the newest one up to it,
        and no question that has none. Without it the current versions are drawn.
    """

    topic: str = ""
    tag: str = ""
    difficulty: str = ""
    bound: int | None = None
    reader_id: int | None = None

    def narrowed(self) -> "tuple[Pool, ...]":
        """The same questions as parts that an index holds in the order of their numbers.

        The index for drawing has the difficulty before the number, so that "any" is three
        stretches of it.
        """
        if self.tag or self.difficulty or not self.topic:
            return (self,)
        return tuple(replace(self, difficulty=one) for one in DIFFICULTIES)


def of_set(session: Session, set_id: int) -> Sequence[Row]:
    """The ready questions of a set, in its order."""
    return session.execute(
        sa.select(*_COLUMNS)
        .join(QuestionSetItem, QuestionSetItem.question_id == Question.id)
        .where(QuestionSetItem.set_id == set_id, _READY)
        .order_by(QuestionSetItem.position)
    ).all()


def visible_to(reader_id: int) -> sa.ColumnElement[bool]:
    """Whether an author may see a question; drafts are for `owner_id` alone."""
    shared = sa.and_(Question.audience != "owner", Question.status != "draft")
    return sa.or_(Question.owner_id == reader_id, shared)


def fitting(pool: Pool) -> sa.ColumnElement[bool]:
    """What a ready question fulfils that a pool holds, whatever its tags."""
    fits = [_READY, _FOR_EVERYONE if pool.reader_id is None else visible_to(pool.reader_id)]
    if pool.topic:
        fits.append(Question.topic == pool.topic)
    if pool.difficulty:
        fits.append(Question.difficulty == pool.difficulty)
    return sa.and_(*fits)


def first_of_topic(session: Session, topic: str, difficulty: str, most: int) -> Sequence[Row]:
    """Some ready questions of a topic: enough to know how many there are, up to a limit."""
    fits = sa.and_(Question.topic == topic, fitting(Pool(difficulty=difficulty)))
    return session.execute(sa.select(*_COLUMNS).where(fits).order_by(Question.id).limit(most)).all()


def draw(
    session: Session, topic: str, difficulty: str, count: int, random: Random
) -> Sequence[Row]:
    """Draw current questions of a topic; `difficulty` is empty for any. See `draw_from`."""
    return draw_from(session, Pool(topic, difficulty=difficulty), count, random)


def draw_from(
    session: Session, pool: Pool, count: int, random: Random, without: Iterable[int] = ()
) -> Sequence[Row]:
    """Draw questions at random by seeking in an index.

    Parameters
    ----------
    count : int
        How many; fewer come back where the pool has fewer.
    random : Random
        Where the chance comes from.
    without : iterable of int
        Questions that are not drawn.

    Returns
    -------
    sequence of Row
        Different questions, in random order, each with its ``version_id``. A question after a
        gap in the numbers is a little likelier. A seek passes only what lies between its start
        and the question that it finds; beyond the bound, what was added since is passed once.
        Each question takes at most two statements, and three more are needed in all.
    """
    ends = [row.id for row in session.execute(_ends(pool))]
    taken, drawn, seeking = list(without), list[Row](), seek(pool)
    while ends and len(drawn) < count:
        start = random.randint(min(ends), max(ends))
        row = _first(session, seeking, start, taken) or _first(session, seeking, 0, taken)
        if row is None:
            break
        taken.append(row.id)
        drawn.append(row)
    return drawn


def _first(session: Session, seeking: Query, start: int, taken: Sequence[int]) -> Row | None:
    return session.execute(seeking, {"start": start, "taken": taken}).first()


def seek(pool: Pool) -> Query:
    """The first question of a pool from number ``:start`` on that is not in ``:taken``."""
    taken: sa.BindParameter[int] = sa.bindparam("taken", expanding=True)
    parts = []
    for part in pool.narrowed():
        number = _number(part)
        fits = (number >= sa.bindparam("start"), number.not_in(taken))
        parts.append(_questions(part).where(*fits).order_by(number).limit(1))
    found = _joined(parts)
    return sa.select(found).order_by(found.c.id).limit(1)


def _ends(pool: Pool) -> Query:
    """The lowest and the highest number of each part of a pool."""
    parts = []
    for part in pool.narrowed():
        number = _number(part)
        parts += [_questions(part).order_by(end).limit(1) for end in (number, number.desc())]
    return sa.select(_joined(parts).c.id)


def _joined(parts: Iterable[Query]) -> sa.Subquery:
    # SQLite takes an order and a limit only in a query of its own.
    return sa.union_all(*(sa.select(part.subquery()) for part in parts)).subquery()


def _number(pool: Pool) -> sa.ColumnElement[int]:
    """The column whose order the index of a pool's questions is in."""
    return sa.type_coerce(QuestionTag.question_id if pool.tag else Question.id, sa.Integer)


def _questions(pool: Pool) -> Query:
    version = _version(pool.bound)
    query: Query = sa.select(*_COLUMNS, version.label("version_id"))
    query = query.where(fitting(pool), version.is_not(None))
    if not pool.tag:
        return query
    return query.join(QuestionTag, _TAGGED).where(QuestionTag.tag == pool.tag)


def _version(bound: int | None) -> sa.ColumnElement[int | None]:
    if bound is None:
        return sa.type_coerce(Question.current_version_id, sa.Integer)
    newest = sa.select(sa.func.max(QuestionVersion.id)).where(
        QuestionVersion.question_id == Question.id,
        QuestionVersion.id <= bound,
        QuestionVersion.content_hash.not_like(f"{APART}%"),
    )
    current = Question.current_version_id
    # The current one may be older than the newest: a wording that was taken back is not asked.
    return sa.case((current <= bound, current), else_=newest.correlate(Question).scalar_subquery())


TOPICS = (
    sa.select(Question.topic, Question.difficulty)
    .where(_READY, _FOR_EVERYONE)
    .distinct()
    .order_by(Question.topic, Question.difficulty)
)

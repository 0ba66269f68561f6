"""Searching the whole bank, drafts included, a part at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.authoring import QuestionDraft
from interview.store.bank import Question, QuestionTag, QuestionVersion
from interview.store.drawing import DIFFICULTIES, Query, visible_to
from interview.store.types import AnyRow as Row
from interview.store.users import User

STATUSES = ("draft", "ready", "retired")

_HAS_DRAFT = Question.edit_revision > Question.published_revision


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty is any.

    Attributes
    ----------
    reader_id : int
        Who looks.
    sees_all : bool
        Whether other people's drafts are shown too.
    owner : str
        ``mine``, ``shared`` (by other authors) or ``installation``.
    not_since : date or None
        Only what nobody has verified from this day on.
    """

    reader_id: int
    sees_all: bool
    words: tuple[str, ...] = ()
    topic: str = ""
    tag: str = ""
    difficulty: str = ""
    status: str = ""
    owner: str = ""
    not_since: date | None = None


class Stretch:
    """A part of the bank, the newest questions first, so that no search reads all of it.

    Parameters
    ----------
    after : int
        Only questions with a lower number; 0 for all.
    size : int
        How many questions the part has at most.
    """

    def __init__(self, wanted: Wanted, after: int, size: int) -> None:
        self._wanted = wanted
        number = _number(wanted)
        lower = [number < after] if after else []
        some = [one.where(*lower).order_by(number.desc()).limit(size) for one in _parts(wanted)]
        joined = sa.union_all(*(sa.select(one.subquery()) for one in some)).subquery()
        self._ids = sa.select(joined.c.id).order_by(joined.c.id.desc()).limit(size).subquery()

    def search(self, session: Session, most: int) -> Sequence[Row]:
        """Some questions that fit, each as its reader may see it."""
        prompt = _prompt(self._wanted)
        query = (
            sa.select(
                Question.id, Question.topic, Question.difficulty, Question.status,
                Question.audience, Question.owner_id, Question.last_verified,
                Question.target_seconds, Question.current_version_id, _HAS_DRAFT.label("changed"),
                prompt.label("prompt"), User.display_name.label("owner"),
            )
            .select_from(self._ids)
            .join(Question, Question.id == self._ids.c.id)
            .outerjoin(User, User.id == Question.owner_id)
            .outerjoin(QuestionVersion, QuestionVersion.id == Question.current_version_id)
            .outerjoin(
                QuestionDraft,
                sa.and_(
                    QuestionDraft.question_id == Question.id,
                    QuestionDraft.revision == Question.edit_revision,
                    _HAS_DRAFT,
                ),
            )
            .where(*_fits(self._wanted), *(_occurs(self._wanted, w) for w in self._wanted.words))
        )  # fmt: skip
        return session.execute(query.order_by(self._ids.c.id.desc()).limit(most)).all()

    def end(self, session: Session) -> tuple[int, int]:
        """How many questions the part has, and the number of its last one."""
        count, last = session.execute(sa.select(sa.func.count(), sa.func.min(self._ids.c.id))).one()
        return count, last or 0


def _number(wanted: Wanted) -> sa.ColumnElement[int]:
    return sa.type_coerce(QuestionTag.question_id if wanted.tag else Question.id, sa.Integer)


def _parts(wanted: Wanted) -> list[Query]:
    """The questions of a search, as parts that an index holds in the order of their numbers."""
    query: Query = sa.select(_number(wanted).label("id"))
    if wanted.tag:
        return [query.where(QuestionTag.tag == wanted.tag)]
    if wanted.owner in ("mine", "installation"):
        return [query.where(_owned(wanted))]
    if not wanted.topic:
        return [query]
    statuses = [wanted.status] if wanted.status else STATUSES
    difficulties = [wanted.difficulty] if wanted.difficulty else DIFFICULTIES
    return [
        query.where(
            Question.status == status,
            Question.topic == wanted.topic,
            Question.difficulty == difficulty,
        )
        for status, difficulty in product(statuses, difficulties)
    ]


def _owned(wanted: Wanted) -> sa.ColumnElement[bool]:
    match wanted.owner:
        case "mine":
            return Question.owner_id == wanted.reader_id
        case "installation":
            return Question.owner_id.is_(None)
        case "shared":
            return sa.and_(Question.owner_id.is_not(None), Question.owner_id != wanted.reader_id)
    return sa.true()


def _is_editable(wanted: Wanted) -> sa.ColumnElement[bool]:
    return sa.true() if wanted.sees_all else Question.owner_id == wanted.reader_id


def _fits(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    fits = [_owned(wanted)]
    if not wanted.sees_all:
        published = Question.current_version_id.is_not(None)
        fits += [visible_to(wanted.reader_id), sa.or_(_is_editable(wanted), published)]
    for column, value in (
        (Question.topic, wanted.topic),
        (Question.difficulty, wanted.difficulty),
        (Question.status, wanted.status),
    ):
        if value:
            fits.append(column == value)
    if wanted.not_since:
        verified = Question.last_verified
        fits.append(sa.or_(verified.is_(None), verified < wanted.not_since))
    return fits


def _prompt(wanted: Wanted) -> sa.ColumnElement[str]:
    """The newest wording for who may edit it; for others the one that is asked."""
    own = sa.or_(_is_editable(wanted), Question.current_version_id.is_(None))
    return sa.case((own, Question.prompt), else_=QuestionVersion.prompt)


def _reference(wanted: Wanted) -> sa.ColumnElement[str]:
    """The first reference, of the same state as the prompt."""
    drafted = QuestionDraft.content[("references", 0)].as_string()
    published = QuestionVersion.rubric[("references", 0)].as_string()
    is_draft = sa.and_(_is_editable(wanted), QuestionDraft.revision.is_not(None))
    return sa.case((is_draft, drafted), else_=published)


def _occurs(wanted: Wanted, word: str) -> sa.ColumnElement[bool]:
    tagged = sa.exists().where(
        QuestionTag.question_id == Question.id, QuestionTag.tag.icontains(word, autoescape=True)
    )
    return sa.or_(
        _prompt(wanted).icontains(word, autoescape=True),
        _reference(wanted).icontains(word, autoescape=True),
        tagged,
    )


def topics(session: Session, reader_id: int, most: int) -> set[str]:
    """Topics to choose from: of the reader's newest questions, and what everyone practises."""
    newest = (
        sa.select(Question.topic)
        .where(Question.owner_id == reader_id)
        .order_by(Question.id.desc())
        .limit(most)
        .subquery()
    )
    return set(session.scalars(sa.select(newest.c.topic).distinct()))

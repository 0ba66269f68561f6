"""Questions of the bank as instructors see them: with everything that they are graded by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from interview.services.bank import tags_of
from interview.services.sets.picking import described
from interview.services.sets.records import KeyPoint, Question
from interview.store import set_reads
from interview.store.db import db
from interview.store.drawing import DIFFICULTIES, Pool
from interview.store.types import AnyRow as Row

__all__ = ["DIFFICULTIES"]

PAGE = 10
SEARCHED_AT_ONCE = 2000
"""Questions that one search looks through; the next page goes on where it stopped."""

TAGS_OFFERED = 300

_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class BankQuery:
    """What is looked for in the bank; empty is any.

    Attributes
    ----------
    words : str
        All of them must occur in the prompt or in a tag.
    after : int
        Where to go on, as the page before said.
    """

    words: str = ""
    topic: str = ""
    difficulty: str = ""
    tag: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class BankPage:
    """Some questions of the bank, and where the search goes on."""

    questions: tuple[Question, ...]
    next_after: int | None


def search(query: BankQuery, reader_id: int) -> BankPage:
    """Search the ready questions that an author may ask.

    Returns
    -------
    BankPage
        A page may have few questions, or none, and still not be the last: one search looks
        through a part of the bank, however large the bank is.
    """
    session, words = db.session(), described(query.words).split()[:_MOST_WORDS]
    named = (described(query.topic), described(query.tag), described(query.difficulty))
    pool = Pool(*named, reader_id=reader_id)
    stretch = set_reads.Stretch(pool, query.after, SEARCHED_AT_ONCE)
    rows = stretch.search(session, words, PAGE + 1)
    shown = rows[:PAGE]
    if len(rows) > PAGE:
        return BankPage(questions_of(shown), shown[-1].question_id)
    searched, last = stretch.end(session)
    return BankPage(questions_of(shown), last if searched == SEARCHED_AT_ONCE else None)


def topics(reader_id: int) -> tuple[str, ...]:
    """Every topic that there are ready questions of which an author may ask."""
    return tuple(set_reads.topics(db.session(), reader_id))


def tags(reader_id: int) -> tuple[str, ...]:
    """Tags that an author may choose from; more than these can be typed."""
    return tuple(set_reads.tags(db.session(), reader_id, TAGS_OFFERED))


def versions(version_ids: Iterable[int]) -> dict[int, Question]:
    """Questions as some of their versions have them, by version."""
    rows = set_reads.versions(db.session(), list(version_ids)).values()
    return {one.version_id: one for one in questions_of(list(rows))}


def questions_of(rows: Sequence[Row]) -> tuple[Question, ...]:
    """Make screen records of question versions."""
    tags = tags_of({row.question_id for row in rows})
    return tuple(_question(row, tags.get(row.question_id, ())) for row in rows)


def _question(row: Row, tags: tuple[str, ...]) -> Question:
    rubric = row.rubric
    return Question(
        question_id=row.question_id,
        version_id=row.version_id,
        prompt=row.prompt,
        topic=row.topic,
        difficulty=row.difficulty,
        tags=tags,
        target=timedelta(seconds=row.target_seconds),
        retired=row.status == "retired",
        references=tuple(rubric["references"]),
        key_points=tuple(
            KeyPoint(one["text"], one.get("weight", 1.0), one.get("required", False))
            for one in rubric["key_points"]
        ),
        misconceptions=tuple(
            (one["text"], one.get("feedback", "")) for one in rubric["misconceptions"]
        ),
    )

"""The list of somebody's personal wordings, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import sqlalchemy as sa

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.own_grades import Overtaken, anew, append
from interview.services.attempts.reading import hidden_questions
from interview.services.attempts.records import NotFound
from interview.services.attempts.story import COUNTED, TAKEN_BACK
from interview.services.personal import hold, wordings_of
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import personal as reads
from interview.store.appeals import PersonalWording
from interview.store.db import db
from interview.store.types import AnyRow as Row

PAGE = 50


@dataclass(frozen=True, slots=True)
class OwnWording:
    """One wording, and the key point that it counts as."""

    id: int
    point: str
    wording: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class OfQuestion:
    """Somebody's wordings of one question.

    Attributes
    ----------
    withheld : bool
        Whether the person is asked the question elsewhere, so that nothing of its answer is
        shown; the wordings are left out then.
    """

    id: int
    topic: str
    prompt: str
    withheld: bool
    wordings: tuple[OwnWording, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of wordings.

    Attributes
    ----------
    following : (int, int) or None
        The question and the wording after which the next page begins.
    """

    questions: tuple[OfQuestion, ...]
    following: tuple[int, int] | None


def listed(person: Principal, after: tuple[int, int] | None, now: datetime) -> Listed:
    """Read one page of a person's wordings, by question."""
    statement, named = reads.LISTED, {"user": person.id}
    if after is not None:
        statement = reads.LISTED_AFTER
        named |= {"question": after[0], "wording": after[1]}
    rows = db.session.execute(statement.limit(PAGE + 1), named).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Listed(
        _by_question(rows[:PAGE], hidden_questions(person.id, now)),
        (last.question_id, last.id) if last else None,
    )


def _by_question(rows: Sequence[Row], hidden: frozenset[int]) -> tuple[OfQuestion, ...]:
    grouped = groupby(rows, key=lambda row: (row.question_id, row.topic, row.prompt or row.slug))
    return tuple(
        OfQuestion(
            id=number,
            topic=topic,
            prompt=prompt,
            withheld=number in hidden,
            wordings=()
            if number in hidden
            else tuple(
                OwnWording(row.id, row.point_text, row.wording, row.created_at) for row in found
            ),
        )
        for (number, topic, prompt), found in grouped
    )


def remove(person: Principal, wording_id: int, now: datetime) -> int:
    """Take a wording back, and grade the answers anew in which it was counted.

    Returns
    -------
    int
        How many grades that changed.

    Raises
    ------
    NotFound
        When the person has no such wording.
    """
    named = {"user": person.id, "wording": min(wording_id, LARGEST)}
    row = db.session.execute(reads.WORDING, named).first()
    if row is None:
        raise NotFound
    try:
        return _remove(person, row, now)
    except Overtaken:
        return remove(person, wording_id, now)


def _remove(person: Principal, row: Row, now: datetime) -> int:
    known = wordings_of(db.session(), person.id, row.question_id)
    rest = tuple(one for one in known if one != (row.point_id, row.wording))
    named = {"user": person.id, "question": row.question_id, "reason": COUNTED}
    answers = db.session.execute(reads.COUNTED_ANSWERS, named).all()
    # Graded before the write begins: nobody else waits for it.
    made = [anew(one, rest) for one in answers if row.point_id in one.own_points]
    others = [one for one in made if one.is_other]
    with write() as session:
        if hold(session, person.id, row.question_id) != known:
            raise Overtaken
        session.execute(sa.delete(PersonalWording).where(PersonalWording.id == row.id))
        for one in others:
            append(session, person, one, TAKEN_BACK, now)
    return len(others)

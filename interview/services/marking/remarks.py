"""Remarks to a learner beside an answer, which leave its grade as it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.typed import clean
from interview.services import notifying
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.audit import REASON_LIMIT, Change, answer_named, note
from interview.services.classes.access import ASSIST, Place, attempt_for_staff
from interview.services.classes.changing import hold_class
from interview.services.notifying import Told
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import remarking as reads
from interview.store.appeals import AnswerComment
from interview.store.db import db

REMARK_LIMIT = REASON_LIMIT
"""Characters of a remark."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody who grades said to the learner.

    Attributes
    ----------
    by : str
        Who said it.
    """

    by: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remarkable:
    """An answer that a remark can be made about.

    Attributes
    ----------
    learner : str
        Who wrote it.
    """

    attempt_id: int
    position: int
    submission_id: int
    user_id: int
    learner: str
    title: str
    number: int
    prompt: str
    text: str
    place: Place


class Unsayable(ValueError):
    """A remark is empty, or too long."""


def look(person: Principal, attempt_id: int, position: int) -> Remarkable:
    """Find an answer for somebody who may say something about it.

    Raises
    ------
    NotFound
        When nothing was handed in there, or not in a class that the person helps in.
    """
    _, place = attempt_for_staff(person, attempt_id, ASSIST)
    named = {"attempt": attempt_id, "position": min(position, LARGEST)}
    row = db.session.execute(reads.ANSWER, named).first()
    if row is None:
        raise NotFound
    return Remarkable(
        attempt_id=attempt_id,
        position=position,
        submission_id=row.id,
        user_id=row.user_id,
        learner=row.display_name,
        title=row.title,
        number=row.number,
        prompt=row.prompt,
        text=row.text,
        place=place,
    )


def remark(
    person: Principal, attempt_id: int, position: int, typed: str, now: datetime
) -> Remarkable:
    """Say something to the learner; the same said again at once is not said twice.

    Raises
    ------
    NotFound
        As `look` raises it.
    Unsayable
        When there are no words, or more than `REMARK_LIMIT` characters.
    Archived
        When the class cannot be changed.
    """
    answer = look(person, attempt_id, position)
    text = clean(typed).text.strip()
    if not 0 < len(text) <= REMARK_LIMIT:
        raise Unsayable
    with write() as session:
        hold_class(session, answer.place.class_id)
        if not _is_said(session, person, answer, text):
            _say(session, person, answer, text, now)
    return answer


def _is_said(session: Session, person: Principal, answer: Remarkable, text: str) -> bool:
    """Whether these are the last words about it: a double click, or a form sent again."""
    last = session.execute(reads.LAST, {"submission": answer.submission_id}).first()
    return last is not None and (last.author_id, last.text) == (person.id, text)


def _say(session: Session, person: Principal, answer: Remarkable, text: str, now: datetime) -> None:
    row: dict[str, Any] = {"submission_id": answer.submission_id, "author_id": person.id}
    session.execute(sa.insert(AnswerComment).values(**row, text=text, created_at=now))
    told = Told(
        user_id=answer.user_id,
        kind=notifying.COMMENT,
        words=(
            f"{person.name} made a remark about your answer to question {answer.position} "
            f"of “{answer.title}”."
        ),
        detail=text,
        target="answer",
        target_id=answer.attempt_id,
        position=answer.position,
    )
    notifying.tell(session, [told], now)
    change = Change(
        kind="grade.commented",
        subject=answer_named(answer.learner, answer.title, answer.number, answer.position),
        class_id=answer.place.class_id,
        learner_id=answer.user_id,
        details={"remark": text},
    )
    note(session, person, change, now)


def on(submission_ids: Sequence[int]) -> dict[int, tuple[Remark, ...]]:
    """Remarks about some answers, by answer, the first one first."""
    found: defaultdict[int, list[Remark]] = defaultdict(list)
    for row in db.session.execute(reads.remarks_on(submission_ids)):
        by = row.display_name or "somebody who has left"
        found[row.submission_id].append(Remark(by, row.text, row.created_at))
    return {answer: tuple(remarks) for answer, remarks in found.items()}

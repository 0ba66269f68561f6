"""Contesting a key point of an assigned answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState
from interview.rules.typed import clean
from interview.services import audit, notifying
from interview.services.appeals.beside import window_of
from interview.services.appeals.records import WHY_LIMIT, Beside, Known
from interview.services.appeals.sentences import quoted
from interview.services.attempts import reviewing
from interview.services.attempts.evidence import PointLine
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.attempts.sentences import sentences_of
from interview.services.audit import Change, answer_named
from interview.services.classes.changing import hold_class
from interview.services.notifying import APPEAL_MADE, Told
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import appealing
from interview.store.appeals import Appeal
from interview.store.db import db

FOUND = "found"


@dataclass(frozen=True, slots=True)
class Contestable:
    """A key point of one's own assigned answer.

    Attributes
    ----------
    title, zone : str
        Of the assignment.
    is_over : bool
        Whether the attempt has ended, so that its results can be read.
    sentences : tuple of str
        The answer, cut for choosing some of it.
    standing : Beside or None
        What was said against its verdict before.
    refusal : str
        Why it cannot be contested now: one of `Closed`, ``found``, or empty.
    since, until : datetime or None
        When the assignment lets its learners contest.
    """

    attempt_id: int
    position: int
    number: int
    attempt: int
    is_over: bool
    prompt: str
    title: str
    zone: str
    class_id: int
    assignment_id: int
    submission_id: int
    grade_id: int
    point: PointLine
    text: str
    sentences: tuple[str, ...]
    standing: Beside | None
    refusal: str
    since: datetime | None
    until: datetime | None


def look(
    person: Principal, attempt_id: int, position: int, number: int, now: datetime
) -> Contestable:
    """Find a key point of one's own answer in an assignment.

    Parameters
    ----------
    number : int
        Of the key point, as on every page.

    Raises
    ------
    NotFound
        When there is none, it was own practice, or key points or answers are not shown now.
    """
    if max(attempt_id, position) > LARGEST:
        raise NotFound
    named = {"attempt": attempt_id, "position": position, "user": person.id}
    row = db.session.execute(appealing.ANSWER, named).first()
    screen = reviewing.answer(person.id, attempt_id, position, now)
    points = screen.evidence.points if screen.evidence and screen.visible.answer else ()
    sentences = sentences_of(screen.text)
    if row is None or not sentences or not 1 <= number <= len(points):
        raise NotFound
    point = points[number - 1]
    closed = window_of(row).closed(now)
    return Contestable(
        attempt_id=attempt_id,
        position=position,
        number=number,
        attempt=row.number,
        is_over=AttemptState(row.state) is not AttemptState.OPEN,
        prompt=screen.prompt,
        title=row.title,
        zone=row.time_zone,
        class_id=row.class_id,
        assignment_id=row.assignment_id,
        submission_id=row.submission_id,
        grade_id=row.grade_id,
        point=point,
        text=screen.text,
        sentences=tuple(screen.text[span.start : span.end] for span in sentences),
        standing=screen.appeals.get(point.id),
        refusal=closed.value if closed else FOUND if point.verdict == FOUND else "",
        since=row.appeals_from,
        until=row.appeals_until,
    )


def contest(
    person: Principal, about: Contestable, chosen: Sequence[int], why: str, now: datetime
) -> int:
    """Say that an answer names a key point, to those who teach the class.

    Parameters
    ----------
    about : Contestable
        As `look` found it, without a refusal.
    chosen : sequence of int
        Which of its sentences say so, counted from 0.
    why : str
        The learner's own sentence; may be empty.

    Returns
    -------
    int
        The appeal.

    Raises
    ------
    Known
        When it is contested already, perhaps since a moment.
    Archived
        When the class cannot be changed.
    """
    row: dict[str, Any] = {
        "submission_id": about.submission_id,
        "assignment_id": about.assignment_id,
        "user_id": person.id,
        "grade_id": about.grade_id,
        "point_id": about.point.id,
        "point_text": about.point.text,
        "quote": quoted(about.text, chosen),
        "why": _cleaned(why),
        "created_at": now,
    }
    try:
        with write() as session:
            hold_class(session, about.class_id)
            made = sa.insert(Appeal).values(row).returning(Appeal.id)
            appeal_id: int = session.execute(made).scalar_one()
            audit.note(session, person, _made(person, about, row), now)
            _tell_staff(session, person, about, appeal_id, now)
    except IntegrityError as error:
        first = {"submission": about.submission_id, "point": about.point.id}
        found = db.session.scalar(appealing.STANDING, first)
        if found is None:
            raise
        raise Known(found) from error
    return appeal_id


def is_same(about: Contestable, chosen: Sequence[int], why: str) -> bool:
    """Whether what stands already says just this, as when a button was pressed twice."""
    if about.standing is None or not all(0 <= at < len(about.sentences) for at in chosen):
        return False
    quote = tuple(quoted(about.text, chosen).split("\n"))
    return (quote, _cleaned(why)) == (about.standing.quote, about.standing.why)


def _cleaned(why: str) -> str:
    return clean(why).text.strip()[:WHY_LIMIT]


def _made(person: Principal, about: Contestable, row: dict[str, Any]) -> Change:
    answer = answer_named(person.name, about.title, about.attempt, about.position)
    subject = f"{answer}, key point {about.number}"
    details = {"key_point": row["point_text"], "words": row["quote"].replace("\n", " … ")}
    return Change("appeal.made", subject, about.class_id, person.id, details, row["why"])


def _tell_staff(
    session: Session, person: Principal, about: Contestable, appeal_id: int, now: datetime
) -> None:
    words = (
        f"{person.name} contests key point {about.number} of question {about.position} in "
        f"“{about.title}”."
    )
    staff = session.scalars(appealing.STAFF, {"class": about.class_id})
    told = [
        Told(user_id, APPEAL_MADE, words, target="appeal", target_id=appeal_id)
        for user_id in staff
        if user_id != person.id
    ]
    notifying.tell(session, told, now)

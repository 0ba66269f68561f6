"""Deciding an appeal: the wording counts, the grade is changed by hand, or it stays."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.grading import Grade
from interview.rules.typed import clean
from interview.services import audit, notifying
from interview.services.appeals.access import appeal_for
from interview.services.appeals.records import REPLY_LIMIT, Overtaken, Undecidable
from interview.services.appeals.settling import change_of, settle
from interview.services.appeals.widening import Widening, heard, widen_in, widening_of
from interview.services.authoring.publishing import checked
from interview.services.authoring.records import Unfit
from interview.services.classes.access import ASSIST, TEACH, Place
from interview.services.classes.changing import hold_class
from interview.services.marking import overriding
from interview.services.marking.answers import AnswerToGrade, answer_of
from interview.services.marking.overriding import Decision, Given, Unreadable
from interview.services.notifying import APPEAL_DECIDED, WORDING_ACCEPTED, Told
from interview.services.principals import Principal
from interview.services.regrading import making
from interview.services.regrading.records import Wish
from interview.services.unit import UNSYNCED, write
from interview.store.appeals import Appeal
from interview.store.types import AnyRow as Row

# Learners whose grades change read this; it names no key point, which they may not see yet.
RUN_REASON = "An appeal was accepted: another way of saying a key point counts from now on."

_WORDS = {
    "accepted": "was accepted",
    "adjusted": "was decided: your grade was adjusted",
    "declined": "was declined",
}
_NOT_ITS_OWN = "The rubric does not state this key point, so that it can get no other wording."
_NOTHING_NEW = "Choose another verdict or enter another score: this is the grade as it is."
_NO_REPLY = "Say why: the learner reads it."


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided about an appeal.

    Attributes
    ----------
    choice : str
        One of `records.CHOICES`.
    reply : str
        To the learner; where the grade is changed by hand, it is the reason beside it too.
    wording, reason : str
        Of accepting: what counts from now on, and why although the question does not tell
        right from wrong then.
    base : int
        Of adjusting: the grade that it was made from.
    verdict : str
        Of adjusting: of the key point; empty to leave it.
    score : float or None
        Of adjusting: 0 to 1, whatever the key points say.
    """

    choice: str
    reply: str = ""
    wording: str = ""
    reason: str = ""
    base: int = 0
    verdict: str = ""
    score: float | None = None


def decide(person: Principal, appeal_id: int, ruling: Ruling, now: datetime) -> int | None:
    """Decide an appeal; with a wording, have the assignment graded anew.

    Returns
    -------
    int or None
        The regrade that follows from accepting a wording.

    Raises
    ------
    NotFound, Forbidden
        As `appeal_for` raises them; accepting is for those who teach.
    Overtaken
        When it was decided, withdrawn or graded anew meanwhile.
    Archived
        When the class cannot be changed.
    Undecidable
        When what was typed cannot be decided so.
    NotTrusted
        When the question does not tell right from wrong with the wording, and no reason says
        why it counts nevertheless.
    Stale
        When the question was changed meanwhile.
    """
    row, place = appeal_for(person, appeal_id, TEACH if ruling.choice == "accept" else ASSIST)
    if row.status != "open" or place is None:
        raise Overtaken
    reply = clean(ruling.reply).text.strip()
    if len(reply) > REPLY_LIMIT:
        raise Undecidable({"reply": f"A reply has at most {REPLY_LIMIT} characters."})
    if ruling.choice == "accept":
        return _accept(person, row, ruling, reply, now)
    if not reply:
        raise Undecidable({"reply": _NO_REPLY})
    if ruling.choice == "adjust":
        _adjust(person, row, place, ruling, reply, now)
    else:
        _decline(person, row, reply, now)
    return None


def _decline(person: Principal, row: Row, reply: str, now: datetime) -> None:
    with write() as session:
        _close(session, person, row, "declined", reply, now)


def _adjust(
    person: Principal, row: Row, place: Place, ruling: Ruling, reply: str, now: datetime
) -> None:
    answer = answer_of(row.attempt_id, row.position, place, now)
    grade = _adjusted(answer, row.point_id, ruling, reply)
    given = Given(grade, answer.version_id, ruling.base, reply)
    with write() as session:
        _close(session, person, row, "adjusted", reply, now)
        if not overriding.give_in(session, person, answer, given, now):
            raise Overtaken


def _adjusted(answer: AnswerToGrade, point_id: str, ruling: Ruling, reply: str) -> Grade:
    has_point = any(point.id == point_id for point in answer.points)
    verdicts = {point_id: ruling.verdict} if ruling.verdict and has_point else {}
    try:
        grade = overriding.decided(answer, Decision(ruling.base, verdicts, ruling.score, reply))
    except Unreadable as error:
        raise Overtaken from error
    if (grade.points, grade.score) == (answer.grade.points, answer.grade.score):
        raise Undecidable({"verdict": _NOTHING_NEW})
    return grade


def _accept(person: Principal, row: Row, ruling: Ruling, reply: str, now: datetime) -> int:
    widening = widening_of(person, row)
    if widening is None:
        raise Undecidable({"choice": _NOT_ITS_OWN})
    wording = " ".join(clean(ruling.wording).text.split())
    complaints = heard(widening, wording)
    try:
        reason = checked(ruling.reason, complaints)
    except Unfit as error:
        raise Undecidable({one.place: one.message for one in error.problems}) from error
    details = {"wording": wording, "for_everybody": widening.for_everybody}
    with write() as session:
        _close(session, person, row, "accepted", reply, now, **details)
        version_id = widen_in(session, person, widening, wording, reason, now)
        kept = {"wording": wording, "made_version_id": version_id}
        session.execute(
            sa.update(Appeal).where(Appeal.id == row.id).values(kept), execution_options=UNSYNCED
        )
        _tell_owner(session, person, row, widening, wording, now)
        return making.insert(session, person, _wish(row, version_id), now)


def _wish(row: Row, version_id: int) -> Wish:
    return Wish(
        scope="assignment",
        assignment_id=row.assignment_id,
        question_id=row.question_id,
        version_id=version_id,
        appeal_id=row.id,
        policy="computed",
        reason=RUN_REASON,
    )


def _close(
    session: Session,
    person: Principal,
    row: Row,
    status: str,
    reply: str,
    now: datetime,
    **details: Any,
) -> None:
    """End an appeal, note it, and tell its learner, who may not see the score yet."""
    hold_class(session, row.class_id)
    values = {"status": status, "reply": reply, "decided_by": person.id, "decided_at": now}
    settle(session, row.id, values)
    told = {"decision": status, **details}
    audit.note(session, person, change_of("appeal.decided", row, told, reply), now)
    words = f"Your appeal about question {row.position} of “{row.title}” {_WORDS[status]}."
    place = {"target": "answer", "target_id": row.attempt_id, "position": row.position}
    notifying.tell(session, [Told(row.user_id, APPEAL_DECIDED, words, reply, **place)], now)


def _tell_owner(
    session: Session,
    person: Principal,
    row: Row,
    widening: Widening,
    wording: str,
    now: datetime,
) -> None:
    """Tell whose question it is that an assignment grades it by another wording."""
    owner_id = widening.owner_id
    if widening.for_everybody or owner_id is None or owner_id == person.id:
        return
    words = (
        f"{person.name} accepted another wording for a key point of a question of yours in "
        f"“{row.title}”. It counts there alone: your question is as it was."
    )
    told = Told(owner_id, WORDING_ACCEPTED, words, wording, "question", widening.question_id)
    notifying.tell(session, [told], now)

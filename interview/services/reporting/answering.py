"""The queue of reported problems, and answering them."""

from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.typed import clean
from interview.services import audit, notifying
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.audit import Change
from interview.services.notifying import Told
from interview.services.principals import Principal
from interview.services.reporting.reading import report_of, some
from interview.services.reporting.records import STATUSES, TEXT_LIMIT, Overtaken, Report, Reports
from interview.services.unit import UNSYNCED, write
from interview.store import reporting
from interview.store.db import db
from interview.store.reporting import Condition
from interview.store.reports import QuestionReport

_SUBJECT_LENGTH = 80
_OUTCOMES = {
    "open": "Your report about a question has a reply",
    "mended": "A question that you reported was mended",
    "declined": "A question that you reported was left as it is",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a report.

    Attributes
    ----------
    status : str
        One of `records.STATUSES`.
    seen : str
        `Report.handled` of the report that the answer was made from.
    """

    status: str
    reply: str
    seen: str


def queue(person: Principal, status: str, question_id: int | None, after: int | None) -> Reports:
    """List the reports that an author answers, the newest first.

    Parameters
    ----------
    status : str
        Only these; empty for any.
    question_id : int or None
        Only those of one question.
    """
    fits = _for(person)
    if status in STATUSES:
        fits.append(QuestionReport.status == status)
    if question_id is not None:
        fits.append(QuestionReport.question_id == min(question_id, LARGEST))
    return some(fits, after)


def _for(person: Principal) -> list[Condition]:
    return [] if person.is_admin else [reporting.answerable_by(person.id)]


def report(person: Principal, report_id: int) -> Report:
    """Find a report for somebody who answers it.

    Raises
    ------
    NotFound
        When there is none, or its question is another author's.
    """
    fits = [QuestionReport.id == min(report_id, LARGEST), *_for(person)]
    rows = reporting.reports(db.session(), fits, 1)
    if not rows:
        raise NotFound
    return report_of(rows[0])


def answer(person: Principal, report_id: int, given: Answer, now: datetime) -> None:
    """Answer a report, or answer it anew.

    Raises
    ------
    NotFound
        See `report`.
    Overtaken
        When it was answered since the page was made; nothing is written.
    """
    known = report(person, report_id)
    if known.handled != given.seen:
        raise Overtaken(known)
    reply = clean(given.reply).text.strip()[:TEXT_LIMIT]
    seen = QuestionReport.handled_at
    unchanged = seen.is_(None) if known.handled_at is None else seen == known.handled_at
    with write() as session:
        taken = session.execute(
            sa.update(QuestionReport)
            .where(QuestionReport.id == report_id, unchanged)
            .values(status=given.status, reply=reply, handled_by=person.id, handled_at=now)
            .returning(QuestionReport.reporter_id),
            execution_options=UNSYNCED,
        ).first()
        if taken is None:
            raise Overtaken(known)
        details = {"status": [known.status, given.status], "reply": [known.reply, reply]}
        change = Change("report.answered", known.prompt[:_SUBJECT_LENGTH], details=details)
        audit.note(session, person, change, now)
        _tell(session, taken.reporter_id, known, Answer(given.status, reply, ""), now)


def _tell(
    session: Session, reporter_id: int | None, known: Report, given: Answer, now: datetime
) -> None:
    """Tell whoever reported it, if they are still there."""
    if reporter_id is None:
        return
    subject = shorten(known.prompt, _SUBJECT_LENGTH, placeholder=" …")
    words = f"{_OUTCOMES[given.status]}: “{subject}”."
    told = Told(
        reporter_id,
        notifying.REPORT_ANSWERED,
        words,
        detail=given.reply,
        target="report",
        target_id=known.id,
    )
    notifying.tell(session, [told], now)

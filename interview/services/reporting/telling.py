"""Telling of a problem with a question that one looks back on, and seeing what came of it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from interview.rules.access import Power
from interview.rules.attempt import ItemState
from interview.rules.typed import clean
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import attempt_for_staff
from interview.services.principals import Principal
from interview.services.reporting.reading import report_of, some
from interview.services.reporting.records import (
    OPEN_LIMIT,
    TEXT_LIMIT,
    Known,
    Report,
    Reportable,
    Reports,
    TooMany,
)
from interview.services.unit import write
from interview.store import reporting
from interview.store.db import db
from interview.store.reports import QuestionReport


def look(person: Principal, attempt_id: int, position: int) -> Reportable:
    """Find a question that somebody was asked, or whose answer they grade.

    Raises
    ------
    NotFound
        When there is none, it is somebody else's, or it is still being answered.
    """
    if attempt_id > LARGEST or position > LARGEST:
        raise NotFound
    row = reporting.asked(db.session(), attempt_id, position)
    if row is None:
        raise NotFound
    is_own = row.user_id == person.id
    if not is_own:
        attempt_for_staff(person, attempt_id, Power.ASSIST)
    if not ItemState(row.state).is_closed:
        raise NotFound
    return Reportable(
        attempt_id=attempt_id,
        position=position,
        prompt=row.prompt,
        question_id=row.question_id,
        version_id=row.version_id,
        is_own=is_own,
        waiting=_waiting(person.id, row.question_id),
    )


def _waiting(person_id: int, question_id: int) -> Report | None:
    fits = (
        QuestionReport.reporter_id == person_id,
        QuestionReport.question_id == question_id,
        QuestionReport.status == "open",
    )
    rows = reporting.reports(db.session(), fits, 1)
    return report_of(rows[0]) if rows else None


def tell(person: Principal, about: Reportable, kind: str, told: str, now: datetime) -> None:
    """Report a problem with a question.

    Parameters
    ----------
    about : Reportable
        As `look` found it.
    kind : str
        One of `records.KINDS`.
    told : str
        What is wrong.

    Raises
    ------
    Known
        When an earlier report of it by the same person still waits.
    TooMany
        When too many reports of the person wait.
    """
    row = {
        "question_id": about.question_id,
        "question_version_id": about.version_id,
        "reporter_id": person.id,
        "kind": kind,
        "told": clean(told).text.strip()[:TEXT_LIMIT],
        "created_at": now,
    }
    try:
        with write() as session:
            if reporting.waiting(session, person.id, OPEN_LIMIT) >= OPEN_LIMIT:
                raise TooMany
            session.execute(sa.insert(QuestionReport).values(row))
    except IntegrityError as error:
        raise Known from error


def mine(person: Principal, after: int | None) -> Reports:
    """List what a person has reported, the newest first."""
    return some([QuestionReport.reporter_id == person.id], after)

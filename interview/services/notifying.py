"""Telling people what concerns them, in the transaction that makes it so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import outbox
from interview.services.outbox import ASSIGNED, DUE_SOON, INVITATION, REMINDER
from interview.store import noticing
from interview.store.db import table
from interview.store.notices import Notification

APPEAL_MADE = "appeal_made"
APPEAL_DECIDED = "appeal_decided"
REGRADED = "regraded"
COMMENT = "comment"
RUN_READY = "run_ready"
WORDING_ACCEPTED = "wording_accepted"
REPORT_ANSWERED = "report_answered"

_AT_A_TIME = 1000
# The table, not the class: rows with and without a position go in one statement.
_NOTED = table(Notification)


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that people are told of, as they know it.

    Attributes
    ----------
    is_for_staff : bool
        Whether it comes of teaching, grading or writing questions.
    """

    name: str
    explanation: str
    is_for_staff: bool = False


KINDS = {
    INVITATION: Kind("Invitations", "Somebody offers you a place in a class."),
    ASSIGNED: Kind("New assignments", "An assignment has opened for you."),
    DUE_SOON: Kind(
        "Due within a day", "An assignment that you have not finished ends within a day."
    ),
    REMINDER: Kind("Reminders by instructors", "An instructor reminds those who have not started."),
    APPEAL_DECIDED: Kind("Appeals decided", "Somebody has answered where you contested a grade."),
    REGRADED: Kind("Regrades", "Answers of yours were graded anew."),
    COMMENT: Kind("Remarks", "Somebody who grades has written beside an answer of yours."),
    REPORT_ANSWERED: Kind(
        "Reports answered", "Somebody has looked at a problem that you reported."
    ),
    APPEAL_MADE: Kind("Appeals to decide", "A learner contests a grade.", is_for_staff=True),
    RUN_READY: Kind(
        "Your regrades", "A regrade that you asked for can be read, or is done.", is_for_staff=True
    ),
    WORDING_ACCEPTED: Kind(
        "Wordings accepted", "A wording was accepted for a question of yours.", is_for_staff=True
    ),
}
"""Every kind can be switched off in the app and by mail, each for itself."""

_HAVE_LETTERS = frozenset({INVITATION, ASSIGNED, DUE_SOON, REMINDER})
"""Whoever tells of these has a letter of its own sent."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    words : str
        One sentence, names and titles included; see `Notification`.
    detail : str
        What somebody wrote to the person; it is never mailed.
    target : str
        What it leads to: ``answer`` (an attempt and a position in it), ``results`` (an
        attempt), ``appeal``, ``run``, ``question``, ``report``, ``assignment``, ``class``,
        ``invitation`` or nothing.
    """

    user_id: int
    kind: str
    words: str
    detail: str = ""
    target: str = ""
    target_id: int | None = None
    position: int | None = None


def tell(session: Session, told: Sequence[Told], now: datetime) -> None:
    """Tell people something, if the transaction that this is part of is committed.

    Each is told in the app and by mail, where they have not switched that off. People who are
    gone are passed over.
    """
    for start in range(0, len(told), _AT_A_TIME):
        _tell(session, told[start : start + _AT_A_TIME], now)


def _tell(session: Session, told: Sequence[Told], now: datetime) -> None:
    people = {"people": sorted({one.user_id for one in told})}
    addresses = {row.id: row.email for row in session.execute(noticing.ADDRESSES, people)}
    off = {tuple(row) for row in session.execute(noticing.SWITCHED_OFF, people)}
    by_mail = {
        (one.user_id, one.kind): addresses[one.user_id]
        for one in told
        if one.kind not in _HAVE_LETTERS
        and addresses.get(one.user_id)
        and outbox.sends_mail()
        and ("mail", one.user_id, one.kind) not in off
    }
    rows = []
    for one in told:
        in_app = one.user_id in addresses and ("app", one.user_id, one.kind) not in off
        if in_app or (one.user_id, one.kind) in by_mail:
            rows.append(_row(one, now, in_app=in_app))
    if rows:
        _write(session, rows, by_mail, now)


def _write(
    session: Session,
    rows: list[dict[str, Any]],
    by_mail: dict[tuple[int, str], str],
    now: datetime,
) -> None:
    noted = sa.insert(_NOTED).returning(_NOTED.c.id, _NOTED.c.user_id, _NOTED.c.kind)
    mails = [
        (by_mail[row.user_id, row.kind], {"notification": row.id})
        for row in session.execute(noted, rows)
        if (row.user_id, row.kind) in by_mail
    ]
    outbox.enqueue_each(session, outbox.NOTICE, mails, now)


def _row(one: Told, now: datetime, *, in_app: bool) -> dict[str, Any]:
    return {
        "user_id": one.user_id,
        "kind": one.kind,
        "words": one.words,
        "detail": one.detail,
        "target": one.target,
        "target_id": one.target_id,
        "position": one.position,
        "in_app": in_app,
        "created_at": now,
    }

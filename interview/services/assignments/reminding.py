"""Mail about assignments: one has opened, one is due soon, and an instructor's reminder.

``assignments.reminded_at`` says up to when the first two are dealt with. A learner is told
once the moment for it lies behind that; the transaction that puts the mail into the outbox
moves it on, if nobody else has. A change of dates clears it, since moments may now lie
elsewhere; what stands in the outbox is not told again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app

from interview.rules.assigning import Terms
from interview.services import outbox
from interview.services.assignments.terms import terms_of
from interview.services.classes.access import TEACH, Place, assignment_for
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import reminding as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

SOON = timedelta(hours=24)
"""How long before the end a learner who has not finished is told."""

PAUSE = timedelta(days=1)
"""Between two reminders that an instructor sends for one assignment."""

_LOOK_EVERY = timedelta(minutes=5)
_AT_A_TIME = 20


class NotNow(Exception):
    """Nobody can be reminded now; the page says why."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Whether an instructor can remind those who have not started.

    Attributes
    ----------
    obstacle : str
        ``no mail``, ``withdrawn``, ``not open``, ``closed``, ``nobody`` or ``too soon``;
        empty where nothing stands against it.
    last_at : datetime or None
        When they were reminded within the last day.
    """

    obstacle: str
    last_at: datetime | None = None

    @property
    def again_at(self) -> datetime | None:
        """From when they can be reminded again."""
        return self.last_at and self.last_at + PAUSE


def sends_mail() -> bool:
    """Whether this installation sends mail; where not, nobody is told anything by it."""
    return current_app.extensions["settings"].mail_url is not None


def remind_due(now: datetime) -> int:
    """Have learners told of what has opened for them, and of what is due within a day.

    Returns
    -------
    int
        How many mails were put into the outbox.
    """
    if not sends_mail():
        return 0
    named = {"now": now, "seen_before": now - _LOOK_EVERY, "most": _AT_A_TIME}
    found = db.session.execute(reads.TO_LOOK_AT, named).all()
    return sum(_look_at(assignment, now) for assignment in found)


def _look_at(assignment: Row, now: datetime) -> int:
    mails: dict[str, dict[str, dict[str, int]]] = {outbox.ASSIGNED: {}, outbox.DUE_SOON: {}}
    learners = db.session.execute(reads.LEARNERS, {"assignment": assignment.id})
    for learner in learners:
        terms = terms_of(assignment, learner.class_factor, learner)
        kind = _kind(terms, learner, assignment.reminded_at, now)
        if kind and not getattr(learner, f"no_{kind}"):
            mails[kind][learner.email] = _payload(kind, assignment.id, terms)
    told = _told(assignment.id) if any(mails.values()) else set()
    with write() as session:
        claimed = session.execute(
            reads.CLAIM,
            {"assignment": assignment.id, "seen": assignment.reminded_at, "to_reminded": now},
        ).first()
        if claimed is None:
            return 0
        new = {kind: _untold(kind, each, told) for kind, each in mails.items()}
        for kind, each in new.items():
            outbox.enqueue_each(session, kind, each, now)
    return sum(map(len, new.values()))


def _kind(terms: Terms, learner: Row, since: datetime | None, now: datetime) -> str:
    """Which mail a learner is due; empty for none."""
    close, end = terms.own_close, terms.own_due or terms.own_close
    if close is not None and now >= close:
        return ""
    if not learner.attempts and _lies_between(since, terms.opens_at, now):
        return outbox.ASSIGNED
    if end is None or now >= end or learner.finished_at is not None or now < terms.opens_at:
        return ""
    return outbox.DUE_SOON if _lies_between(since, end - SOON, now) else ""


def _lies_between(since: datetime | None, moment: datetime, now: datetime) -> bool:
    return moment <= now and (since is None or since < moment)


def _payload(kind: str, assignment_id: int, terms: Terms) -> dict[str, int]:
    end = terms.own_due or terms.own_close
    if kind == outbox.DUE_SOON and end is not None:
        # A date that was put off is told again.
        return {"assignment": assignment_id, "end": int(end.timestamp())}
    return {"assignment": assignment_id}


def _told(assignment_id: int) -> set[tuple[str, str, int | None]]:
    rows = db.session.execute(reads.TOLD, {"assignment": assignment_id})
    return {(row.kind, row.address, row.payload.get("end")) for row in rows}


def _untold(
    kind: str, mails: Mapping[str, dict[str, int]], told: set[tuple[str, str, int | None]]
) -> dict[str, dict[str, int]]:
    return {
        address: payload
        for address, payload in mails.items()
        if (kind, address, payload.get("end")) not in told
    }


def chance(assignment: Row, place: Place, waiting: int, now: datetime) -> Chance:
    """Say whether those who have not started can be reminded.

    Parameters
    ----------
    waiting : int
        How many have not started.
    """
    if not sends_mail():
        return Chance("no mail")
    if assignment.archived_at is not None or place.archived_at is not None:
        return Chance("withdrawn")
    if now < assignment.opens_at:
        return Chance("not open")
    if assignment.all_closed_at is not None and now >= assignment.all_closed_at:
        return Chance("closed")
    if not waiting:
        return Chance("nobody")
    named = {"assignment": assignment.id, "since": now - PAUSE}
    last_at: datetime | None = db.session.scalar(reads.LAST_REMINDER, named)
    return Chance("too soon", last_at) if last_at else Chance("")


def remind(person: Principal, assignment_id: int, now: datetime) -> int:
    """Remind those who could start and have not, at most once a day.

    Returns
    -------
    int
        How many mails were put into the outbox: those who want none get none.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` raises them.
    NotNow
        When nobody can be reminded.
    """
    assignment, place = assignment_for(person, assignment_id, TEACH)
    learners = db.session.execute(reads.LEARNERS, {"assignment": assignment_id}).all()
    waiting = [one for one in learners if _could_start(assignment, one, now)]
    with write() as session:
        # Two presses of the button take turns here, and the second one sees the first.
        session.execute(reads.HOLD, {"assignment": assignment_id})
        if chance(assignment, place, len(waiting), now).obstacle:
            raise NotNow
        mails = {one.email: {"assignment": assignment_id} for one in waiting if not one.no_reminder}
        outbox.enqueue_each(session, outbox.REMINDER, mails, now)
    return len(mails)


def _could_start(assignment: Row, learner: Row, now: datetime) -> bool:
    terms = terms_of(assignment, learner.class_factor, learner)
    close = terms.own_close
    is_open = terms.opens_at <= now and (close is None or now < close)
    return is_open and not learner.attempts

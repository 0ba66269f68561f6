"""Telling of assignments: one has opened, one is due soon, and an instructor's reminder.

``assignments.reminded_at`` says up to when the first two are dealt with. A learner is told
once the moment for it lies behind that, in the app and by mail; the transaction that tells it
moves that on, if nobody else has. A change of dates clears it, since moments may now lie
elsewhere; what stands in the outbox, or was told in the app, is not told there again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from interview.rules.assigning import Terms
from interview.services import notifying, outbox
from interview.services.assignments import telling
from interview.services.assignments.terms import terms_of
from interview.services.classes.access import TEACH, Place, assignment_for
from interview.services.notifying import Told
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
        ``withdrawn``, ``not open``, ``closed``, ``nobody`` or ``too soon``;
        empty where nothing stands against it.
    last_at : datetime or None
        When they were reminded within the last day.
    by_mail : bool
        Whether the installation sends mail; otherwise they are told in the app alone.
    """

    obstacle: str
    last_at: datetime | None = None
    by_mail: bool = False

    @property
    def again_at(self) -> datetime | None:
        """From when they can be reminded again."""
        return self.last_at and self.last_at + PAUSE


@dataclass(frozen=True, slots=True)
class _Due:
    """What one learner is to be told.

    Attributes
    ----------
    address : str
        Empty where no mail is wanted.
    """

    user_id: int
    kind: str
    address: str
    payload: dict[str, int]

    @property
    def mail(self) -> tuple[str, str, int | None]:
        """What tells the mail from others about the same assignment."""
        return self.kind, self.address, self.payload.get("end")

    def was_shown(self, shown: Mapping[tuple[int, str], datetime]) -> bool:
        """Whether the app has told it; a date that was put off is told again there too."""
        last_at, end = shown.get((self.user_id, self.kind)), self.payload.get("end")
        if last_at is None or end is None:
            return last_at is not None
        return last_at >= datetime.fromtimestamp(end, UTC) - SOON


def remind_due(now: datetime) -> int:
    """Have learners told of what has opened for them, and of what is due within a day.

    Returns
    -------
    int
        How many mails were put into the outbox.
    """
    named = {"now": now, "seen_before": now - _LOOK_EVERY, "most": _AT_A_TIME}
    found = db.session.execute(reads.TO_LOOK_AT, named).all()
    return sum(_look_at(assignment, now) for assignment in found)


def _look_at(assignment: Row, now: datetime) -> int:
    learners = db.session.execute(reads.LEARNERS, {"assignment": assignment.id})
    due = [one for learner in learners if (one := _due(assignment, learner, now))]
    mailed = _mailed(assignment.id) if due else set()
    shown = _shown(assignment.id) if due else {}
    with write() as session:
        claimed = session.execute(
            reads.CLAIM,
            {"assignment": assignment.id, "seen": assignment.reminded_at, "to_reminded": now},
        ).first()
        if claimed is None:
            return 0
        mails = [one for one in due if one.mail not in mailed and one.address]
        for kind in (outbox.ASSIGNED, outbox.DUE_SOON):
            payloads = [(one.address, one.payload) for one in mails if one.kind == kind]
            outbox.enqueue_each(session, kind, payloads, now)
        news = [one for one in due if not one.was_shown(shown)]
        told = [_told(one.user_id, one.kind, assignment, assignment.class_title) for one in news]
        notifying.tell(session, told, now)
    return len(mails)


def _due(assignment: Row, learner: Row, now: datetime) -> _Due | None:
    """What a learner is to be told now, if anything."""
    terms = terms_of(assignment, learner.class_factor, learner)
    kind = _kind(terms, learner, assignment.reminded_at, now)
    if not kind:
        return None
    return _Due(
        user_id=learner.user_id,
        kind=kind,
        address=_address(learner, kind),
        payload=_payload(kind, assignment.id, terms),
    )


def _address(learner: Row, kind: str) -> str:
    """Where a learner gets this kind of mail; empty for nowhere."""
    wants = outbox.sends_mail() and not getattr(learner, f"no_{kind}")
    return (learner.email or "") if wants else ""


def _kind(terms: Terms, learner: Row, since: datetime | None, now: datetime) -> str:
    """What a learner is to be told of; empty for nothing."""
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


def _mailed(assignment_id: int) -> set[tuple[str, str, int | None]]:
    rows = db.session.execute(reads.TOLD, {"assignment": assignment_id})
    return {(row.kind, row.address, row.payload.get("end")) for row in rows}


def _shown(assignment_id: int) -> dict[tuple[int, str], datetime]:
    """When each learner was last told of something in the app."""
    rows = db.session.execute(reads.SHOWN, {"assignment": assignment_id})
    return {(row.user_id, row.kind): row.last_at for row in rows}


def _told(user_id: int, kind: str, assignment: Row, class_title: str) -> Told:
    words = telling.sentence(kind, assignment.title, class_title)
    return Told(user_id, kind, words, target="assignment", target_id=assignment.id)


def chance(assignment: Row, place: Place, waiting: int, now: datetime) -> Chance:
    """Say whether those who have not started can be reminded.

    Parameters
    ----------
    waiting : int
        How many have not started.
    """
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
    by_mail = outbox.sends_mail()
    return Chance("too soon", last_at, by_mail) if last_at else Chance("", by_mail=by_mail)


def remind(person: Principal, assignment_id: int, now: datetime) -> int:
    """Remind those who could start and have not, in the app and by mail, at most once a day.

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
        payload = {"assignment": assignment_id}
        addresses = [_address(one, outbox.REMINDER) for one in waiting]
        mails = [(address, payload) for address in addresses if address]
        outbox.enqueue_each(session, outbox.REMINDER, mails, now)
        told = [_told(one.user_id, outbox.REMINDER, assignment, place.title) for one in waiting]
        notifying.tell(session, told, now)
    return len(mails)


def _could_start(assignment: Row, learner: Row, now: datetime) -> bool:
    terms = terms_of(assignment, learner.class_factor, learner)
    close = terms.own_close
    is_open = terms.opens_at <= now and (close is None or now < close)
    return is_open and not learner.attempts

"""What the worker does every half minute: hand in what is overdue, clear what has lapsed."""

import logging
from datetime import datetime, timedelta

import sqlalchemy as sa

from interview.services.attempts.settling import settle
from interview.services.importing import jobs as imports
from interview.services.unit import UNSYNCED, write
from interview.store import handing_in, noticing
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.jobs import Job
from interview.store.mail import OutgoingMail
from interview.store.users import PendingRegistration, User

GUEST_LIFE = timedelta(days=7)
REGISTRATION_LIFE = timedelta(days=2)
MAIL_LIFE = timedelta(days=30)
JOB_LIFE = timedelta(days=30)
NOTICE_LIFE = timedelta(days=180)
_BATCH = 200

_log = logging.getLogger(__name__)


def sweep(now: datetime) -> int:
    """Settle overdue attempts, and remove what has lapsed.

    That is guests, registrations, mail, notices, jobs that are over and files that nobody
    came back to.

    Every attempt is settled in a transaction of its own, so a sweep that is cut off has
    lost nothing and the next one goes on.

    Returns
    -------
    int
        How many attempts were settled.
    """
    overdue = db.session.execute(handing_in.OVERDUE, {"now": now, "most": _BATCH}).all()
    settled = sum(_settled(user_id, attempt_id, now) for attempt_id, user_id in overdue)
    _forget(now)
    imports.forget(now)
    return settled


def _settled(user_id: int, attempt_id: int, now: datetime) -> bool:
    try:
        settle(user_id, attempt_id, now)
    except Exception:  # noqa: BLE001 - logged, and tried again by the next sweep
        # One attempt that cannot be settled must not hold up everybody else's.
        _log.exception("attempt %s could not be settled", attempt_id)
        return False
    return True


def _forget(now: datetime) -> None:
    lapsed_guests = (User.is_guest, User.created_at < now - GUEST_LIFE)
    with write() as session:
        session.execute(
            sa.delete(PendingRegistration).where(
                PendingRegistration.created_at < now - REGISTRATION_LIFE
            )
        )
        session.execute(sa.delete(OutgoingMail).where(OutgoingMail.done_at < now - MAIL_LIFE))
        session.execute(sa.delete(Job).where(Job.finished_at < now - JOB_LIFE))
        if now.minute == 0:
            # No index leads to the old ones, and once an hour is soon enough.
            session.execute(noticing.lapsed(now - NOTICE_LIFE), execution_options=UNSYNCED)
        ids = sa.select(User.id).where(*lapsed_guests).limit(_BATCH)
        session.execute(sa.delete(Attempt).where(Attempt.user_id.in_(ids)))
        session.execute(sa.delete(User).where(User.id.in_(ids)))

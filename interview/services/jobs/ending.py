"""How a worker's turn at a job ends: done, put back for another try, or given up."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from interview.rules.typed import clean
from interview.services.jobs import kinds, queue
from interview.services.jobs.records import (
    BUSY_PAUSE,
    ERROR_LIMIT,
    MOST_TRIES,
    PAUSES,
    Job,
)
from interview.services.unit import write
from interview.store.jobs import Job as Row

BUSY = "The database could not take it just then."
MOVED_ON = "What it is about has moved on without it."


def done(job: Job, now: datetime) -> None:
    """Note that all of it is done.

    Raises
    ------
    Lost
        As all functions of this module do, when the job is no longer this worker's.
    """
    with write() as session:
        queue.move(session, job, state="done", error="", heartbeat_at=now, finished_at=now)


def put_back(job: Job, now: datetime) -> None:
    """Have it begun again a little later, without counting this as a try."""
    tries = sa.case((Row.tries > 0, Row.tries - 1), else_=0)
    with write() as session:
        _wait(session, job, until=now + BUSY_PAUSE, tries=tries, error=BUSY)


def cancelled(job: Job, now: datetime) -> None:
    """Note that what it is about has moved on without it, and nothing is left to be done."""
    with write() as session:
        queue.move(session, job, state="cancelled", error=MOVED_ON, finished_at=now)


def failed(job: Job, error: Exception, now: datetime) -> None:
    """Have it begun again after a pause that grows, or give it up once it was tried enough."""
    with write() as session:
        tries = queue.move(session, job, heartbeat_at=now).tries
        if tries >= MOST_TRIES:
            _give_up(session, job, told(error), now)
        else:
            # A try that got further than those before it stands at 0.
            _wait(session, job, until=now + PAUSES[max(tries - 1, 0)], error=told(error))


def give_up(job: Job, error: str, now: datetime) -> None:
    """Note that it is not done, and tell its subject in the same transaction."""
    with write() as session:
        _give_up(session, job, error, now)


def _give_up(session: Session, job: Job, error: str, now: datetime) -> None:
    queue.move(session, job, state="failed", error=error, finished_at=now)
    kinds.tell_failed(session, job.kind, job.subject_id, now)


def _wait(session: Session, job: Job, *, until: datetime, error: str, **values: object) -> None:
    queue.move(session, job, state="waiting", due_at=until, error=error, **values)


def told(error: BaseException) -> str:
    """Say what went wrong in a line that a database takes.

    Of a database's error only its own words: the statement's values may be people's texts.
    """
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    words = " ".join(clean(f"{type(cause).__name__}: {cause}").text.split())
    return words if len(words) <= ERROR_LIMIT else f"{words[: ERROR_LIMIT - 1]}…"

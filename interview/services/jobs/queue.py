"""The rows of jobs: asked for by requests, taken by workers, and ended.

Every change is one conditional update, so that of two who want the same row one gets it, on
SQLite as on PostgreSQL.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.jobs.records import STALE, Job, Lost
from interview.services.unit import UNSYNCED, write
from interview.store import jobs as store
from interview.store.db import db
from interview.store.types import AnyRow

UNFINISHED = ("waiting", "working")
_LOOKED_AT = 10

_jobs = store.Job


def enqueue(
    session: Session, kind: str, subject_id: int, owner_id: int | None, now: datetime
) -> int:
    """Have a job done, if the transaction that this is part of is committed.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    kind : str
        A key of `interview.services.jobs.kinds.HANDLERS`.
    subject_id : int
        The row that it is about.
    owner_id : int or None
        Who asked for it.

    Returns
    -------
    int
        The number of the job.
    """
    values = {
        "kind": kind,
        "subject_id": subject_id,
        "owner_id": owner_id,
        "due_at": now,
        "created_at": now,
    }
    return session.execute(sa.insert(_jobs).values(values).returning(_jobs.id)).scalar_one()


def cancel(session: Session, kind: str, subject_id: int, now: datetime) -> bool:
    """Have a job not done, or not finished; what it has committed stays.

    Returns
    -------
    bool
        Whether there was one to cancel. A worker that is at it hears of it with its next
        beat or step, and writes nothing more.
    """
    about = (_jobs.kind == kind, _jobs.subject_id == subject_id, _jobs.state.in_(UNFINISHED))
    values = {"state": "cancelled", "finished_at": now}
    cancelled = session.execute(
        sa.update(_jobs).where(*about).values(values).returning(_jobs.id),
        execution_options=UNSYNCED,
    )
    return bool(cancelled.all())


def claim(now: datetime, kinds: Collection[str]) -> Job | None:
    """Take the oldest job that is due, for this worker alone.

    Parameters
    ----------
    kinds : collection of str
        What this worker knows how to do: a newer one may have been asked for more.

    Returns
    -------
    Job or None
        None where nothing is due, or others took all of it at this moment.
    """
    is_due = sa.and_(_jobs.kind.in_(kinds), _due(now))
    oldest = sa.select(_jobs.id).where(is_due).order_by(_jobs.due_at, _jobs.id)
    for job_id in db.session.scalars(oldest.limit(_LOOKED_AT)).all():
        job = _take(job_id, is_due, now)
        if job is not None:
            return job
    return None


def _due(now: datetime) -> sa.ColumnElement[bool]:
    """Whether a job waits and may be begun, or has lost its worker."""
    waits = sa.and_(_jobs.state == "waiting", _jobs.due_at <= now)
    return sa.or_(waits, sa.and_(_jobs.state == "working", _jobs.heartbeat_at < now - STALE))


def _take(job_id: int, is_due: sa.ColumnElement[bool], now: datetime) -> Job | None:
    values = {
        "state": "working",
        "started_at": now,
        "heartbeat_at": now,
        "tries": _jobs.tries + 1,
    }
    with write() as session:
        row = session.execute(
            sa.update(_jobs)
            .where(_jobs.id == job_id, is_due)
            .values(values)
            .returning(_jobs.kind, _jobs.subject_id, _jobs.owner_id, _jobs.tries),
            execution_options=UNSYNCED,
        ).first()
    return None if row is None else Job(job_id, *row, now)


def move(session: Session, job: Job, **values: Any) -> AnyRow:
    """Change the row of a job that this worker has.

    Returns
    -------
    Row
        ``progress`` and ``tries`` after the change.

    Raises
    ------
    Lost
        When the job is no longer this worker's; nothing is changed then.
    """
    mine = (_jobs.id == job.id, _jobs.state == "working", _jobs.started_at == job.taken_at)
    moved = session.execute(
        sa.update(_jobs).where(*mine).values(values).returning(_jobs.progress, _jobs.tries),
        execution_options=UNSYNCED,
    ).first()
    if moved is None:
        raise Lost
    return moved

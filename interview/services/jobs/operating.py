"""What administrators do about a job: have it tried again, or stop it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.jobs import kinds
from interview.services.jobs.queue import UNFINISHED
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store import jobs as store
from interview.store.db import db
from interview.store.types import AnyRow as Row

ENDED = ("failed", "cancelled")

_jobs = store.Job


class NotNow(Exception):
    """The job has moved on since it was shown."""


def retry(person: Principal, job_id: int, now: datetime) -> None:
    """Have a job that ended before it was done go on after its last step.

    Raises
    ------
    Forbidden
        When the person does not look after the installation.
    NotFound
        When there is no such job.
    NotNow
        When it is not over, or was done.
    """
    values = {"state": "waiting", "tries": 0, "due_at": now, "finished_at": None}
    _look_up(person, job_id)
    with write() as session:
        _move(session, job_id, ENDED, values)


def stop(person: Principal, job_id: int, now: datetime) -> None:
    """Have a job not done, or not finished; its subject is told as when it is given up.

    Raises
    ------
    Forbidden, NotFound
        As `retry` does.
    NotNow
        When it is over already.
    """
    job = _look_up(person, job_id)
    words = {"state": "cancelled", "finished_at": now, "error": f"Stopped by {person.name}."}
    with write() as session:
        # The subject first, as a worker's step has it: else each could wait for the other.
        kinds.tell_failed(session, job.kind, job.subject_id, now)
        _move(session, job_id, UNFINISHED, words)


def _look_up(person: Principal, job_id: int) -> Row:
    if not person.is_admin:
        raise Forbidden
    columns = sa.select(_jobs.kind, _jobs.subject_id)
    row = (
        db.session.execute(columns.where(_jobs.id == job_id)).first() if job_id <= LARGEST else None
    )
    if row is None:
        raise NotFound
    return row


def _move(session: Session, job_id: int, states: tuple[str, ...], values: dict[str, Any]) -> None:
    moved = session.execute(
        sa.update(_jobs)
        .where(_jobs.id == job_id, _jobs.state.in_(states))
        .values(values)
        .returning(_jobs.id),
        execution_options=UNSYNCED,
    ).first()
    if moved is None:
        raise NotNow

"""Jobs as tests ask for, watch and interrupt them."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from interview.services import outbox
from interview.services.jobs import queue
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import STALE, Clock, Job
from interview.services.unit import write
from interview.store import jobs as store
from interview.store.db import db
from interview.store.mail import OutgoingMail
from tests.support.clock import START

KIND = "chunks"
CHUNKS = 4
OLD = STALE + timedelta(seconds=1)


def ask(subject_id: int = 1, kind: str = KIND, owner_id: int | None = None) -> int:
    """Ask for a job, as a request does."""
    with write() as session:
        return queue.enqueue(session, kind, subject_id, owner_id, START)


def job_row(job_id: int) -> Any:
    found = db.session.execute(
        sa.select(*sa.inspect(store.Job).columns).where(store.Job.id == job_id)
    ).one()
    db.session.rollback()
    return found


def change_job(job_id: int, **values: Any) -> None:
    with write() as session:
        session.execute(
            sa.update(store.Job).where(store.Job.id == job_id).values(values),
            execution_options={"synchronize_session": False},
        )


def put_chunk(subject_id: int, number: int, heart: Heart, clock: Clock) -> None:
    """Do one part of a job: a mail stands for what it writes."""
    with write() as session:
        outbox.enqueue(session, str(subject_id), "a@example.org", {"number": number}, clock())
        heart.step(session, number, CHUNKS)


def put_and_fail(number: int, heart: Heart) -> None:
    """Do one part of a job, and fail before it is committed."""
    with write() as session:
        heart.step(session, number, CHUNKS)
        raise RuntimeError


def chunks_of(subject_id: int = 1) -> list[int]:
    """The parts of a job that were committed, in the order of their commits."""
    found = db.session.scalars(
        sa.select(OutgoingMail.payload)
        .where(OutgoingMail.kind == str(subject_id))
        .order_by(OutgoingMail.id)
    )
    numbers = [payload["number"] for payload in found]
    db.session.rollback()
    return numbers


def put_chunks(job: Job, heart: Heart, clock: Clock) -> None:
    """Handle a job: go on after the last part that is committed."""
    for number in range(len(chunks_of(job.subject_id)) + 1, CHUNKS + 1):
        heart.beat(number - 1, CHUNKS)
        put_chunk(job.subject_id, number, heart, clock)

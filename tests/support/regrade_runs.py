"""Runs of a small class that are made and applied, and what they leave behind."""

from typing import Any

import sqlalchemy as sa

from interview.services.jobs.running import run_due
from interview.services.regrading import deciding, reading
from interview.services.regrading.records import Counts
from interview.services.unit import write
from interview.store.audit import AuditEntry
from interview.store.db import db
from interview.store.jobs import Job
from interview.store.notices import Notification
from interview.store.regrades import AssignmentRubric
from tests.support.clock import FakeClock
from tests.support.regraded import Regraded


def compared(world: Regraded, clock: FakeClock, **changes: Any) -> int:
    run = world.ask(**changes)
    run_due(clock)
    return run


def applied(
    world: Regraded, clock: FakeClock, run: int | None = None, policy: str = "computed"
) -> int:
    run = run or compared(world, clock)
    deciding.accept(world.iris, run, policy, clock())
    run_due(clock)
    return run


def counts(world: Regraded, run: int) -> Counts:
    screen = reading.run_for(world.iris, run)
    assert screen.state == "applied"
    return screen.counts


def messages(kind: str) -> list[Any]:
    columns = sa.inspect(Notification).columns
    return list(
        db.session.execute(
            sa.select(*columns).where(Notification.kind == kind).order_by(Notification.id)
        )
    )


def noted(kind: str) -> list[Any]:
    columns = sa.inspect(AuditEntry).columns
    return list(db.session.execute(sa.select(*columns).where(AuditEntry.kind == kind)))


def in_force() -> list[tuple[int, int]]:
    """By which version what is shown is graded."""
    rows = db.session.execute(
        sa.select(AssignmentRubric.shown_version_id, AssignmentRubric.rubric_version_id)
    )
    found = [(row[0], row[1]) for row in rows]
    db.session.rollback()
    return found


def put_jobs(*states: str, **values: Any) -> None:
    with write() as session:
        session.execute(sa.update(Job).where(Job.state.in_(states)).values(values))

"""Runs of a small class that are made and applied, and what they leave behind."""

from typing import Any

import sqlalchemy as sa

from interview.services.jobs.running import run_due
from interview.services.regrading import deciding, reading
from interview.services.regrading.records import Counts
from interview.store.audit import AuditEntry
from interview.store.db import db
from interview.store.notices import Notification
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

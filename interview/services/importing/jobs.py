"""The rows of imports as the worker moves them on: claimed, kept alive, and ended."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.unit import UNSYNCED, write
from interview.store.db import db
from interview.store.imports import Import, ImportItem
from interview.store.types import AnyRow as Row

STALE = timedelta(minutes=1)
"""An import whose worker has not been heard of for so long is begun again."""

MOST_TRIES = 3
"""An import that ended its worker so often is given up: it would end the next one."""

KEPT = timedelta(days=30)
"""How long a file waits for somebody to say that it is to be imported."""

BEAT_SECONDS = 1.0

STAGES = {"waiting": "reading", "accepted": "writing"}
_UNDERWAY = tuple(STAGES.values())

Clock = Callable[[], datetime]


class Lost(Exception):
    """The import was dropped, or taken over, while it was worked on."""


@dataclass(slots=True)
class Job:
    """An import that this worker is at.

    Attributes
    ----------
    beat : datetime
        The heartbeat that stands in its row as long as no other worker took it over.
    """

    id: int
    owner_id: int
    name: str
    settings: dict[str, Any]
    content: bytes
    stage: str
    tries: int
    beat: datetime

    def mine(self) -> sa.ColumnElement[bool]:
        """Whether the row is still this worker's."""
        return sa.and_(
            Import.id == self.id, Import.state == self.stage, Import.heartbeat_at == self.beat
        )


def due(now: datetime) -> sa.ColumnElement[bool]:
    """Whether an import waits for a worker, or has lost its own."""
    stale = sa.and_(Import.state.in_(_UNDERWAY), Import.heartbeat_at < now - STALE)
    return sa.or_(Import.state.in_(tuple(STAGES)), stale)


def claim(now: datetime) -> Job | None:
    """Take the oldest import that is due; None where there is none."""
    oldest = sa.select(Import.id, Import.state, Import.summary).where(due(now))
    found = db.session.execute(oldest.order_by(Import.id).limit(1)).first()
    if found is None:
        return None
    stage = STAGES.get(found.state, found.state)
    tries = found.summary.get("tries", 0) + 1
    values = {
        "state": stage,
        "heartbeat_at": now,
        "progress": 0,
        "summary": {**found.summary, "tries": tries},
    }
    with write() as session:
        row = session.execute(
            sa.update(Import)
            .where(Import.id == found.id, Import.state == found.state, due(now))
            .values(values)
            .returning(Import.owner_id, Import.name, Import.settings, Import.content),
            execution_options=UNSYNCED,
        ).first()
    if row is None:
        return None
    return Job(
        id=found.id,
        owner_id=row.owner_id,
        name=row.name,
        settings=row.settings,
        content=row.content,
        stage=stage,
        tries=tries,
        beat=now,
    )


class Heart:
    """Says that a job is being worked on, and how far it is, about once a second."""

    def __init__(self, job: Job, clock: Clock) -> None:
        self._job = job
        self._clock = clock
        self._next = 0.0

    def beat(self, progress: int, total: int) -> None:
        """Note the progress, where the last note is a second old.

        Raises
        ------
        Lost
            When the job is no longer this worker's.
        """
        if monotonic() < self._next:
            return
        self._next = monotonic() + BEAT_SECONDS
        beat = self._clock()
        with write() as session:
            move(session, self._job, progress=progress, total=total, heartbeat_at=beat)
        self._job.beat = beat


def move(session: Session, job: Job, **values: Any) -> None:
    """Change the row of a job.

    Raises
    ------
    Lost
        When the job is no longer this worker's; nothing is changed then.
    """
    moved = session.execute(
        sa.update(Import).where(job.mine()).values(values).returning(Import.id),
        execution_options=UNSYNCED,
    ).first()
    if moved is None:
        raise Lost


def put_items(session: Session, job: Job, rows: list[dict[str, Any]]) -> None:
    """Replace what the page shows of the file's questions."""
    session.execute(sa.delete(ImportItem).where(ImportItem.import_id == job.id))
    if rows:
        session.execute(sa.insert(ImportItem), [{"import_id": job.id, **row} for row in rows])


def forgettable(now: datetime) -> list[int]:
    """Find imports that nobody came back to."""
    old = (Import.state.in_(("read", "failed")), Import.created_at < now - KEPT)
    return list(db.session.scalars(sa.select(Import.id).where(*old).limit(100)))


def forget(now: datetime) -> None:
    """Drop imports that nobody came back to; their files are not kept for ever."""
    ids = forgettable(now)
    if not ids:
        return
    with write() as session:
        session.execute(
            sa.update(Import)
            .where(Import.id.in_(ids), Import.state.in_(("read", "failed")))
            .values(state="dropped", content=b"", finished_at=now),
            execution_options=UNSYNCED,
        )


def row_of(import_id: int) -> Row | None:
    """An import without its content, which may be large."""
    columns = [one for one in sa.inspect(Import).columns if one.key != "content"]
    return db.session.execute(sa.select(*columns).where(Import.id == import_id)).first()

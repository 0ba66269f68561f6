"""The rows of imports as the worker moves them on: begun, ended, and forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.jobs.records import Lost
from interview.services.unit import UNSYNCED, write
from interview.store import jobs as store
from interview.store.db import db
from interview.store.imports import Import, ImportItem
from interview.store.types import AnyRow as Row

KIND = "import"
"""Of the jobs that have the worker read files and write what was accepted."""

KEPT = timedelta(days=30)
"""How long a file waits for somebody to say that it is to be imported."""

# One that failed on our side is taken up by whoever looks after the installation.
STAGES = {
    **dict.fromkeys(("waiting", "reading", "failed"), "reading"),
    **dict.fromkeys(("accepted", "writing"), "writing"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """An import that is worked on.

    Attributes
    ----------
    stage : str
        The state that it is in meanwhile: ``reading`` or ``writing``.
    """

    id: int
    owner_id: int
    name: str
    settings: dict[str, Any]
    content: bytes
    stage: str


def begin(import_id: int) -> Task | None:
    """Begin, or begin again, the stage that an import is due for; None where none is."""
    found = db.session.execute(
        sa.select(Import.state, Import.summary).where(Import.id == import_id)
    ).first()
    if found is None or found.state not in STAGES:
        return None
    if found.state == "failed" and not found.summary.get("may_retry"):
        return None
    stage = STAGES[found.state]
    with write() as session:
        row = session.execute(
            sa.update(Import)
            .where(Import.id == import_id, Import.state == found.state)
            .values(state=stage, finished_at=None)
            .returning(Import.owner_id, Import.name, Import.settings, Import.content),
            execution_options=UNSYNCED,
        ).first()
    if row is None:
        return None
    return Task(
        id=import_id,
        owner_id=row.owner_id,
        name=row.name,
        settings=row.settings,
        content=row.content,
        stage=stage,
    )


def move(session: Session, task: Task, **values: Any) -> None:
    """Change the row of an import that is still in the stage that was begun.

    Raises
    ------
    Lost
        When it was dropped; nothing is changed then.
    """
    moved = session.execute(
        sa.update(Import)
        .where(Import.id == task.id, Import.state == task.stage)
        .values(values)
        .returning(Import.id),
        execution_options=UNSYNCED,
    ).first()
    if moved is None:
        raise Lost


def progress_of(import_id: int) -> Row | None:
    """How far the worker is, and when it was last heard of."""
    columns = (store.Job.progress, store.Job.total, store.Job.heartbeat_at, store.Job.created_at)
    about = (store.Job.kind == KIND, store.Job.subject_id == import_id)
    newest = sa.select(*columns).where(*about).order_by(store.Job.id.desc())
    return db.session.execute(newest.limit(1)).first()


def put_items(session: Session, task: Task, rows: list[dict[str, Any]]) -> None:
    """Replace what the page shows of the file's questions."""
    session.execute(sa.delete(ImportItem).where(ImportItem.import_id == task.id))
    if rows:
        session.execute(sa.insert(ImportItem), [{"import_id": task.id, **row} for row in rows])


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

"""Saying that what was shown is to be imported, or that it is not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.importing.jobs import KIND, row_of
from interview.services.importing.records import Choices, NotNow
from interview.services.jobs import queue
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.imports import Import
from interview.store.types import AnyRow as Row

_ACCEPTED = ("accepted", "writing", "done")
_OPEN = ("waiting", "reading", "read", "accepted", "failed")


def import_for(person: Principal, import_id: int) -> Row:
    """Find an import for whoever began it.

    Raises
    ------
    NotFound
        When there is none, or it is somebody else's: nobody can tell which.
    """
    row = row_of(import_id) if import_id <= LARGEST else None
    if row is None or row.owner_id != person.id:
        raise NotFound
    return row


def accept(person: Principal, import_id: int, now: datetime, *, copies: bool) -> None:
    """Have the worker write what was shown; once only, however often it is said.

    Parameters
    ----------
    copies : bool
        Whether also those questions are made that are in the bank already.

    Raises
    ------
    NotFound
        As `import_for` does.
    NotNow
        When it has not been read yet, has errors, or was dropped.
    """
    row = import_for(person, import_id)
    if row.state in _ACCEPTED:
        return
    told = row.summary
    makes = told.get("made") or told.get("sets") or (copies and told.get("duplicates"))
    if row.state != "read" or told.get("errors") or not makes:
        raise NotNow
    ask = partial(queue.enqueue, kind=KIND, subject_id=import_id, owner_id=person.id, now=now)
    settings = replace(Choices.of(row.settings), copies=copies).stored()
    try:
        _move(import_id, ("read",), ask, state="accepted", settings=settings)
    except NotNow:
        # The button was pressed twice, and the other request came first.
        if import_for(person, import_id).state not in _ACCEPTED:
            raise


def retry(person: Principal, import_id: int, now: datetime) -> None:
    """Have a file read once more that could not be worked on.

    Raises
    ------
    NotFound
        As `import_for` does.
    NotNow
        When the file itself was the reason, or it has not failed.
    """
    row = import_for(person, import_id)
    if row.state != "failed" or not row.summary.get("may_retry"):
        raise NotNow
    ask = partial(queue.enqueue, kind=KIND, subject_id=import_id, owner_id=person.id, now=now)
    _move(import_id, ("failed",), ask, state="waiting", summary={}, finished_at=None)


def drop(person: Principal, import_id: int, now: datetime) -> None:
    """Forget a file, unless it is being written just now; saying it again changes nothing.

    Raises
    ------
    NotFound
        As `import_for` does.
    NotNow
        When it is written, or was.
    """
    row = import_for(person, import_id)
    if row.state != "dropped":
        stop = partial(queue.cancel, kind=KIND, subject_id=import_id, now=now)
        _move(import_id, _OPEN, stop, state="dropped", content=b"", finished_at=now)


def _move(
    import_id: int, states: tuple[str, ...], job: Callable[[Session], object], **values: Any
) -> None:
    with write() as session:
        # The job first, as in the worker: of two that hold one row each, none waits for the other.
        job(session)
        moved = session.execute(
            sa.update(Import)
            .where(Import.id == import_id, Import.state.in_(states))
            .values(values)
            .returning(Import.id),
            execution_options=UNSYNCED,
        ).first()
        if moved is None:
            raise NotNow

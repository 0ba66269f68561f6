"""The one way to write: a transaction that takes its write lock when it begins."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any

from sqlalchemy.orm import Session

from interview.store.db import db
from interview.store.engine import IMMEDIATE

WRITING = "writing"

UNSYNCED: dict[str, Any] = {"synchronize_session": False}
"""For updates and deletes: no row object is held that would have to follow."""

_sqlite_writer = Lock()


@contextmanager
def write() -> Iterator[Session]:
    """Run a block as one write transaction: committed at its end, or not done at all.

    A read transaction that is already open on the session is ended first. On SQLite it
    could not be turned into a write: that fails at once with "database is locked", while a
    transaction that begins as a writer waits for its turn.

    Yields
    ------
    Session
        The session to write with.

    Raises
    ------
    RuntimeError
        When called inside another ``write``: the inner commit would end the outer one.
    """
    session = db.session()
    if session.info.get(WRITING):
        raise RuntimeError("write() does not nest: pass the session on instead")
    session.rollback()
    with _turn(session):
        session.info[WRITING] = True
        yield from _transaction(session)


def _turn(session: Session) -> AbstractContextManager[object]:
    """Let the threads of a process write to SQLite one after another.

    SQLite has one writer at a time and lets the others try again after pauses that grow, so
    that an unlucky one waits far longer than its turn. A queue in the process is fairer; other
    processes still wait for SQLite's own lock.
    """
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    return _sqlite_writer if on_sqlite else nullcontext()


def _transaction(session: Session) -> Iterator[Session]:
    try:
        session.connection(execution_options={IMMEDIATE: True})
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(WRITING, None)

"""One of the two databases of a trial: what is done in it, and what is read of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa

from interview.services.regrading import reading
from interview.store.db import db
from tests.faults.regrade_processes import Program, app_on, decide, work
from tests.faults.regrade_traces import traces
from tests.support.classes import principal

STAGES = {"compare": "compared", "accept": "applied", "undo": "applied"}
"""What is done, and the state that the run of it is in then."""


@dataclass(frozen=True)
class Side:
    """One of the copies, with the run that is made in it."""

    url: str
    folder: Path
    chunk: int
    teacher: int
    run: int

    def program(self) -> Program:
        return Program(work, self.url, self.folder, self.chunk)

    def decider(self, stage: str) -> Program:
        return Program(decide, self.url, self.folder, (stage, self.teacher, self.run))

    def state(self, stage: str) -> str:
        """Of the run that a stage is about; of an undo, which may not have been asked for."""
        with opened(self.url, self.folder):
            screen = reading.run_for(principal(self.teacher), self.run)
            if stage != "undo":
                return screen.state
            undo = screen.undone_by
            return reading.run_for(principal(self.teacher), undo).state if undo else ""

    def is_done(self, stage: str) -> bool:
        state = self.state(stage)
        assert state not in ("failed", "cancelled")
        return state == STAGES[stage]

    def applied(self) -> int:
        with opened(self.url, self.folder):
            return reading.run_for(principal(self.teacher), self.run).counts.applied

    def traces(self) -> dict[str, list[str]]:
        with opened(self.url, self.folder):
            return traces(db.session())


@contextmanager
def opened(url: str, folder: Path) -> Iterator[None]:
    """Use a database here, and leave no connection that a forked process would inherit."""
    with app_on(url, folder).app_context():
        try:
            yield
        finally:
            db.session.remove()
            db.engine.dispose()


def copied(url: str) -> str:
    """Copy a database that nobody is connected to, and return the copy's address."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        path = Path(parsed.database or "")
        shutil.copyfile(path, path.with_name("twin.db"))
        return f"sqlite:///{path.with_name('twin.db')}"
    server, name = url.rpartition("/")[0], url.rpartition("/")[2]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}_twin".encode())
        connection.execute(f"CREATE DATABASE {name}_twin TEMPLATE {name}".encode())
    return f"{server}/{name}_twin"

"""Going through the answers of a run, in the order of their numbers, chunk by chunk.

What a chunk comes to is committed together with the place that the walk has reached, so that a
worker that is killed neither loses an answer nor counts one twice.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Lost
from interview.services.regrading.comparing import Comparer, Found
from interview.services.unit import UNSYNCED, write
from interview.store import regrade_work, regrading
from interview.store.appeals import Appeal
from interview.store.db import db
from interview.store.grades import Submission
from interview.store.regrades import RegradeRun
from interview.store.types import AnyRow as Row

CHUNK = 200
_STRIDE = 20_000
"""Numbers of answers that are read at once."""


def _comparer_of(run: Row) -> Comparer:
    """Make what compares for a run."""
    point = sa.select(Appeal.point_id).where(Appeal.id == run.appeal_id)
    return Comparer(run, db.session.scalar(point) if run.appeal_id is not None else None)


def walk(run: Row, heart: Heart) -> None:
    """Compare the answers that a run has not been through; those that arrive meanwhile too."""
    comparer, cursor = _comparer_of(run), int(run.cursor)
    done = run.answers + run.by_people
    total = done + regrading.count(db.session(), run, Submission.id > cursor)
    while numbers := _numbers(run, Submission.id > cursor):
        for chunk in _chunks(numbers):
            heart.beat(done, max(total, done))
            found = _compared(comparer, chunk)
            done += found.answers + found.by_people
            with write() as session:
                _move(session, run, (cursor, chunk[-1]), found)
                heart.step(session, done, max(total, done))
            cursor = chunk[-1]


def look_back(run: Row, heart: Heart) -> None:
    """Compare answers that were committed after the walk had passed their place.

    PostgreSQL gives numbers before it commits, so a late one may stand behind the cursor. They
    are told by their count; which ones they are is not known, so all are looked at again.
    """
    passed = Submission.id <= run.cursor
    missing = regrading.count(db.session(), run, passed) - run.answers - run.by_people
    if missing <= 0:
        return
    comparer = _comparer_of(run)
    wanted = regrading.submissions(run).where(passed, ~regrade_work.HAS_ITEM)
    numbers = list(db.session.scalars(wanted, {"run": run.id}))
    for chunk in _chunks(sorted(numbers)):
        found = _compared(comparer, chunk)
        found.answers = found.by_people = 0
        with write() as session:
            _move(session, run, (run.cursor, run.cursor), found)
            heart.step(session, 0, run.changed)
    late = Found(answers=missing)
    with write() as session:
        _move(session, run, (run.cursor, run.cursor), late)
        heart.step(session, 0, run.changed)


def _compared(comparer: Comparer, chunk: Sequence[int]) -> Found:
    found = comparer.chunk(db.session(), chunk)
    db.session.rollback()
    return found


def _move(session: Session, run: Row, cursors: tuple[int, int], found: Found) -> None:
    """Write what a chunk comes to; `cursors` are the place before it and after it."""
    seen, reached = cursors
    added = {name: getattr(RegradeRun, name) + count for name, count in found.counts.items()}
    moved = session.execute(
        sa.update(RegradeRun)
        .where(RegradeRun.id == run.id, RegradeRun.state == run.state, RegradeRun.cursor == seen)
        .values(cursor=reached, **added)
        .returning(RegradeRun.id),
        execution_options=UNSYNCED,
    ).first()
    if moved is None:
        raise Lost
    if found.items:
        session.execute(regrade_work.ADD_ITEMS, found.items)


def _numbers(run: Row, condition: Any) -> list[int]:
    wanted = regrading.submissions(run).where(condition).order_by(Submission.id).limit(_STRIDE)
    return list(db.session.scalars(wanted))


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK))

"""Taking a run back: its changes turned round, to be written like those of any run."""

from typing import Any

import sqlalchemy as sa

from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Lost
from interview.services.principals import Principal
from interview.services.regrading.comparing import Found
from interview.services.unit import UNSYNCED, write
from interview.store import regrade_work as work
from interview.store import regrading
from interview.store.db import db
from interview.store.regrades import RegradeItem, RegradeRun
from interview.store.types import AnyRow as Row

CHUNK = 500


def collect(run: Row, owner: Principal | None, heart: Heart) -> None:
    """Lay out what an undo is to restore: the grades before, by the run that it takes back.

    Parameters
    ----------
    owner : Principal or None
        Who takes it back: of classes that they no longer teach, nothing.
    """
    cursor, done, wanted = run.cursor, run.changed, work.APPLIED
    if run.scope == "classes" and owner is not None and not owner.is_admin:
        wanted = wanted.where(RegradeItem.submission_id.in_(regrading.submissions(run)))
    named = {"run": run.undoes_id, "most": CHUNK}
    while rows := db.session.execute(wanted, {**named, "after": cursor}).all():
        db.session.rollback()
        items = [_turned(run.id, row) for row in rows]
        reached, done = rows[-1].submission_id, done + len(rows)
        counts = Found(answers=len(items), items=items).counts
        added = {name: getattr(RegradeRun, name) + count for name, count in counts.items()}
        with write() as session:
            moved = session.execute(
                sa.update(RegradeRun)
                .where(
                    RegradeRun.id == run.id,
                    RegradeRun.state == "applying",
                    RegradeRun.cursor == cursor,
                )
                .values(cursor=reached, **added)
                .returning(RegradeRun.id),
                execution_options=UNSYNCED,
            ).first()
            if moved is None:
                raise Lost
            session.execute(work.ADD_ITEMS, items)
            heart.step(session, 0, done)
        cursor = reached


def _turned(run_id: int, row: Row) -> dict[str, Any]:
    """The change that restores a grade."""
    return {
        "run_id": run_id,
        "submission_id": row.submission_id,
        "base_grade_id": row.grade_id,
        "version_id": row.question_version_id,
        "old_score": row.new_score,
        "new_score": row.score,
        "verdict": row.verdict,
        "own_points": row.own_points,
        "changes": [{**one, "before": one["after"], "after": one["before"]} for one in row.changes],
        "is_equivalent": False,
    }

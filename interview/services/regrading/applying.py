"""Writing what a run would change: chunk by chunk, each once, and nobody's newer grade lost."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState
from interview.rules.totals import weighted_score
from interview.services import audit
from interview.services.assignments import entries
from interview.services.audit import Change
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Clock, Lost
from interview.services.principals import Principal
from interview.services.regrading.comparing import is_lowered
from interview.services.unit import UNSYNCED, write
from interview.store import regrade_work as work
from interview.store.regrades import RegradeRun
from interview.store.types import AnyRow as Row

CHUNK = 200


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The changes of a chunk by what becomes of them, and its attempts that have ended."""

    ended: list[int]
    applied: list[Row]
    overtaken: list[Row]
    kept: list[Row]

    def __len__(self) -> int:
        return len(self.applied) + len(self.overtaken) + len(self.kept)


def apply_all(run: Row, actor: Principal | None, heart: Heart, clock: Clock) -> None:
    """Write every change of a run that is not written yet.

    Parameters
    ----------
    actor : Principal or None
        In whose name it is noted.

    Raises
    ------
    Lost
        When the run was cancelled, or another worker is at it.
    """
    while _apply_some(run.id, actor, heart, clock):
        pass


def _apply_some(run_id: int, actor: Principal | None, heart: Heart, clock: Clock) -> bool:
    """Write the next changes; False where none is left."""
    with write() as session:
        state = locked(session, run_id, "applying")
        # Read while the run is held: what another worker has written is not pending any more.
        rows = session.execute(work.PENDING, {"run": run_id, "most": CHUNK}).all()
        if not rows:
            return False
        chosen = _sort(session, state, rows)
        _write(session, state, chosen, clock())
        _note(session, run_id, chosen)
        audit.note_all(session, actor, _told(state, chosen.applied), clock())
        done = state.applied + state.passed_over + len(chosen)
        heart.step(session, done, state.changed)
    return True


def locked(session: Session, run_id: int, state: str) -> Row:
    """Hold a run that is in this state until the transaction ends; else raise `Lost`."""
    run = session.execute(work.LOCK, {"run": run_id}).one()
    if run.state != state:
        raise Lost
    return run


def _sort(session: Session, run: Row, rows: Sequence[Row]) -> _Sorted:
    """Lock the attempts of a chunk, and see which of its grades are still the newest."""
    attempts = sorted({row.attempt_id for row in rows})
    states = session.execute(work.LOCK_ATTEMPTS, {"attempts": attempts}).all()
    numbers = [row.submission_id for row in rows]
    newest = {
        row.submission_id: row.grade_id
        for row in session.execute(work.NEWEST, {"submissions": numbers})
    }
    ended = [row.id for row in states if row.state == AttemptState.FINISHED]
    chosen = _Sorted(ended, [], [], [])
    for row in rows:
        is_newest = newest.get(row.submission_id) == row.base_grade_id
        if not is_newest or row.archived_at is not None:
            chosen.overtaken.append(row)
        elif run.policy == "never_lower" and is_lowered(row.old_score, row.new_score):
            chosen.kept.append(row)
        else:
            chosen.applied.append(row)
    return chosen


def _write(session: Session, run: Row, chosen: _Sorted, now: datetime) -> None:
    """Append the grades of a chunk, and write what sums them up."""
    rows = chosen.applied
    if not rows:
        return
    named = {"run": run.id, "submissions": [row.submission_id for row in rows]}
    session.execute(work.ADD_GRADES, {**named, "reason": run.reason, "now": now})
    session.execute(work.NOTE_APPLIED, named, execution_options=UNSYNCED)
    scores = [
        {"attempt": row.attempt_id, "at": row.position, "to_score": row.new_score} for row in rows
    ]
    session.execute(work.PUT_ITEM_SCORE, scores)
    _total(session, chosen.ended)
    pairs = {(row.assignment_id, row.user_id) for row in rows if row.assignment_id is not None}
    entries.refresh_many(session, pairs)


def _total(session: Session, ended: Sequence[int]) -> None:
    """Write the scores of attempts, which running ones have not."""
    scores: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for row in session.execute(work.SCORES, {"attempts": ended}):
        scores[row.attempt_id].append((row.score or 0.0, row.points))
    totals = [
        {"attempt": attempt, "to_score": weighted_score(theirs)}
        for attempt, theirs in scores.items()
    ]
    if totals:
        session.execute(work.PUT_TOTAL, totals)


def _note(session: Session, run_id: int, chosen: _Sorted) -> None:
    """Note what became of the changes that were not written, and count all of them."""
    for outcome, rows in (("overtaken", chosen.overtaken), ("kept", chosen.kept)):
        if rows:
            named = {"run": run_id, "submissions": [row.submission_id for row in rows]}
            session.execute(
                work.NOTE_PASSED, {**named, "to_outcome": outcome}, execution_options=UNSYNCED
            )
    passed = len(chosen.overtaken) + len(chosen.kept)
    session.execute(
        sa.update(RegradeRun)
        .where(RegradeRun.id == run_id)
        .values(
            applied=RegradeRun.applied + len(chosen.applied),
            passed_over=RegradeRun.passed_over + passed,
        ),
        execution_options=UNSYNCED,
    )


def _told(run: Row, rows: Sequence[Row]) -> list[Change]:
    return [_change(run, row) for row in rows]


def _change(run: Row, row: Row) -> Change:
    number = "own practice" if row.assignment_id is None else f"attempt {row.number}"
    place = f"{row.title}, {number}, question {row.position}"
    points = {f"key point {one['number']}": [one["before"], one["after"]] for one in row.changes}
    details: dict[str, Any] = {"run": run.id, **points}
    if row.old_score != row.new_score:
        details["score"] = [row.old_score, row.new_score]
    if bool(row.needed_review) != bool(row.needs_review):
        details["needs_review"] = [bool(row.needed_review), bool(row.needs_review)]
    return Change(
        kind="grade.regraded",
        subject=f"{row.learner}: {place}",
        class_id=row.class_id,
        learner_id=row.user_id,
        details=details,
        reason=run.reason,
    )

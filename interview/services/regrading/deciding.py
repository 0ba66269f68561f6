"""Deciding about a run: applying it, dropping it, and taking it back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.services import audit
from interview.services.audit import Change
from interview.services.classes.changing import hold_class
from interview.services.jobs import queue
from interview.services.principals import Principal
from interview.services.regrading import rubrics, telling
from interview.services.regrading.access import run_to_change
from interview.services.regrading.making import reason_of
from interview.services.regrading.reading import UNDERWAY, is_undoable
from interview.services.regrading.records import JOB, POLICIES, Overtaken, Refused
from interview.services.unit import UNSYNCED, write
from interview.store import regrade_pages as reads
from interview.store import rubrics as store
from interview.store.regrades import RegradeRun
from interview.store.types import AnyRow as Row


def accept(person: Principal, run_id: int, policy: str, now: datetime) -> None:
    """Have the worker write what the dry run showed.

    From this moment on, answers that are still to come are graded as the run grades.

    Raises
    ------
    NotFound, Forbidden, Archived
        When it is not the person's to decide about, or its class cannot be changed.
    Refused
        When a question was published anew since the dry run, or there is no such policy.
    Overtaken
        When it was decided about meanwhile, or the dry run is not ready.
    """
    run = run_to_change(person, run_id)
    if policy not in POLICIES:
        raise Refused("Choose what becomes of grades that would fall.")
    with write() as session:
        _hold(session, run)
        _move(session, run, ("compared",), state="accepted", policy=policy, accepted_at=now)
        if run.version_id is None and store.has_newer_version(session, run):
            raise Refused(
                "A question has changed since the dry run. Cancel this one and begin anew."
            )
        # Whoever left a class since the dry run, or cannot change it any more, changes nothing.
        passed = reads.pass_over(session, run) if run.scope != "assignment" else 0
        before = rubrics.change(session, run)
        _move(session, run, ("accepted",), rubrics_before=before, passed_over=passed)
        queue.enqueue(session, JOB, run.id, person.id, now)
        _note(session, person, run, "regrade.applied", now)


def cancel(person: Principal, run_id: int, now: datetime) -> None:
    """Drop a run; what it has written already stays, and can be taken back.

    Raises
    ------
    NotFound, Forbidden, Archived
        When it is not the person's to decide about, or its class cannot be changed.
    Refused
        When it takes back another: half of that would be neither.
    Overtaken
        When it is over already.
    """
    run = run_to_change(person, run_id)
    if run.kind == "undo":
        raise Refused("Taking back cannot be stopped half-way.")
    with write() as session:
        _move(session, run, UNDERWAY, state="cancelled", finished_at=now)
        queue.cancel(session, JOB, run.id, now)
        telling.tell_learners(session, run, now)
        _note(session, person, run, "regrade.cancelled", now)


def undo(person: Principal, run_id: int, reason: str, now: datetime) -> int:
    """Have the worker restore the grades, and the rubrics, before a run; once.

    Returns
    -------
    int
        The run that does it.

    Raises
    ------
    NotFound, Forbidden, Archived
        When it is not the person's to decide about, or its class cannot be changed.
    Refused
        When there is nothing to take back, or no reason.
    Overtaken
        When it is being taken back already.
    """
    run = run_to_change(person, run_id)
    why = reason_of(reason)
    if run.kind == "undo" or not is_undoable(run):
        raise Refused("There is nothing to take back.")
    try:
        with write() as session:
            return _undo(session, person, run, why, now)
    except IntegrityError as error:
        raise Overtaken from error


def _undo(session: Session, person: Principal, run: Row, reason: str, now: datetime) -> int:
    _hold(session, run)
    # A run that failed could be tried again otherwise, beside the one that takes it back.
    state = "cancelled" if run.state == "failed" else run.state
    _move(session, run, (run.state,), state=state)
    values = {
        "kind": "undo",
        "owner_id": person.id,
        "scope": run.scope,
        "assignment_id": run.assignment_id,
        "question_id": run.question_id,
        "version_id": run.version_id,
        "undoes_id": run.id,
        "reason": reason,
        "state": "accepted",
        "created_at": now,
        "accepted_at": now,
    }
    made = session.execute(sa.insert(RegradeRun).values(values).returning(RegradeRun.id))
    number: int = made.scalar_one()
    rubrics.restore(session, run)
    queue.enqueue(session, JOB, number, person.id, now)
    _note(session, person, run, "regrade.undone", now, reason)
    return number


def _hold(session: Session, run: Row) -> None:
    if run.scope == "assignment":
        hold_class(session, run.class_id)
    else:
        store.hold_classes(session, run)


def _move(session: Session, run: Row, states: Iterable[str], **values: Any) -> None:
    """Change a run that is still in one of these states."""
    moved = session.execute(
        sa.update(RegradeRun)
        .where(RegradeRun.id == run.id, RegradeRun.state.in_(tuple(states)))
        .values(values)
        .returning(RegradeRun.id),
        execution_options=UNSYNCED,
    ).first()
    if moved is None:
        raise Overtaken


def _note(
    session: Session, person: Principal, run: Row, kind: str, now: datetime, reason: str = ""
) -> None:
    """Note it in every class that it concerns; of own practice and the whole, apart."""
    found = session.execute(reads.BY_CLASS, {"run": run.id})
    by_class = [tuple(row) for row in found] or [(run.class_id, 0, 0, 0, 0)]
    subject = telling.named(run)
    notes = [
        Change(
            kind,
            subject,
            class_id=class_id,
            details={"changed": changed, "raised": up, "lowered": down, "applied": applied},
            reason=reason or run.reason,
        )
        for class_id, changed, up, down, applied in by_class
    ]
    audit.note_all(session, person, notes, now)

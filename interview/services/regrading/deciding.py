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
from interview.services.regrading.records import JOB, POLICIES, Overtaken, Reach, Refused
from interview.services.unit import UNSYNCED, write
from interview.store import regrade_pages as reads
from interview.store import regrade_work as work
from interview.store import regrading as scopes
from interview.store import rubrics as store
from interview.store.db import db
from interview.store.grades import Submission
from interview.store.regrades import RegradeRun
from interview.store.types import AnyRow as Row

_ANEW = "Cancel this one and begin anew."


def accept(person: Principal, run_id: int, policy: str, now: datetime) -> None:
    """Have the worker write what the dry run showed.

    From this moment on, answers that are still to come are graded as the run grades.

    Raises
    ------
    NotFound, Forbidden, Archived
        When it is not the person's to decide about, or its class cannot be changed.
    Refused
        When a question, the classes or the rubrics are others since the dry run, or there is no
        such policy.
    Overtaken
        When it was decided about meanwhile, or the dry run is not ready.
    """
    run = run_to_change(person, run_id)
    if policy not in POLICIES:
        raise Refused("Choose what becomes of grades that would fall.")
    if run.state == "compared" and _has_grown(run):
        raise Refused(f"There are more classes than when the dry run was made. {_ANEW}")
    with write() as session:
        _hold(session, run, run)
        _move(session, run, ("compared",), state="accepted", policy=policy, accepted_at=now)
        if run.version_id is None and store.has_moved_on(session, run):
            raise Refused(f"A question has changed since the dry run. {_ANEW}")
        # Whoever left a class since the dry run, or cannot change it any more, changes nothing.
        passed = reads.pass_over(session, run) if run.scope != "assignment" else 0
        before = rubrics.change(session, run)
        if rubrics.is_overruled(session, run, before) or reads.is_outdated(session, run.id):
            raise Refused(f"Another regrade has changed the same since the dry run. {_ANEW}")
        _move(session, run, ("accepted",), rubrics_before=before, passed_over=passed)
        # The worker may not have ended the job of the dry run yet.
        queue.cancel(session, JOB, run.id, now)
        queue.enqueue(session, JOB, run.id, person.id, now)
        _note(session, person, run, "regrade.applied", now)


def _has_grown(run: Row) -> bool:
    """Whether whole classes came into the scope, whose answers nobody has compared."""
    if run.scope == "assignment":
        return False
    # A deadline hands in under its own moment, which may be long past.
    before = sa.and_(Submission.submitted_at < run.created_at, Submission.source != "deadline")
    is_passed = Submission.id <= run.cursor
    known: int = run.answers + run.by_people
    session = db.session()
    return (
        scopes.count(session, run, is_passed) > known
        or scopes.count(session, run, sa.and_(~is_passed, before)) > 0
    )


def cancel(person: Principal, run_id: int, now: datetime) -> None:
    """Drop a run; what it has written already stays, and can be taken back as a whole.

    One that has written no grade yet leaves everything as it was.

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
    reach = _reach(person, run)
    with write() as session:
        _hold(session, run, reach)
        held = session.execute(work.LOCK, {"run": run.id}).one()
        _move(session, run, UNDERWAY, state="cancelled", finished_at=now)
        queue.cancel(session, JOB, run.id, now)
        if held.accepted_at is not None and not held.applied:
            rubrics.restore(session, reach, held.rubrics_before)
            _move(session, run, ("cancelled",), accepted_at=None, rubrics_before=[])
        telling.tell_learners(session, held, now)
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
    reach = _reach(person, run)
    _hold(session, run, reach)
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
    rubrics.restore(session, reach, run.rubrics_before)
    queue.enqueue(session, JOB, number, person.id, now)
    _note(session, person, run, "regrade.undone", now, reason)
    return number


def resume(person: Principal, run_id: int, now: datetime) -> None:
    """Have the worker go on with taking back, where that failed.

    Raises
    ------
    NotFound, Forbidden, Archived
        When it is not the person's to decide about, or its class cannot be changed.
    Overtaken
        When it did not fail, or somebody has it gone on with already.
    """
    run = run_to_change(person, run_id)
    if run.kind != "undo":
        raise Overtaken
    with write() as session:
        # Its end stays noted: those who were told of it then are not told twice.
        _move(session, run, ("failed",), state="accepted")
        # An administrator may have had the job tried again at the same moment.
        queue.cancel(session, JOB, run.id, now)
        queue.enqueue(session, JOB, run.id, person.id, now)


def _reach(person: Principal, run: Row) -> Reach:
    """What somebody may put back of a run: nothing in classes that they no longer teach."""
    scope = "everywhere" if person.is_admin and run.scope == "classes" else run.scope
    return Reach(scope, run.assignment_id, person.id, run.question_id)


def _hold(session: Session, run: Row, reach: Row | Reach) -> None:
    if run.scope == "assignment":
        hold_class(session, run.class_id)
    else:
        store.hold_classes(session, reach)


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

"""What the worker does about a run: compares, or writes; taken up again where it was left."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import audit, grading
from interview.services.audit import Change
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Clock, Job, Lost
from interview.services.principals import Principal
from interview.services.regrading import telling, undoing, walking
from interview.services.regrading.applying import apply_all, locked
from interview.services.unit import UNSYNCED, write
from interview.store import regrade_pages as reads
from interview.store import regrade_work, regrading
from interview.store.db import db
from interview.store.regrades import RegradeRun
from interview.store.types import AnyRow as Row
from interview.store.users import User

_TO_COMPARE = ("waiting", "comparing")
_TO_APPLY = ("accepted", "applying")


def work(job: Job, heart: Heart, clock: Clock) -> None:
    """Do what a run waits for, from where the last worker left it.

    Raises
    ------
    Lost
        When the run was cancelled, or another worker is at it.
    """
    run = db.session.execute(regrading.RUN, {"run": job.subject_id}).first()
    if run is None:
        return
    # A job that had failed was asked for again: its run goes on where it stopped.
    is_decided = run.accepted_at is not None
    if run.state in _TO_COMPARE or (run.state == "failed" and not is_decided):
        _compare(_begun(run, "comparing"), heart, clock)
    elif run.state in _TO_APPLY or run.state == "failed":
        _apply(_begun(run, "applying"), heart, clock)


def failed(session: Session, run_id: int, now: datetime) -> None:
    """Note that the worker has given up; its owner, and those it has reached, are told."""
    session.execute(regrade_work.LOCK, {"run": run_id})
    run = session.execute(reads.SCREEN, {"run": run_id}).first()
    unfinished = (*_TO_COMPARE, *_TO_APPLY)
    if run is None or not _set(session, run_id, unfinished, state="failed", finished_at=now):
        return
    telling.tell_learners(session, run, now)
    telling.tell_failed(session, run, now)


def _begun(run: Row, state: str) -> Row:
    """Say what is being done about a run, and read it as it is then."""
    anew = {"grader_version": grading.grader().version, "finished_at": None}
    values = anew if state == "comparing" else {}
    with write() as session:
        if not _set(session, run.id, (run.state,), state=state, **values):
            raise Lost
        return session.execute(regrading.RUN, {"run": run.id}).one()


def _set(session: Session, run_id: int, states: tuple[str, ...], **values: Any) -> bool:
    changed = session.execute(
        sa.update(RegradeRun)
        .where(RegradeRun.id == run_id, RegradeRun.state.in_(states))
        .values(values)
        .returning(RegradeRun.id),
        execution_options=UNSYNCED,
    )
    return changed.first() is not None


def _compare(run: Row, heart: Heart, clock: Clock) -> None:
    walking.walk(run, heart)
    owner = _owner(run)
    with write() as session:
        now = clock()
        ready = _ended(session, run, ("comparing", "compared"), compared_at=now)
        telling.tell_compared(session, ready, ready.changed, now)
        counts = {"answers": ready.answers, "changed": ready.changed, "by_people": ready.by_people}
        change = Change(
            "regrade.compared", telling.named(ready), ready.class_id, None, counts, ready.reason
        )
        audit.note(session, owner, change, now)
        heart.step(session, ready.answers + ready.by_people, ready.answers + ready.by_people)


def _apply(run: Row, heart: Heart, clock: Clock) -> None:
    if run.kind == "undo":
        undoing.collect(run, _owner(run), heart)
    else:
        # What was handed in, by the old rubric, between the dry run and its acceptance.
        walking.look_back(run, heart)
        walking.walk(run, heart)
    apply_all(run, _owner(run), heart, clock)
    with write() as session:
        now = clock()
        ready = _ended(session, run, ("applying", "applied"), finished_at=now)
        telling.tell_learners(session, run, now)
        telling.tell_applied(session, ready, ready.applied, now)
        heart.step(session, ready.changed, ready.changed)


def _ended(session: Session, run: Row, states: tuple[str, str], **values: Any) -> Row:
    """Move a run on from one state to the next, and read it as its page does."""
    before, after = states
    locked(session, run.id, before)
    _set(session, run.id, (before,), state=after, **values)
    return session.execute(reads.SCREEN, {"run": run.id}).one()


def _owner(run: Row) -> Principal | None:
    """In whose name the worker writes; None for somebody who has left."""
    columns: tuple[Any, ...] = (
        User.id, User.display_name, User.role, User.time_zone, User.auth_epoch, User.is_guest
    )  # fmt: skip
    found = db.session.execute(sa.select(*columns).where(User.id == run.owner_id)).first()
    return None if found is None else Principal(*found)

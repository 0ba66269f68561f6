"""Giving a learner terms of their own for one assignment, and taking them back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.typed import clean
from interview.services import audit
from interview.services.assignments import clocks, entries
from interview.services.assignments.accommodations import Own, own_row
from interview.services.assignments.walls import Walls
from interview.services.audit import Change, changes
from interview.services.classes.access import TEACH, assignment_for
from interview.services.classes.changing import Archived, hold_class
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store import assignment_reads, live
from interview.store.assignments import Accommodation, GradebookEntry
from interview.store.types import AnyRow as Row

LEAST_FACTOR, MOST_FACTOR = 1.0, 10.0
MOST_EXTRA_ATTEMPTS = 20

_NOTHING: dict[str, Any] = {
    "opens_at": None, "due_at": None, "closes_at": None, "time_factor": None, "extra_attempts": 0
}  # fmt: skip
_OUT_OF_TIME = (
    "With these terms the attempt that is being sat would be out of time at once. Change them "
    "after it has ended, or state later dates."
)


class Impossible(Exception):
    """What was stated cannot be kept.

    Attributes
    ----------
    problems : dict of str to str
        What is wrong, by field; under an empty name what is about all of it.
    """

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(problems.values()))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a change.

    Attributes
    ----------
    notices : tuple of str
        What the person should know of the dates.
    is_running : bool
        Whether the learner is sitting an attempt, which goes by the new terms now.
    deadline : datetime or None
        When that attempt ends now.
    """

    name: str
    notices: tuple[str, ...] = ()
    is_running: bool = False
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Case:
    """Whose terms of what."""

    person: Principal
    assignment: Row
    learner: Row
    now: datetime

    @property
    def key(self) -> dict[str, int]:
        return {"assignment_id": self.assignment.id, "user_id": self.learner.user_id}

    @property
    def named(self) -> dict[str, int]:
        return {"assignment": self.assignment.id, "user": self.learner.user_id}


def put(person: Principal, assignment_id: int, user_id: int, own: Own, now: datetime) -> Kept:
    """Keep terms of a learner's own in place of what was kept; a running attempt follows.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` says; and when the assignment is not for that learner.
    Archived
        When the class is not changed any more.
    Impossible
        When no clock shows a date, the dates contradict each other, nothing differs, or a
        running attempt would be out of time.
    """
    case = _case(person, assignment_id, user_id, now)
    values, notices = _columns(case.assignment, case.learner, own)
    return _replace(case, values, clean(own.reason).text, notices)


def remove(person: Principal, assignment_id: int, user_id: int, reason: str, now: datetime) -> Kept:
    """Let everybody's terms hold for a learner again.

    Raises
    ------
    NotFound, Forbidden, Archived
        As `put` says.
    Impossible
        When a running attempt would be out of time.
    """
    case = _case(person, assignment_id, user_id, now)
    return _replace(case, None, clean(reason).text, ())


def _case(person: Principal, assignment_id: int, user_id: int, now: datetime) -> _Case:
    assignment, place = assignment_for(person, assignment_id, TEACH)
    if place.archived_at is not None:
        raise Archived
    return _Case(person, assignment, own_row(assignment_id, user_id), now)


def _columns(assignment: Row, present: Row, own: Own) -> tuple[dict[str, Any], tuple[str, ...]]:
    walls = Walls(assignment.time_zone)
    values = {
        "opens_at": walls.read("opens", own.opens, present.opens_at),
        "due_at": walls.read("due", own.due, present.due_at),
        "closes_at": walls.read("closes", own.closes, present.closes_at),
        "time_factor": own.factor,
        "extra_attempts": own.extra_attempts,
    }
    problems = walls.problems or _contradictions(assignment, values)
    if problems:
        raise Impossible(problems)
    return values, tuple(walls.notices)


def _contradictions(assignment: Row, values: dict[str, Any]) -> dict[str, str]:
    """What is wrong with dates that clocks do show, what is not stated being as for all."""
    if values == _NOTHING:
        return {"": "State at least one thing that differs from what holds for everybody."}
    opens, due, closes = (
        values[name] or getattr(assignment, name) for name in ("opens_at", "due_at", "closes_at")
    )
    stated_early = "opens" if values["opens_at"] else ""
    if closes is not None and closes <= opens:
        return {
            "closes" if values["closes_at"] else stated_early: "It would close before it opens."
        }
    if due is not None and due <= opens:
        return {"due" if values["due_at"] else stated_early: "It would be due before it opens."}
    if due is not None and closes is not None and due > closes:
        field = "due" if values["due_at"] else "closes"
        return {field: "It would close before it is due. State both dates."}
    return {}


def _replace(
    case: _Case, values: dict[str, Any] | None, reason: str, notices: tuple[str, ...]
) -> Kept:
    """Write other terms, or none, and all that follows from them."""
    with write() as session:
        hold_class(session, case.assignment.class_id)
        # Whoever starts now waits until this is done, and then reads the new terms.
        session.execute(assignment_reads.ASSIGNMENT_LOCKED, case.named)
        before = own_row(case.assignment.id, case.learner.user_id)
        running = session.execute(live.RUNNING, case.named).first()
        _write(session, case, values, reason)
        clocks.reclock(session, case.assignment.id, case.learner.user_id)
        if _has_begun(session, case):
            entries.refresh(session, case.assignment.id, case.learner.user_id)
        follows = session.execute(live.RUNNING, case.named).first()
        _refuse_sudden_end(running, follows, case.now)
        audit.note(session, case.person, _noted(case, before, values, reason), case.now)
    deadline = follows.deadline_at if follows else None
    return Kept(case.learner.display_name, notices, follows is not None, deadline)


def _write(session: Session, case: _Case, values: dict[str, Any] | None, reason: str) -> None:
    at = [getattr(Accommodation, name) == value for name, value in case.key.items()]
    if values is None:
        session.execute(sa.delete(Accommodation).where(*at), execution_options=UNSYNCED)
        return
    row = {**values, "reason": reason, "updated_at": case.now}
    update = sa.update(Accommodation).where(*at).values(**row).returning(Accommodation.user_id)
    if session.execute(update, execution_options=UNSYNCED).first() is None:
        session.execute(sa.insert(Accommodation).values(**case.key, **row))


def _has_begun(session: Session, case: _Case) -> bool:
    entry = sa.select(GradebookEntry.user_id).filter_by(**case.key)
    return session.execute(entry).first() is not None


def _refuse_sudden_end(before: Row | None, after: Row | None, now: datetime) -> None:
    """An accommodation takes nobody's attempt away while they are sitting it."""
    if before is None or after is None or after.deadline_at is None:
        return
    was_in_time = before.deadline_at is None or before.deadline_at > now
    if was_in_time and after.deadline_at <= now:
        raise Impossible({"": _OUT_OF_TIME})


def _noted(case: _Case, before: Row, values: dict[str, Any] | None, reason: str) -> Change:
    kept = {name: getattr(before, name) for name in _NOTHING} if before.own_id else _NOTHING
    return Change(
        kind="assignment.accommodated",
        subject=f"{case.assignment.title}, for {case.learner.display_name}",
        class_id=case.assignment.class_id,
        learner_id=case.learner.user_id,
        details=changes(kept, values or _NOTHING),
        reason=reason,
    )

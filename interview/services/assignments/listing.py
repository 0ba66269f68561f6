"""Lists of assignments: what a learner was given, and what was given in a class."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from interview.rules.assigning import Terms
from interview.services.assignments.policies import policy_of
from interview.services.assignments.terms import terms_of
from interview.services.classes.access import ASSIST, SEE, place_in
from interview.services.principals import Principal
from interview.store import assignment_reads as reads
from interview.store.assignments import Assignment
from interview.store.classes import Class, ClassMember
from interview.store.db import db
from interview.store.targeting import targeted
from interview.store.types import AnyRow as Row

MOST = 100
"""Assignments that a list shows: what can still be sat, then the newest."""


class _Own(NamedTuple):
    """An accommodation as `terms_of` reads it."""

    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    time_factor: float | None
    extra_attempts: int | None


@dataclass(frozen=True, slots=True)
class Assigned:
    """One assignment as a learner was given it, with their own dates.

    Attributes
    ----------
    limit : timedelta or None
        The learner's own, for the whole attempt.
    attempts : int
        How many were started.
    running : int or None
        The attempt that is open.
    state : str
        ``open`` while an attempt is being sat, ``finished`` once one is over, else
        ``not started``.
    is_upcoming, is_closed : bool
        Whether it has yet to open for the learner, or nothing can be started any more.
    score : float or None
        What counts so far; None where it is not shown, or there is none.
    """

    id: int
    title: str
    class_id: int
    class_title: str
    question_count: int
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    limit: timedelta | None
    attempts: int
    attempts_allowed: int | None
    running: int | None
    state: str
    is_upcoming: bool
    is_closed: bool
    score: float | None
    late_days: int

    @property
    def can_start(self) -> bool:
        """Whether an attempt could be started now, a pause between two left aside."""
        left = self.attempts_allowed is None or self.attempts < self.attempts_allowed
        return left and self.running is None and not (self.is_upcoming or self.is_closed)

    @property
    def ends_at(self) -> datetime | None:
        """What has to be kept: when it is due, or closes where nothing is due."""
        return self.due_at or self.closes_at


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One assignment as those who teach the class see it.

    Attributes
    ----------
    learners : int
        How many it is for.
    status : str
        ``withdrawn``, ``upcoming``, ``open``, or ``closed`` for everybody.
    started, finished, running : int
        How many of them have started, have finished an attempt, and are sitting one.
    needs_review : int
        Answers whose grade asks for a person's eye.
    """

    id: int
    title: str
    zone: str
    opens_at: datetime
    due_at: datetime | None
    closes_at: datetime | None
    status: str
    question_count: int
    learners: int
    started: int
    finished: int
    running: int
    needs_review: int


def for_learner(person: Principal, class_id: int, now: datetime) -> tuple[Assigned, ...]:
    """List what somebody was given in one class; nothing for those who do not learn there.

    Raises
    ------
    NotFound
        When the person is not in the class.
    """
    place_in(person, class_id, SEE)
    return _assigned(person.id, now, ClassMember.class_id == class_id)


def assigned_to(person: Principal, now: datetime) -> tuple[Assigned, ...]:
    """List what somebody was given in all classes that are not archived."""
    return _assigned(person.id, now, Class.archived_at.is_(None))


def given_to(user_id: int, assignment_id: int, now: datetime) -> Assigned | None:
    """One assignment as a learner was given it; None where it is not, or no more, for them."""
    given = _assigned(user_id, now, Class.archived_at.is_(None), Assignment.id == assignment_id)
    return given[0] if given else None


def _assigned(user_id: int, now: datetime, *where: Any) -> tuple[Assigned, ...]:
    mine = targeted(ClassMember.user_id, ClassMember.group_id)
    statement = reads.ASSIGNED.where(mine, Assignment.archived_at.is_(None), *where)
    rows = db.session.execute(statement, {"user": user_id, "now": now, "most": MOST})
    return in_order([_line(row, now) for row in rows])


def _line(row: Row, now: datetime) -> Assigned:
    own = _Own(
        row.own_opens_at, row.own_due_at, row.own_closes_at, row.own_time_factor, row.extra_attempts
    )
    terms: Terms = terms_of(row, row.class_factor, own)  # type: ignore[arg-type]  # by name
    policy, close = policy_of(row), terms.own_close
    shown = policy.shows(policy.score, ended=True, item_closed=True, now=now)
    return Assigned(
        id=row.id,
        title=row.title,
        class_id=row.class_id,
        class_title=row.class_title,
        question_count=row.question_count,
        opens_at=terms.opens_at,
        due_at=terms.own_due,
        closes_at=close,
        limit=terms.own_limit,
        attempts=row.attempts or 0,
        attempts_allowed=terms.attempts_allowed,
        running=row.running,
        state=_state(row),
        is_upcoming=now < terms.opens_at,
        is_closed=close is not None and now >= close,
        score=row.score if shown else None,
        late_days=row.late_days or 0,
    )


def _state(row: Row) -> str:
    if row.running is not None:
        return "open"
    return "finished" if row.attempts else "not started"


def in_order(lines: Iterable[Assigned]) -> tuple[Assigned, ...]:
    """Order assignments by what they ask of the learner now.

    What is being sat comes first, then what can be started, then what will open, then the
    rest. Within each, what ends first; where nothing ends it, what opened last.
    """

    def rank(line: Assigned) -> tuple[int, bool, float]:
        kinds = (line.running is not None, line.can_start, line.is_upcoming, True)
        moment = line.opens_at if line.is_upcoming else line.ends_at
        newest_last = kinds.index(True) == len(kinds) - 1
        stamp = (moment or line.opens_at).timestamp()
        return kinds.index(True), moment is None, -stamp if newest_last or moment is None else stamp

    return tuple(sorted(lines, key=rank))


def for_staff(person: Principal, class_id: int, now: datetime) -> tuple[GivenLine, ...]:
    """List what was given in a class, the newest first, with how far its learners are.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` raises them.
    """
    place_in(person, class_id, ASSIST)
    rows = db.session.execute(reads.GIVEN, {"class": class_id, "most": MOST})
    return tuple(
        GivenLine(
            id=row.id,
            title=row.title,
            zone=row.time_zone,
            opens_at=row.opens_at,
            due_at=row.due_at,
            closes_at=row.closes_at,
            status=status_of(row, now),
            question_count=row.question_count,
            learners=row.learners,
            started=row.started,
            finished=row.finished,
            running=row.running,
            needs_review=row.needs_review,
        )
        for row in rows
    )


def status_of(assignment: Row, now: datetime) -> str:
    """Say in a word how things stand with an assignment as it is for everybody."""
    if assignment.archived_at is not None:
        return "withdrawn"
    if now < assignment.opens_at:
        return "upcoming"
    closed = assignment.all_closed_at
    return "closed" if closed is not None and now > closed else "open"

"""Lists of contested key points: a learner's own, and the queue of a class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.rules.access import Visible, assigned_review
from interview.rules.attempt import AttemptState
from interview.services.appeals.records import PAGE, STATUSES, Line, Own
from interview.services.assignments.policies import policy_of
from interview.services.attempts.loading import LARGEST
from interview.services.classes.access import ASSIST, Place, place_in
from interview.services.cursors import Cursor
from interview.services.principals import Principal
from interview.store import appealing
from interview.store.appealing import Condition
from interview.store.appeals import Appeal
from interview.store.db import db
from interview.store.types import AnyRow as Row

ASSIGNMENTS_NAMED = 100


@dataclass(frozen=True, slots=True)
class Mine:
    """A page of a learner's own appeals, and after which number the next one begins."""

    appeals: tuple[Own, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a class's appeals, those that wait first.

    Attributes
    ----------
    assignments : tuple of (int, str)
        Those in which something was contested, to choose one of them.
    next_after : Cursor or None
        Where the next page begins.
    """

    place: Place
    assignments: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    next_after: Cursor | None


def mine(person: Principal, after: int | None, now: datetime) -> Mine:
    """List what somebody has contested, the newest first."""
    fits = [Appeal.user_id == person.id]
    if after is not None:
        fits.append(Appeal.id < min(after, LARGEST))
    rows = appealing.newest(db.session(), fits, PAGE + 1)
    shown = tuple(own_of(row, now) for row in rows[:PAGE])
    return Mine(shown, shown[-1].id if len(rows) > PAGE else None)


def own_of(row: Row, now: datetime) -> Own:
    """Make what a learner reads of an appeal, as far as the assignment shows it now."""
    visible = _visible(row, now)
    is_shown = visible.key_points and visible.answer
    return Own(
        id=row.id,
        attempt_id=row.attempt_id,
        position=row.position,
        is_over=AttemptState(row.state) is not AttemptState.OPEN,
        title=row.title,
        prompt=row.prompt,
        point_text=row.point_text if is_shown else "",
        quote=tuple(row.quote.split("\n")) if visible.answer else (),
        why=row.why,
        status=row.status,
        is_changeable=row.status == "open" and row.class_archived_at is None,
        decider=row.decider or "",
        decided_at=row.decided_at,
        reply=row.reply if is_shown else "",
        created_at=row.created_at,
    )


def _visible(row: Row, now: datetime) -> Visible:
    return assigned_review(policy_of(row), AttemptState(row.state), item_closed=True, now=now)


def queue(
    person: Principal,
    class_id: int,
    status: str,
    assignment_id: int | None,
    after: Cursor | None,
) -> Queue:
    """List the appeals of a class: those that wait, the oldest first, then the others.

    Parameters
    ----------
    status : str
        Only these; empty for any.
    assignment_id : int or None
        Only those of one assignment.
    after : Cursor or None
        Where the page before ended; its number is that of an appeal.

    Raises
    ------
    NotFound, Forbidden
        When the person does not assist or teach there.
    """
    place = place_in(person, class_id, ASSIST)
    fits = [appealing.in_class(class_id)]
    if status in STATUSES:
        fits.append(Appeal.status == status)
    if assignment_id is not None:
        fits.append(Appeal.assignment_id == min(assignment_id, LARGEST))
    rows = _rows(fits, after)
    lines = tuple(line_of(person, row) for row in rows[:PAGE])
    named = {"class": class_id, "most": ASSIGNMENTS_NAMED}
    assignments = db.session.execute(appealing.ASSIGNMENTS, named)
    return Queue(
        place=place,
        assignments=tuple((row.id, row.title) for row in assignments),
        lines=lines,
        next_after=_cursor(lines[-1]) if len(rows) > PAGE else None,
    )


def _rows(fits: Sequence[Condition], after: Cursor | None) -> list[Row]:
    """One row more than a page has, where there are so many."""
    session, rows, is_open = db.session(), list[Row](), Appeal.status == "open"
    if after is None or after.part == 0:
        beyond = [] if after is None else [Appeal.id > after.user_id]
        rows += appealing.oldest(session, [*fits, is_open, *beyond], PAGE + 1)
    if (left := PAGE + 1 - len(rows)) > 0:
        beyond = [Appeal.id < after.user_id] if after is not None and after.part else []
        rows += appealing.newest(session, [*fits, ~is_open, *beyond], left)
    return rows


def _cursor(line: Line) -> Cursor:
    return Cursor(0 if line.status == "open" else 1, line.id, "")


def line_of(person: Principal, row: Row) -> Line:
    """Make what those who decide read of an appeal in a list."""
    return Line(
        id=row.id,
        learner=row.learner,
        is_own=row.user_id == person.id,
        title=row.title,
        position=row.position,
        prompt=row.prompt,
        point_text=row.point_text,
        quote=tuple(row.quote.split("\n")),
        why=row.why,
        status=row.status,
        decider=row.decider or "",
        decided_at=row.decided_at,
        reply=row.reply,
        wording=row.wording,
        created_at=row.created_at,
    )

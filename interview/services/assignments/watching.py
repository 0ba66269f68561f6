"""Looking on while an assignment is sat: who is where, and since when nothing was heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from interview.rules.attempt import AttemptState, ItemState
from interview.services.assignments.boards import Board, Line, Sitter, Standing
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import ASSIST, TEACH, assignment_for
from interview.services.cursors import Cursor
from interview.services.principals import Principal
from interview.store import live
from interview.store.attempts import Attempt
from interview.store.classes import ClassGroup, ClassMember
from interview.store.db import db
from interview.store.types import AnyRow as Row
from interview.store.users import User

PAGE = 50


def board(
    person: Principal, assignment_id: int, group_id: int | None, after: Cursor | None, now: datetime
) -> Board:
    """Read who is where in an assignment, a page of learners and the numbers of all.

    Parameters
    ----------
    group_id : int or None
        Of one group alone; a number that is no group's lists everybody.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` says; the reader has to assist or teach.
    """
    assignment, place = assignment_for(person, assignment_id, ASSIST)
    groups = _groups(place.class_id)
    group = next((one for one in groups if one[0] == group_id), None)
    numbers = _numbers(assignment_id, group)
    rows = _rows(assignment_id, group, after)
    return Board(
        assignment_id=assignment_id,
        title=assignment.title,
        class_id=place.class_id,
        class_title=place.title,
        is_archived=place.archived_at is not None,
        may_teach=place.may(TEACH),
        as_of=now,
        not_started=numbers.get(None, 0),
        running=numbers.get(AttemptState.OPEN, 0),
        ended=numbers.get(AttemptState.FINISHED, 0),
        groups=groups,
        group=group,
        lines=tuple(_line(row, now) for row in rows[:PAGE]),
        following=_place_of(rows[PAGE - 1]) if len(rows) > PAGE else "",
    )


def sitting(person: Principal, assignment_id: int, attempt_id: int) -> Sitter:
    """Find whose attempt of an assignment it is.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` says; and when the attempt is not one of the assignment.
    """
    assignment_for(person, assignment_id, ASSIST)
    row = db.session.execute(
        sa.select(
            Attempt.id, Attempt.state, Attempt.added_seconds, Attempt.reopened_at,
            User.display_name,
        )
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.id == min(attempt_id, LARGEST), Attempt.assignment_id == assignment_id)
    ).first()  # fmt: skip
    if row is None:
        raise NotFound
    added = timedelta(seconds=0 if row.reopened_at else row.added_seconds)
    return Sitter(row.id, row.display_name, row.state == AttemptState.OPEN, added)


def _groups(class_id: int) -> tuple[tuple[int, str], ...]:
    rows = db.session.execute(
        sa.select(ClassGroup.id, ClassGroup.title)
        .where(ClassGroup.class_id == class_id)
        .order_by(ClassGroup.title)
    )
    return tuple((row.id, row.title) for row in rows)


def _of(statement: sa.Select[Any], group: tuple[int, str] | None) -> sa.Select[Any]:
    return statement if group is None else statement.where(ClassMember.group_id == group[0])


def _numbers(assignment_id: int, group: tuple[int, str] | None) -> dict[str | None, int]:
    rows = db.session.execute(_of(live.NUMBERS, group), {"assignment": assignment_id})
    return {row.state: row.many for row in rows}


def _rows(assignment_id: int, group: tuple[int, str] | None, after: Cursor | None) -> Sequence[Row]:
    # One row more than a page tells whether there is another page.
    statement = _of(live.LINES, group).order_by(*live.RUNNING_FIRST).limit(PAGE + 1)
    if after is not None:
        statement = statement.where(after.comes_before(*live.RUNNING_FIRST))
    return db.session.execute(statement, {"assignment": assignment_id}).all()


def _place_of(row: Row) -> str:
    return str(Cursor(row.rank, row.user_id, row.sort_name))


def _line(row: Row, now: datetime) -> Line:
    working = row.state == AttemptState.OPEN
    on_screen = working and row.item_state == ItemState.OPEN
    return Line(
        user_id=row.user_id,
        name=row.display_name,
        group=row.group_title or "",
        standing=_standing(row),
        attempt_id=row.id,
        position=row.position or 0,
        count=row.item_count or 0,
        handed_in=row.handed_in,
        left=_left(row.deadline_at, now) if working else None,
        question_left=_left(row.item_deadline_at, now) if on_screen else None,
        time_is_up=working and row.cutoff_at is not None and now > row.cutoff_at,
        saved_at=row.saved_at if working else None,
        silence=now - row.seen_at if working and row.seen_at else None,
        ended_at=row.finished_at,
        end_reason=row.finish_reason or "",
    )


def _standing(row: Row) -> Standing:
    if row.state is None:
        return Standing.NOT_STARTED
    if row.state == AttemptState.OPEN:
        return Standing.WORKING
    return Standing.HANDED_IN if row.finish_reason == "learner" else Standing.ENDED


def _left(deadline: datetime | None, now: datetime) -> timedelta | None:
    return None if deadline is None else max(timedelta(0), deadline - now)

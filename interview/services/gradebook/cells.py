"""What learners and assignments meet in: the cells of the gradebook."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from interview.services.gradebook.records import Cell, Column, Row, State
from interview.store import gradebook as reads
from interview.store.db import db
from interview.store.types import AnyRow

Audience = set[tuple[int, str, int]]


def rows_of(learners: Sequence[AnyRow], columns: Sequence[Column], now: datetime) -> Iterable[Row]:
    """Read what some learners have made of some assignments, in two statements at most."""
    users, assignments = [one.user_id for one in learners], [one.id for one in columns]
    if not users:
        return
    entries = {
        (entry.assignment_id, entry.user_id): entry
        for entry in db.session.execute(reads.entries_of(users, assignments))
    }
    audience = _audience(users, [one.id for one in columns if one.narrowed])
    for learner in learners:
        cells = tuple(
            _cell(learner, column, entries.get((column.id, learner.user_id)), audience, now)
            for column in columns
        )
        yield _row(learner, cells)


def _audience(users: list[int], narrowed: list[int]) -> Audience:
    """Whom the assignments that are for some alone are for."""
    if not narrowed:
        return set()
    return {
        (row.assignment_id, "person", row.user_id)
        if row.group_id is None
        else (row.assignment_id, "group", row.group_id)
        for row in db.session.execute(reads.targets_of(users, narrowed))
    }


def _cell(
    learner: AnyRow,
    column: Column,
    entry: Any,
    audience: Audience,
    now: datetime,
) -> Cell:
    if entry is None:
        return Cell(_waiting(learner, column, audience, now))
    state = State.FINISHED
    if entry.score is None:
        state = State.IN_PROGRESS if entry.is_open else State.NO_SCORE
    return Cell(
        state=state,
        score=entry.score,
        attempts=entry.attempts,
        is_open=entry.is_open,
        attempt_id=entry.attempt_id,
        late_days=entry.late_days,
        needs_review=entry.needs_review,
        overridden=entry.overridden,
    )


def _waiting(learner: AnyRow, column: Column, audience: Audience, now: datetime) -> State:
    """Where somebody stands who has not begun."""
    if column.withdrawn or (column.narrowed and not _is_for(learner, column.id, audience)):
        return State.NOT_ASSIGNED
    return State.NOT_STARTED if column.opens_at <= now else State.NOT_OPEN


def _is_for(learner: AnyRow, assignment_id: int, audience: Audience) -> bool:
    own = (assignment_id, "person", learner.user_id)
    return own in audience or (assignment_id, "group", learner.group_id) in audience


def _row(learner: AnyRow, cells: tuple[Cell, ...]) -> Row:
    return Row(
        user_id=learner.user_id,
        name=learner.display_name,
        email=learner.email or "",
        group=learner.group_title or "",
        mean=learner.mean_score,
        finished=learner.finished_count,
        cells=cells,
    )

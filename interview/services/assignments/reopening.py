"""Opening an ended attempt again: what was handed in stays, the rest can be answered."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.rules.assigning import Terms
from interview.rules.attempt import AttemptState, ItemState
from interview.rules.typed import clean
from interview.services import audit
from interview.services.assignments import clocks, entries
from interview.services.assignments.endings import (
    CannotReopen,
    Obstacle,
    obstacle_to,
    read,
    unanswered_of,
)
from interview.services.assignments.terms import terms_for
from interview.services.audit import Change
from interview.services.classes.access import ASSIST, attempt_for_staff
from interview.services.classes.changing import Archived, hold_class
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.db import db
from interview.store.types import AnyRow as Row

MOST_MINUTES = 24 * 60


def reopen(
    person: Principal, attempt_id: int, minutes: int, reason: str, now: datetime
) -> datetime:
    """Open an ended attempt again.

    What was handed in stays handed in, with its grades. Every other question is open again,
    its draft still there, until so many minutes from now.

    Returns
    -------
    datetime
        Until when.

    Raises
    ------
    NotFound, Forbidden
        As `attempt_for_staff` says.
    CannotReopen
        When something stands against it; the database itself holds that a learner sits an
        assignment once at a time.
    """
    _, place = attempt_for_staff(person, attempt_id, ASSIST)
    row = read(attempt_id)
    positions = unanswered_of(db.session(), attempt_id)
    obstacle = obstacle_to(row, positions, is_archived=place.archived_at is not None)
    if obstacle is not None:
        raise CannotReopen(obstacle)
    until = now + timedelta(minutes=minutes)
    try:
        with write() as session:
            hold_class(session, place.class_id)
            _open(session, row, positions[0], until, now)
            _open_items(session, attempt_id)
            clocks.reclock(session, row.assignment_id, row.user_id)
            entries.refresh(session, row.assignment_id, row.user_id)
            change = _change(place.class_id, row, len(positions), until, reason)
            audit.note(session, person, change, now)
    except IntegrityError as error:
        raise CannotReopen(Obstacle.OTHER_OPEN) from error
    except Archived as error:
        raise CannotReopen(Obstacle.ARCHIVED) from error
    return until


def _open(session: Session, row: Row, position: int, until: datetime, now: datetime) -> None:
    assignment = clocks.hold(session, row.assignment_id)
    terms = terms_for(row.user_id, assignment)
    opened = session.execute(
        sa.update(Attempt)
        .where(Attempt.id == row.id, Attempt.state != AttemptState.OPEN)
        .values(
            state=AttemptState.OPEN,
            reopened_at=now,
            finished_at=None,
            finish_reason=None,
            score=None,
            paused_at=None,
            position=position,
            shown_at=None,
            **_time(row.started_at, terms, until),
        )
        .returning(Attempt.id),
        execution_options=UNSYNCED,
    ).first()
    if opened is None:
        raise CannotReopen(Obstacle.OPEN)


def _time(start: datetime, terms: Terms, until: datetime) -> dict[str, Any]:
    """What makes an attempt end then, by the rule that every attempt ends by."""
    if terms.limit is None or terms.own_limit is None:
        return {"added_seconds": 0, "closes_at": until, "whole_limit_seconds": None}
    added = until - (start + terms.own_limit)
    return {
        "added_seconds": ceil(added.total_seconds()),
        "closes_at": None,
        "whole_limit_seconds": round(terms.limit.total_seconds()),
    }


def _open_items(session: Session, attempt_id: int) -> None:
    session.execute(
        sa.update(AttemptItem)
        .where(AttemptItem.attempt_id == attempt_id, AttemptItem.state == ItemState.UNANSWERED)
        .values(
            state=ItemState.UNSEEN,
            first_shown_at=None,
            deadline_at=None,
            cutoff_at=None,
            added_seconds=0,
            score=None,
        ),
        execution_options=UNSYNCED,
    )


def _change(class_id: int, row: Row, questions: int, until: datetime, reason: str) -> Change:
    return Change(
        kind="attempt.reopened",
        subject=f"{row.title}, attempt {row.number} of {row.display_name}",
        class_id=class_id,
        learner_id=row.user_id,
        details={"questions": questions, "until": until.isoformat()},
        reason=clean(reason).text,
    )

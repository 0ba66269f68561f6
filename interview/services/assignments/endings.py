"""An attempt as it ended, and whether it can be opened again."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from interview.rules.attempt import AttemptState, ItemState
from interview.services.classes.access import ASSIST, TEACH, attempt_for_staff
from interview.services.principals import Principal
from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.db import db
from interview.store.types import AnyRow as Row
from interview.store.users import User


class Obstacle(StrEnum):
    """Why an attempt cannot be opened again."""

    OPEN = "open"
    ALL_ANSWERED = "all answered"
    OTHER_OPEN = "other open"
    ARCHIVED = "archived"


class CannotReopen(Exception):
    """Something stands against it.

    Attributes
    ----------
    obstacle : Obstacle
        What.
    """

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


@dataclass(frozen=True, slots=True)
class Ending:
    """An attempt as it ended, and what opening it again would do.

    Attributes
    ----------
    end_reason : str
        ``learner`` or ``time``; empty while it is open.
    answered, unanswered : int
        Questions that stay handed in, and those that would be open again.
    obstacle : Obstacle or None
        What stands against opening it.
    """

    attempt_id: int
    number: int
    user_id: int
    name: str
    assignment_id: int
    title: str
    class_id: int
    class_title: str
    may_teach: bool
    ended_at: datetime | None
    end_reason: str
    answered: int
    unanswered: int
    obstacle: Obstacle | None


def look(person: Principal, attempt_id: int) -> Ending:
    """Say what opening an attempt again would do.

    Raises
    ------
    NotFound, Forbidden
        As `attempt_for_staff` says; the reader has to assist or teach.
    """
    found, place = attempt_for_staff(person, attempt_id, ASSIST)
    row = read(attempt_id)
    unanswered = unanswered_of(db.session(), attempt_id)
    return Ending(
        attempt_id=attempt_id,
        number=row.number,
        user_id=found.user_id,
        name=row.display_name,
        assignment_id=found.assignment_id,
        title=row.title,
        class_id=place.class_id,
        class_title=place.title,
        may_teach=place.may(TEACH),
        ended_at=row.finished_at,
        end_reason=row.finish_reason or "",
        answered=row.item_count - len(unanswered),
        unanswered=len(unanswered),
        obstacle=obstacle_to(row, unanswered, is_archived=place.archived_at is not None),
    )


def read(attempt_id: int) -> Row:
    """Read an assigned attempt with its title, its learner, and whether another is open."""
    other = aliased(Attempt)
    other_open = (
        sa.select(other.id)
        .where(
            other.assignment_id == Attempt.assignment_id,
            other.user_id == Attempt.user_id,
            other.state == AttemptState.OPEN,
        )
        .exists()
    )
    return db.session.execute(
        sa.select(
            Attempt.id, Attempt.user_id, Attempt.assignment_id, Attempt.number, Attempt.state,
            Attempt.started_at, Attempt.finished_at, Attempt.finish_reason, Attempt.item_count,
            Assignment.title, Assignment.archived_at, User.display_name,
            other_open.label("other_open"),
        )
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(User, User.id == Attempt.user_id)
        .where(Attempt.id == attempt_id)
    ).one()  # fmt: skip


def unanswered_of(session: Session, attempt_id: int) -> list[int]:
    """The places of the questions that were not handed in, in order."""
    return list(
        session.scalars(
            sa.select(AttemptItem.position)
            .where(AttemptItem.attempt_id == attempt_id, AttemptItem.state == ItemState.UNANSWERED)
            .order_by(AttemptItem.position)
        )
    )


def obstacle_to(row: Row, unanswered: list[int], *, is_archived: bool) -> Obstacle | None:
    """What stands against opening it again."""
    if is_archived or row.archived_at is not None:
        return Obstacle.ARCHIVED
    if row.state == AttemptState.OPEN:
        return Obstacle.OPEN
    if row.other_open:
        return Obstacle.OTHER_OPEN
    return None if unanswered else Obstacle.ALL_ANSWERED

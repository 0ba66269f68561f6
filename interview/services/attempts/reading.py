"""What is open: the reminder on every page, and what may not be studied meanwhile."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.attempt import AttemptState
from interview.store import releasing
from interview.store.attempts import Attempt
from interview.store.db import db


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """An attempt to go on with."""

    id: int
    title: str
    preset: str
    position: int
    item_count: int
    deadline_at: datetime | None
    paused_at: datetime | None
    set_id: int | None
    scope: str


SHOWN = 5
"""Open attempts that a page tells of: the newest ones."""

_OPEN = (
    sa.select(
        Attempt.id, Attempt.title, Attempt.preset, Attempt.position, Attempt.item_count,
        Attempt.deadline_at, Attempt.paused_at, Attempt.set_id, Attempt.scope,
    )
    .where(
        Attempt.user_id == sa.bindparam("user"),
        Attempt.state == AttemptState.OPEN,
        sa.or_(
            Attempt.cutoff_at.is_(None),
            Attempt.paused_at.is_not(None),
            Attempt.cutoff_at >= sa.bindparam("now", type_=Attempt.cutoff_at.type),
        ),
    )
    .order_by(Attempt.id.desc())
    .limit(SHOWN)
)  # fmt: skip


def open_attempts(user_id: int, now: datetime) -> tuple[OpenAttempt, ...]:
    """The user's open attempts whose time is not up, newest first."""
    rows = db.session.execute(_OPEN, {"user": user_id, "now": now})
    return tuple(OpenAttempt(*row) for row in rows)


def asked_now(user_id: int) -> frozenset[int]:
    """Questions that the reader is being examined on just now.

    Their answers stay out of study, search and export until the attempt ends: a mock
    interview beside its own answer key would measure nothing.
    """
    return frozenset(db.session.scalars(releasing.ASKED_NOW, {"user": user_id}))


def hidden_questions(user_id: int, now: datetime) -> frozenset[int]:
    """The same, and those whose assignment does not show their answers yet."""
    return frozenset(db.session.scalars(releasing.HIDDEN, {"user": user_id, "now": now}))


def kept_by_assignments(user_id: int, now: datetime) -> frozenset[int]:
    """Questions of running assignments, and of those that do not show their answers yet.

    Own practice does not show their answers either: it would be a way round the assignment.
    """
    kept = db.session.scalars(releasing.KEPT_BY_ASSIGNMENTS, {"user": user_id, "now": now})
    return frozenset(kept)

"""Reads and one write for looking on while an assignment is sat."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam
from sqlalchemy.orm import aliased

from interview.store.assignments import Accommodation, Assignment, Presence
from interview.store.attempts import Attempt, AttemptItem, Draft
from interview.store.classes import ClassGroup, ClassMember
from interview.store.targeting import targeted
from interview.store.types import UTCDateTime
from interview.store.users import User

_OWN = aliased(Attempt)

# The attempt that stands for a learner: the open one, else the newest. A reopened attempt may
# be older than one that has ended since.
_SHOWN = (
    sa.select(_OWN.id)
    .where(_OWN.assignment_id == Assignment.id, _OWN.user_id == ClassMember.user_id)
    .order_by(sa.case((_OWN.state == "open", 0), else_=1), _OWN.number.desc())
    .limit(1)
    .correlate(Assignment, ClassMember)
    .scalar_subquery()
)

RANK = sa.case((Attempt.state == "open", 0), else_=1)
"""Who is sitting it comes first."""

RUNNING_FIRST = (RANK, ClassMember.sort_name, ClassMember.user_id)


def _of_learners(*columns: Any) -> sa.Select[Any]:
    """Those whom an assignment is for."""
    return (
        sa.select(*columns)
        .select_from(Assignment)
        .join(
            ClassMember,
            sa.and_(ClassMember.class_id == Assignment.class_id, ClassMember.role == "learner"),
        )
        .where(
            Assignment.id == bindparam("assignment"),
            targeted(ClassMember.user_id, ClassMember.group_id),
        )
    )


_SAVED = (
    sa.select(sa.func.max(Draft.saved_at))
    .where(Draft.attempt_id == Attempt.id)
    .correlate(Attempt)
    .scalar_subquery()
)
_HANDED_IN = (
    sa.select(sa.func.count())
    .where(AttemptItem.attempt_id == Attempt.id, AttemptItem.state == "submitted")
    .correlate(Attempt)
    .scalar_subquery()
)

# The order of the list is worked out from keys alone; what is shown is read of one page.
LINES: sa.Select[Any] = (
    _of_learners(
        ClassMember.user_id, ClassMember.sort_name, User.display_name,
        ClassGroup.title.label("group_title"),
        Attempt.id, Attempt.state, Attempt.position, Attempt.item_count, Attempt.deadline_at,
        Attempt.cutoff_at, Attempt.finished_at, Attempt.finish_reason,
        AttemptItem.state.label("item_state"), AttemptItem.deadline_at.label("item_deadline_at"),
        AttemptItem.cutoff_at.label("item_cutoff_at"),
        Presence.seen_at, _SAVED.label("saved_at"), _HANDED_IN.label("handed_in"),
        RANK.label("rank"),
    )
    .outerjoin(Attempt, Attempt.id == _SHOWN)
    .join(User, User.id == ClassMember.user_id)
    .outerjoin(ClassGroup, ClassGroup.id == ClassMember.group_id)
    .outerjoin(
        AttemptItem,
        sa.and_(
            AttemptItem.attempt_id == Attempt.id, AttemptItem.position == Attempt.position
        ),
    )
    .outerjoin(Presence, Presence.attempt_id == Attempt.id)
)  # fmt: skip

NUMBERS: sa.Select[Any] = (
    _of_learners(Attempt.state, sa.func.count().label("many"))
    .outerjoin(Attempt, Attempt.id == _SHOWN)
    .group_by(Attempt.state)
)

_HAS_OWN = sa.case((Accommodation.user_id.is_not(None), 0), else_=1)
OWN_FIRST = (_HAS_OWN, ClassMember.sort_name, ClassMember.user_id)

# All that a learner's terms consist of beside the assignment itself.
OWN_TERMS: sa.Select[Any] = (
    _of_learners(
        ClassMember.user_id, ClassMember.sort_name, User.display_name,
        ClassMember.time_factor.label("class_factor"), ClassGroup.title.label("group_title"),
        Accommodation.user_id.label("own_id"), Accommodation.opens_at, Accommodation.due_at,
        Accommodation.closes_at, Accommodation.time_factor, Accommodation.extra_attempts,
        Accommodation.reason, _HAS_OWN.label("rank"),
    )
    .join(User, User.id == ClassMember.user_id)
    .outerjoin(ClassGroup, ClassGroup.id == ClassMember.group_id)
    .outerjoin(
        Accommodation,
        sa.and_(
            Accommodation.assignment_id == Assignment.id,
            Accommodation.user_id == ClassMember.user_id,
        ),
    )
)  # fmt: skip

RUNNING = sa.select(Attempt.id, Attempt.number, Attempt.deadline_at).where(
    Attempt.assignment_id == bindparam("assignment"),
    Attempt.user_id == bindparam("user"),
    Attempt.state == "open",
)

# One statement: whose attempt it is, and whether it is being sat, are its conditions.
SEEN = sa.text(
    """
    INSERT INTO presences (attempt_id, seen_at)
    SELECT id, :now FROM attempts
     WHERE id = :attempt AND user_id = :user AND state = 'open' AND assignment_id IS NOT NULL
    ON CONFLICT (attempt_id) DO UPDATE SET seen_at = excluded.seen_at
     WHERE presences.seen_at < excluded.seen_at
    """
).bindparams(sa.bindparam("now", type_=UTCDateTime()))

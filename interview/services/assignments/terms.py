"""What an assignment comes to for one person."""

from datetime import timedelta

import sqlalchemy as sa

from interview.rules.assigning import Terms
from interview.rules.clock import length_of
from interview.store.assignments import Accommodation, Assignment
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.types import AnyRow as Row

_OWN = (
    sa.select(
        Assignment.id.label("assignment_id"),
        ClassMember.user_id, ClassMember.time_factor.label("class_factor"),
        Accommodation.opens_at, Accommodation.due_at, Accommodation.closes_at,
        Accommodation.time_factor, Accommodation.extra_attempts,
    )
    .join(Assignment, Assignment.class_id == ClassMember.class_id)
    .outerjoin(
        Accommodation,
        sa.and_(
            Accommodation.assignment_id == Assignment.id,
            Accommodation.user_id == ClassMember.user_id,
        ),
    )
)  # fmt: skip

OWN = _OWN.where(Assignment.id == sa.bindparam("assignment"))
OWN_OF_MANY = _OWN.where(
    sa.tuple_(Assignment.id, ClassMember.user_id).in_(sa.bindparam("pairs", expanding=True))
)
"""Of pairs of assignment and learner."""


def terms_of(assignment: Row, factor: float, own: Row | None) -> Terms:
    """Put together what holds for one person.

    Parameters
    ----------
    assignment : Row
        All columns of the assignment.
    factor : float
        The learner's factor in the class.
    own : Row or None
        The learner's accommodation for this assignment: its columns, any of them empty.
    """
    allowed: int | None = assignment.attempts_allowed
    if own is not None and allowed is not None:
        allowed += own.extra_attempts or 0
    return Terms(
        opens_at=(own and own.opens_at) or assignment.opens_at,
        due_at=(own and own.due_at) or assignment.due_at,
        closes_at=(own and own.closes_at) or assignment.closes_at,
        limit=length_of(assignment.whole_limit_seconds),
        question_limit=length_of(assignment.question_limit_seconds),
        factor=(own and own.time_factor) or factor,
        attempts_allowed=allowed,
        delay=timedelta(seconds=assignment.delay_seconds),
    )


def terms_for(user_id: int, assignment: Row) -> Terms:
    """Read what holds for one person; for somebody who is no member, what holds for all."""
    own = db.session.execute(
        OWN.where(ClassMember.user_id == user_id), {"assignment": assignment.id}
    ).first()
    return terms_of(assignment, own.class_factor if own else 1.0, own)

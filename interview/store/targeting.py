"""Whom an assignment is for, as a condition."""

from typing import Any

import sqlalchemy as sa

from interview.store.assignments import Assignment, AssignmentTarget

# However deep it stands: the assignment is the statement's, never one of its own.
_TARGETS = (
    sa.select(AssignmentTarget.id)
    .where(AssignmentTarget.assignment_id == Assignment.id)
    .correlate_except(AssignmentTarget)
)

NARROWED = _TARGETS.exists()
"""Whether an assignment (of the enclosing statement) is for some of its class alone."""


def targeted(user_id: Any, group_id: Any) -> sa.ColumnElement[bool]:
    """Whether an assignment (of the enclosing statement) is for a learner of its class.

    Parameters
    ----------
    user_id, group_id : int or column, or None
        None for somebody without a group, or for whoever has a group and no number yet.
    """
    # Compared with nothing it would ask for targets that name none: everybody else's.
    named = [
        column == value
        for column, value in (
            (AssignmentTarget.user_id, user_id),
            (AssignmentTarget.group_id, group_id),
        )
        if value is not None
    ]
    return sa.or_(~NARROWED, _TARGETS.where(sa.or_(*named)).exists())

"""The review policy of assignments as a condition, for reads that span many attempts.

`interview.rules.access` decides the same for one attempt; a test holds the two together.
"""

import sqlalchemy as sa

from interview.store.assignments import Assignment
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionVersion

NOW = sa.bindparam("now", type_=Assignment.opens_at.type)
ASSIGNED = Assignment.id == Attempt.assignment_id


def shown(part: str) -> sa.ColumnElement[bool]:
    """Whether an ended attempt shows a part of its answers now.

    Parameters
    ----------
    part : str
        ``score``, ``answer``, ``points`` or ``reference``.

    Returns
    -------
    ColumnElement
        True for own practice. The statement joins assignments from outside, by `ASSIGNED`,
        and binds ``now``.
    """
    when, since = (getattr(Assignment, f"{part}_{name}") for name in ("when", "from"))
    return sa.or_(
        Attempt.assignment_id.is_(None),
        when.in_(("each", "finish")),
        sa.and_(
            when == "close",
            Assignment.all_closed_at.is_not(None),
            Assignment.all_closed_at < NOW,
        ),
        sa.and_(when == "date", since.is_not(None), since <= NOW),
    )


_ASKED = (
    sa.select(QuestionVersion.question_id)
    .join(AttemptItem, AttemptItem.question_version_id == QuestionVersion.id)
    .join(Attempt, Attempt.id == AttemptItem.attempt_id)
    .where(Attempt.user_id == sa.bindparam("user"))
)

_OPEN_ASSIGNED = sa.and_(Attempt.state == "open", Attempt.assignment_id.is_not(None))
_OPEN_MOCK = sa.and_(Attempt.state == "open", Attempt.preset == "mock")

_WITHHELD = _ASKED.join(Assignment, ASSIGNED).where(
    Attempt.assignment_id.is_not(None),
    Attempt.state != "open",
    sa.not_(sa.and_(shown("points"), shown("reference"))),
)

ASKED_NOW = _ASKED.where(sa.or_(_OPEN_MOCK, _OPEN_ASSIGNED))
"""Questions of a person's open mock interviews and assigned attempts."""

HIDDEN = ASKED_NOW.union(_WITHHELD)
"""The same, and those whose assignment does not show their key points and reference yet."""

KEPT_BY_ASSIGNMENTS = _ASKED.where(_OPEN_ASSIGNED).union(_WITHHELD)
"""Questions of open assigned attempts, and those that are withheld after their end."""

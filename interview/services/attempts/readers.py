"""How much of an attempt's answers its reader may see now."""

from dataclasses import dataclass, replace
from datetime import datetime

from interview.rules.access import (
    EVERYTHING,
    NOTHING,
    ReviewPolicy,
    Visible,
    assigned_review,
    review_policy,
)
from interview.rules.attempt import AttemptState, Feedback, ItemState
from interview.services.assignments.policies import policy_of
from interview.services.attempts.loading import Row
from interview.services.attempts.reading import kept_by_assignments
from interview.store import reviewing as reads
from interview.store.db import db


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides how much of an attempt's answers is shown.

    Attributes
    ----------
    policy : ReviewPolicy or None
        The assignment's; none for own practice.
    kept : frozenset of int
        Questions that own practice does not show the answers of, for an assignment's sake.
    everything : bool
        Whether it is read by somebody who grades it.
    """

    policy: ReviewPolicy | None
    kept: frozenset[int]
    everything: bool
    now: datetime

    def visible(self, attempt: Row, row: Row) -> Visible:
        """What of one item may be seen."""
        state, closed = AttemptState(attempt.state), ItemState(row.state).is_closed
        if self.everything:
            return EVERYTHING if closed else NOTHING
        if self.policy is not None:
            return assigned_review(self.policy, state, item_closed=closed, now=self.now)
        visible = review_policy(state, Feedback(attempt.feedback), item_closed=closed)
        if row.state == ItemState.REVEALED:
            # It was given up for this: also where grades wait for the end.
            visible = EVERYTHING
        if row.question_id in self.kept:
            return replace(visible, key_points=False, reference=False)
        return visible


def reader_of(user_id: int, attempt: Row, now: datetime, *, everything: bool) -> Reader:
    """Find out how much of an attempt its reader may see.

    Parameters
    ----------
    user_id : int
        Whose attempt it is.
    everything : bool
        Whether it is read by somebody who grades it.
    """
    if everything:
        return Reader(None, frozenset(), everything=True, now=now)
    if attempt.assignment_id is None:
        kept = kept_by_assignments(user_id, now)
        return Reader(None, kept, everything=False, now=now)
    row = db.session.execute(reads.POLICY, {"assignment": attempt.assignment_id}).one()
    return Reader(policy_of(row), frozenset(), everything=False, now=now)

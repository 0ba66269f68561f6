"""How much of an attempt's answers its reader may see now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from interview.rules.contesting import Window
from interview.services.appeals import beside
from interview.services.appeals.records import Beside
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
    window : Window or None
        When the assignment lets its learners contest key points; none for whoever is not
        the learner, and for own practice.
    appeals : mapping
        What stands against the grades of an assigned attempt.
    """

    policy: ReviewPolicy | None
    kept: frozenset[int]
    everything: bool
    now: datetime
    window: Window | None = None
    appeals: beside.Standing = field(default_factory=dict)

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

    def contest(self, row: Row, visible: Visible) -> str:
        """What the reader can do where a key point was not found; see `AnswerScreen.contest`."""
        has_words = any(map(str.isalnum, row.text or ""))
        if self.everything or not (visible.key_points and visible.answer and has_words):
            return ""
        if self.policy is None:
            return "count"
        is_open = self.window is not None and self.window.closed(self.now) is None
        return "appeal" if is_open else ""

    def standing(self, row: Row, visible: Visible) -> Mapping[str, Beside]:
        """What stands against the key points of an answer, where they may be seen."""
        is_shown = visible.key_points and visible.answer
        return self.appeals.get(row.position, {}) if is_shown else {}


def reader_of(
    user_id: int, attempt: Row, rows: Sequence[Row], now: datetime, *, everything: bool
) -> Reader:
    """Find out how much of an attempt its reader may see.

    Parameters
    ----------
    user_id : int
        Whose attempt it is.
    rows : sequence of Row
        The answers that are looked at.
    everything : bool
        Whether it is read by somebody who grades it.
    """
    is_assigned = attempt.assignment_id is not None
    may_be_contested = is_assigned and any(row.has_story for row in rows)
    appeals = beside.standing(attempt.id) if may_be_contested else {}
    if everything:
        return Reader(None, frozenset(), everything=True, now=now, appeals=appeals)
    if not is_assigned:
        kept = kept_by_assignments(user_id, now)
        return Reader(None, kept, everything=False, now=now)
    row = db.session.execute(reads.POLICY, {"assignment": attempt.assignment_id}).one()
    return Reader(
        policy_of(row),
        frozenset(),
        everything=False,
        now=now,
        window=beside.window_of(row),
        appeals=appeals,
    )

"""Before and at the end: what will be handed in, finishing, abandoning."""

from dataclasses import dataclass
from datetime import datetime

from interview.rules import attempt as rules
from interview.rules.attempt import AttemptState, ItemState
from interview.services.attempts.loading import (
    Row,
    attempt_of,
    clock_faces,
)
from interview.services.attempts.records import ClockFace, Ended, NotFound, Outcome
from interview.services.attempts.settling import Closing, finish
from interview.services.attempts.showing import not_sittable, settled_attempt
from interview.services.unit import write
from interview.store import handing_in, sitting
from interview.store.db import db

_OPENING = 120


@dataclass(frozen=True, slots=True)
class OverviewLine:
    """One question on the overview.

    Attributes
    ----------
    prompt : str
        Empty for a question that has not been shown: each is met when its turn comes.
    draft : str
        The beginning of the draft, for an open question.
    reachable : bool
        Whether it can be opened from here.
    """

    position: int
    state: ItemState
    flagged: bool
    prompt: str
    draft: str
    words: int
    reachable: bool


@dataclass(frozen=True, slots=True)
class OverviewScreen:
    """What finishing now would hand in."""

    attempt_id: int
    title: str
    lines: tuple[OverviewLine, ...]
    clocks: tuple[ClockFace, ...]
    current: int
    assigned: bool

    @property
    def submitted(self) -> int:
        """Questions that are handed in already."""
        return sum(line.state is ItemState.SUBMITTED for line in self.lines)

    @property
    def with_draft(self) -> int:
        """Open questions whose draft would be handed in."""
        return sum(not line.state.is_closed and line.words > 0 for line in self.lines)

    @property
    def without_text(self) -> int:
        """Open questions that would count as not answered."""
        return sum(not line.state.is_closed and line.words == 0 for line in self.lines)


def overview(user_id: int, attempt_id: int, now: datetime) -> OverviewScreen | Outcome:
    """Show every question and what finishing would do with it.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    attempt = settled_attempt(user_id, attempt_id, now)
    elsewhere = not_sittable(attempt)
    if elsewhere:
        return elsewhere
    items = db.session.execute(sitting.OVERVIEW, {"attempt": attempt_id}).all()
    if all(ItemState(item.state).is_closed for item in items):
        return finish_now(user_id, attempt_id, now)
    states = [ItemState(item.state) for item in items]
    current = attempt.position
    returnable = attempt.returnable
    return OverviewScreen(
        attempt_id=attempt_id,
        title=attempt.title,
        lines=tuple(
            _line(item, rules.may_open(states, current, item.position, returnable=returnable))
            for item in items
        ),
        clocks=clock_faces(attempt, items[current - 1], items[current - 1].deadline_at),
        current=current,
        assigned=attempt.assignment_id is not None,
    )


def _line(item: Row, reachable: bool) -> OverviewLine:
    draft = item.text or ""
    return OverviewLine(
        position=item.position,
        state=ItemState(item.state),
        flagged=item.flagged,
        prompt="" if item.state == ItemState.UNSEEN else item.prompt,
        draft=draft[:_OPENING],
        words=len(draft.split()),
        reachable=reachable,
    )


def finish_now(user_id: int, attempt_id: int, now: datetime) -> Outcome:
    """End an attempt on the learner's word; drafts with text are handed in.

    Finishing twice changes nothing.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    settled_attempt(user_id, attempt_id, now)
    with write() as session:
        attempt = attempt_of(session, user_id, attempt_id, lock=True)
        if attempt.state == AttemptState.OPEN:
            finish(session, attempt, Closing(now, "finish"), "learner")
    return Ended(attempt_id)


def may_abandon(user_id: int, attempt_id: int, now: datetime) -> None:
    """Check that an attempt can be given up.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or was assigned.
    """
    if settled_attempt(user_id, attempt_id, now).assignment_id is not None:
        raise NotFound


def abandon(user_id: int, attempt_id: int, now: datetime) -> None:
    """End an attempt without handing in anything more; what was graded stays readable.

    An attempt whose time is up is handed in all the same: the clock came first.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or was assigned: that one is finished instead.
    """
    may_abandon(user_id, attempt_id, now)
    with write() as session:
        attempt_of(session, user_id, attempt_id, lock=True)
        session.execute(
            handing_in.FINISH,
            {
                "attempt": attempt_id,
                "to_state": AttemptState.ABANDONED,
                "to_finished": now,
                "to_reason": "abandoned",
                "to_score": None,
            },
        )

"""Reading what one was told in the app, and marking it as read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from interview.rules.access import Visible, assigned_review
from interview.rules.attempt import AttemptState
from interview.services.assignments.policies import policy_of
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.notifying import APPEAL_DECIDED, COMMENT, REGRADED
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import noticing
from interview.store.db import db
from interview.store.notices import Notification

PAGE = 20

MOST_COUNTED = 100
"""One more than the largest number of unread ones that is told exactly."""

# As the story of a grade shows reasons, replies and remarks.
_BESIDE: dict[str, Callable[[Visible], bool]] = {
    APPEAL_DECIDED: lambda visible: visible.key_points and visible.answer,
    COMMENT: lambda visible: visible.answer,
    REGRADED: lambda visible: visible.score,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that somebody was told; see `Notification`."""

    id: int
    kind: str
    words: str
    detail: str
    target: str
    target_id: int | None
    position: int | None
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Notices:
    """A page of them, the newest first, and before which number the next one begins."""

    notices: tuple[Notice, ...]
    next_before: int | None

    @property
    def newest(self) -> int:
        """The number of the newest one on the page."""
        return self.notices[0].id if self.notices else 0


@dataclass(frozen=True, slots=True)
class Target:
    """What a notice leads to; see `notifying.Told`."""

    kind: str
    id: int | None
    position: int | None


def unread(person: Principal) -> int:
    """Count what somebody has not read yet, no further than `MOST_COUNTED`."""
    named = {"user": person.id, "most": MOST_COUNTED}
    return db.session.scalar(noticing.UNREAD_COUNT, named) or 0


def listing(person: Principal, before: int | None) -> Notices:
    """Read a page of what somebody was told; `before` is the last one of the page above."""
    statement = noticing.SHOWN
    if before is not None:
        statement = statement.where(Notification.id < min(before, LARGEST))
    rows = db.session.execute(statement, {"user": person.id, "most": PAGE + 1}).all()
    shown = tuple(Notice(*row) for row in rows[:PAGE])
    return Notices(shown, shown[-1].id if len(rows) > PAGE else None)


def withheld(listed: Notices, now: datetime) -> frozenset[int]:
    """Find the notices whose ``detail`` the review policy of an assignment keeps back now.

    What is written beside an answer may tell what the answer's page does not show yet.
    """
    beside = {
        one.id: (one.target_id, _BESIDE[one.kind])
        for one in listed.notices
        if one.detail and one.kind in _BESIDE and one.target_id is not None
    }
    attempts = {attempt for attempt, _ in beside.values()}
    rows = db.session.execute(noticing.ASSIGNED, {"attempts": sorted(attempts)}) if beside else ()
    visible = {
        row.id: assigned_review(policy_of(row), AttemptState(row.state), item_closed=True, now=now)
        for row in rows
    }
    return frozenset(
        notice
        for notice, (attempt, is_shown) in beside.items()
        if attempt in visible and not is_shown(visible[attempt])
    )


def mark_read(person: Principal, newest: int, now: datetime) -> None:
    """Mark everything up to one notice as read; what came after it stays unread."""
    named = {"reader": person.id, "newest": max(0, min(newest, LARGEST)), "now": now}
    with write() as session:
        session.execute(noticing.READ, named)


def open_one(person: Principal, notice_id: int, now: datetime) -> Target:
    """Mark one notice as read, and say what it leads to.

    Raises
    ------
    NotFound
        When there is none, or it is somebody else's.
    """
    named = {"reader": person.id, "notice": min(notice_id, LARGEST), "now": now}
    with write() as session:
        row = session.execute(noticing.OPENED, named).first()
    if row is None:
        raise NotFound
    return Target(*row)

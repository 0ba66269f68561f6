"""Guests: one attempt without an account, and what becomes of it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from interview.rules.attempt import AttemptState, Preset, preset_plan
from interview.services.accounts.rows import AS_PRINCIPAL
from interview.services.attempts.starting import Choice, offer, start
from interview.services.principals import Principal
from interview.services.sweeping import GUEST_LIFE
from interview.services.unit import UNSYNCED, write
from interview.store.appeals import PersonalWording
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.notices import Notification
from interview.store.personal import USER_HELD
from interview.store.users import User

GUEST_SET = "django-taster"
GUEST_NAME = "Guest"
GUEST_DAYS = GUEST_LIFE.days


@dataclass(frozen=True, slots=True)
class GuestAttempt:
    """The one attempt of a guest."""

    id: int
    is_open: bool


def start_as_guest(now: datetime) -> tuple[Principal, int]:
    """Make a guest and start the short interview for them.

    Returns
    -------
    tuple of Principal and int
        The guest and the attempt.

    Raises
    ------
    NotFound
        When the bank has no short interview; no guest is made then.
    """
    choice = Choice(set_slug=GUEST_SET)
    offered = offer(None, choice)
    with write() as session:
        adding = sa.insert(User).values(display_name=GUEST_NAME, is_guest=True, created_at=now)
        guest = Principal(*session.execute(adding.returning(*AS_PRINCIPAL)).one())
    # Feedback after each answer: somebody who answers one question has seen what it is about.
    plan = preset_plan(Preset.PRACTICE, offered.available, offered.expected)
    return guest, start(guest.id, choice, plan, now)


def attempt_of_guest(guest_id: int) -> GuestAttempt | None:
    """Find the attempt of a guest, if one was started."""
    row = db.session.execute(
        sa.select(Attempt.id, Attempt.state).where(Attempt.user_id == guest_id).limit(1)
    ).first()
    return GuestAttempt(row.id, row.state == AttemptState.OPEN) if row else None


def may_start(person: Principal, now: datetime) -> bool:
    """Whether somebody may start another attempt.

    An account always may. A guest may sit one, and only while what a guest does is kept:
    afterwards they are invited to register.
    """
    if not person.is_guest:
        return True
    kept = sa.exists().where(User.id == person.id, User.created_at > now - GUEST_LIFE)
    sat = sa.exists().where(Attempt.user_id == person.id)
    return bool(db.session.scalar(sa.select(sa.and_(kept, ~sat))))


def hand_over(guest_id: int, user_id: int) -> int:
    """Move what a guest did to the account that they logged in to, and remove the guest.

    One person has at most one open attempt of a scope, so a guest's open attempt at
    something that the account has open too gets a scope of its own: both can be finished.
    Wordings that count in the guest's answers and what the guest was told go along.

    Returns
    -------
    int
        How many attempts were moved.
    """
    guest = sa.select(User.id).where(User.id == guest_id, User.is_guest).scalar_subquery()
    own = sa.select(Attempt.scope).where(
        Attempt.user_id == user_id, Attempt.state == AttemptState.OPEN
    )
    theirs = sa.update(Attempt).where(Attempt.user_id == guest)
    with write() as session:
        # First of all, as whoever counts a wording does: no two write the same one.
        session.execute(USER_HELD, {"user": user_id})
        taken = session.scalars(own).all()
        session.execute(
            theirs.where(Attempt.state == AttemptState.OPEN, Attempt.scope.in_(taken)).values(
                scope=sa.literal("guest:") + sa.cast(Attempt.id, sa.Text)
            ),
            execution_options=UNSYNCED,
        )
        moved = session.execute(
            theirs.values(user_id=user_id).returning(Attempt.id), execution_options=UNSYNCED
        ).all()
        _move_words(session, guest, user_id)
        session.execute(
            sa.delete(User).where(User.id == guest_id, User.is_guest), execution_options=UNSYNCED
        )
    return len(moved)


def _move_words(session: Session, guest: sa.ScalarSelect[int], user_id: int) -> None:
    """Move wordings that the account has not got, and what the guest was told."""
    theirs, own = PersonalWording, aliased(PersonalWording)
    same = (own.question_id, theirs.question_id), (own.point_id, theirs.point_id)
    is_known = sa.exists().where(
        own.user_id == user_id, own.wording == theirs.wording, *(a == b for a, b in same)
    )
    for moving in (
        sa.update(theirs).where(theirs.user_id == guest, ~is_known),
        sa.update(Notification).where(Notification.user_id == guest),
    ):
        session.execute(moving.values(user_id=user_id), execution_options=UNSYNCED)

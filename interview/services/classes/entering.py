"""Taking a place in a class: by its code, or by an invitation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.access import ClassRole
from interview.services.attempts.records import NotFound
from interview.services.audit import Change, note
from interview.services.classes.retiming import has_own_terms, retime
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED
from interview.store.classes import ClassGroup, ClassInvitation, ClassMember
from interview.store.types import AnyRow as Row
from interview.store.users import User


class GuestsCannotJoin(Exception):
    """A class needs to know who is in it: a guest registers first."""


@dataclass(frozen=True, slots=True)
class Seat:
    """What somebody is in a class from the start."""

    role: str = ClassRole.LEARNER
    group_id: int | None = None
    time_factor: float = 1.0


def take_seat(
    session: Session, person: Principal, class_id: int, now: datetime, *, invited: bool = False
) -> bool:
    """Make somebody a member, on the terms of their invitation where there is one.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller, in which the class is held.
    invited : bool
        Whether only an invitation lets them in.

    Returns
    -------
    bool
        Whether they were none before.

    Raises
    ------
    GuestsCannotJoin
        When the person is a guest.
    NotFound
        When an invitation is needed and there is none any more.
    """
    # Held, so that the name that the class is ordered by is the one that the person has.
    user = session.execute(
        sa.select(User.email, User.display_name)
        .where(User.id == person.id)
        .with_for_update(key_share=True)
    ).one()
    if user.email is None:
        raise GuestsCannotJoin
    invitation = _use_up(session, class_id, user.email)
    if invited and invitation is None:
        raise NotFound
    if _is_member(session, class_id, person.id):
        return False
    seat = Seat(*invitation) if invitation else Seat()
    session.execute(
        sa.insert(ClassMember).values(
            class_id=class_id,
            user_id=person.id,
            sort_name=user.display_name.casefold(),
            joined_at=now,
            **_columns(seat),
        )
    )
    everybody = seat.time_factor != 1 or has_own_terms(session, class_id, person.id)
    retime(session, class_id, person.id, everybody=everybody)
    _note(session, person, class_id, seat, "invitation" if invitation else "code", now)
    return True


def _use_up(session: Session, class_id: int, email: str) -> Row | None:
    return session.execute(
        sa.delete(ClassInvitation)
        .where(ClassInvitation.class_id == class_id, ClassInvitation.email == email)
        .returning(ClassInvitation.role, ClassInvitation.group_id, ClassInvitation.time_factor),
        execution_options=UNSYNCED,
    ).first()


def _is_member(session: Session, class_id: int, user_id: int) -> bool:
    mine = sa.select(ClassMember.user_id).where(
        ClassMember.class_id == class_id, ClassMember.user_id == user_id
    )
    return session.execute(mine).first() is not None


def _columns(seat: Seat) -> dict[str, Any]:
    return {"role": seat.role, "group_id": seat.group_id, "time_factor": seat.time_factor}


def _note(
    session: Session, person: Principal, class_id: int, seat: Seat, how: str, now: datetime
) -> None:
    group = sa.select(ClassGroup.title).where(ClassGroup.id == seat.group_id)
    became = {
        "role": str(seat.role),
        "group": session.scalar(group),
        "time_factor": seat.time_factor,
        "by": how,
    }
    change = Change("member.joined", person.name, class_id, person.id, became)
    note(session, person, change, now)

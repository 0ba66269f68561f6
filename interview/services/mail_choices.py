"""What somebody wants to be told, in the app and by mail: each kind can be switched off."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.notifying import KINDS
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store import noticing
from interview.store.db import db
from interview.store.mail import MailOptOut
from interview.store.notices import NotificationOptOut
from interview.store.users import User

ALL = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The kinds that somebody gets, by the channel."""

    in_app: tuple[str, ...]
    by_mail: tuple[str, ...]


def wanted(person: Principal) -> Wanted:
    """Read which of `KINDS` somebody gets, and where."""
    rows = db.session.execute(noticing.SWITCHED_OFF, {"people": [person.id]})
    off = {(row.channel, row.kind) for row in rows}
    return Wanted(
        in_app=tuple(kind for kind in KINDS if ("app", kind) not in off),
        by_mail=tuple(kind for kind in KINDS if ("mail", kind) not in off),
    )


def choose(person: Principal, by_mail: Collection[str], in_app: Collection[str] = ALL) -> None:
    """Tell somebody of these kinds from now on, and of no others of `KINDS`."""
    with write() as session:
        # Two pages of the same person take turns.
        session.execute(sa.select(User.id).where(User.id == person.id).with_for_update())
        _switch_off(session, MailOptOut, person, by_mail)
        _switch_off(session, NotificationOptOut, person, in_app)


def _switch_off(
    session: Session,
    channel: type[MailOptOut | NotificationOptOut],
    person: Principal,
    kept: Collection[str],
) -> None:
    session.execute(
        sa.delete(channel).where(channel.user_id == person.id, channel.kind.in_(ALL)),
        execution_options=UNSYNCED,
    )
    off = [{"user_id": person.id, "kind": kind} for kind in ALL if kind not in kept]
    if off:
        session.execute(sa.insert(channel), off)

"""Which mail somebody wants: every kind that is not asked for can be switched off."""

from collections.abc import Collection

import sqlalchemy as sa

from interview.services import outbox
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.db import db
from interview.store.mail import MailOptOut
from interview.store.users import User

KINDS = (outbox.INVITATION, outbox.ASSIGNED, outbox.DUE_SOON, outbox.REMINDER)


def wanted(person: Principal) -> tuple[str, ...]:
    """The kinds of `KINDS` that somebody gets."""
    off = set(db.session.scalars(sa.select(MailOptOut.kind).where(MailOptOut.user_id == person.id)))
    return tuple(kind for kind in KINDS if kind not in off)


def choose(person: Principal, kinds: Collection[str]) -> None:
    """Send somebody these kinds of mail from now on, and no others of `KINDS`."""
    off = [{"user_id": person.id, "kind": kind} for kind in KINDS if kind not in kinds]
    with write() as session:
        # Two pages of the same person take turns.
        session.execute(sa.select(User.id).where(User.id == person.id).with_for_update())
        session.execute(
            sa.delete(MailOptOut).where(
                MailOptOut.user_id == person.id, MailOptOut.kind.in_(KINDS)
            ),
            execution_options=UNSYNCED,
        )
        if off:
            session.execute(sa.insert(MailOptOut), off)

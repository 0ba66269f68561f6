"""Inviting addresses: what would become of a list of them, and doing just that.

Looked at twice: when it is shown what would be done, and again in the transaction that
does it. Where the two differ nothing is done.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.formats.roster import LEAST_FACTOR, RosterRow
from interview.rules.access import ClassRole
from interview.services import notifying, outbox
from interview.services.audit import Change, changes, note_all
from interview.services.classes.groups import groups_named, spellings
from interview.services.notifying import Told
from interview.services.principals import Principal
from interview.store.classes import Class, ClassGroup, ClassInvitation, ClassMember
from interview.store.db import table
from interview.store.users import User

_AT_A_TIME = 500
_INVITATIONS = table(ClassInvitation)


@dataclass(frozen=True, slots=True)
class Offer:
    """The place that an address is offered.

    Attributes
    ----------
    group : str
        Its name; empty for none.
    """

    email: str
    name: str
    role: str = ClassRole.LEARNER.value
    group: str = ""
    time_factor: float = LEAST_FACTOR


@dataclass(frozen=True, slots=True)
class Altered:
    """An invitation that waits already, and will be another one."""

    id: int
    before: Offer
    after: Offer

    @property
    def what(self) -> dict[str, list[Any]]:
        """What differs, each with before and after."""
        return changes(asdict(self.before), asdict(self.after))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of a list.

    Attributes
    ----------
    new : tuple of Offer
        Addresses to be invited.
    altered : tuple of Altered
        Invitations to be changed; no mail is sent again.
    same : tuple of Offer
        Invitations that wait just so already.
    members : tuple of RosterRow
        Rows of people who are in the class: an invitation changes nothing about them.
    groups : tuple of str
        Names of groups that there are not yet.
    """

    new: tuple[Offer, ...]
    altered: tuple[Altered, ...]
    same: tuple[Offer, ...]
    members: tuple[RosterRow, ...]
    groups: tuple[str, ...]

    @property
    def digest(self) -> str:
        """The same for the same list and the same state of the class, and for no other."""
        return hashlib.sha256(repr((self.new, self.altered)).encode()).hexdigest()


def outlook(session: Session, class_id: int, rows: Sequence[RosterRow]) -> Outlook:
    """Compare a list with those who are in a class or invited to it.

    Parameters
    ----------
    session : Session
        Any; where it is the one that `write` gave the caller, the class is held.
    rows : sequence of RosterRow
        Each address once.
    """
    emails = [row.email for row in rows]
    members = set(_members(session, class_id, emails))
    waiting = {found[1].email: found for found in _waiting(session, class_id, emails)}
    titles = spellings(session, class_id)
    new, altered, same = [], [], []
    for row in rows:
        if row.email in members:
            continue
        number, before = waiting.get(row.email, (None, None))
        after = _offer(row, before, titles)
        if number is None or before is None:
            new.append(after)
        elif after != before:
            altered.append(Altered(number, before, after))
        else:
            same.append(after)
    wanted = [offer.group for offer in (*new, *(one.after for one in altered)) if offer.group]
    return Outlook(
        new=tuple(new),
        altered=tuple(altered),
        same=tuple(same),
        members=tuple(row for row in rows if row.email in members),
        groups=tuple(dict.fromkeys(title for title in wanted if title.casefold() not in titles)),
    )


def apply(session: Session, person: Principal, class_id: int, todo: Outlook, now: datetime) -> None:
    """Do what an outlook says, and ask for a mail to each address that is new.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller, in which the class is held.
    """
    offers = [*todo.new, *(one.after for one in todo.altered)]
    groups = groups_named(session, class_id, [offer.group for offer in offers])
    _insert(session, class_id, todo.new, groups, now)
    _alter(session, todo.altered, groups)
    invited = [(offer.email, _told(offer)) for offer in todo.new]
    invited += [(one.before.email, one.what) for one in todo.altered]
    made = [Change("member.invited", email, class_id, details=what) for email, what in invited]
    note_all(session, person, made, now)


def _insert(
    session: Session,
    class_id: int,
    offers: Sequence[Offer],
    groups: Mapping[str, int | None],
    now: datetime,
) -> None:
    if not offers:
        return
    rows = [
        {**_columns(offer, groups), "email": offer.email, "class_id": class_id, "created_at": now}
        for offer in offers
    ]
    adding = sa.insert(ClassInvitation).returning(ClassInvitation.email, ClassInvitation.id)
    numbers = {row.email: {"invitation": row.id} for row in session.execute(adding, rows)}
    outbox.enqueue_each(session, outbox.INVITATION, numbers.items(), now)
    _tell(session, class_id, list(numbers), now)


def _tell(session: Session, class_id: int, emails: Sequence[str], now: datetime) -> None:
    """Tell those of them who have an account in the app, too."""
    title = session.scalar(sa.select(Class.title).where(Class.id == class_id))
    words = f"You are invited to the class “{title}”."
    told = [
        Told(number, outbox.INVITATION, words, target="invitation")
        for some in _parts(emails)
        for number in session.scalars(sa.select(User.id).where(User.email.in_(some)))
    ]
    notifying.tell(session, told, now)


def _alter(session: Session, altered: Sequence[Altered], groups: Mapping[str, int | None]) -> None:
    if altered:
        changing = sa.update(_INVITATIONS).where(_INVITATIONS.c.id == sa.bindparam("number"))
        session.connection().execute(
            changing.values({name: sa.bindparam(name) for name in _columns(_SOME, {"": None})}),
            [{**_columns(one.after, groups), "number": one.id} for one in altered],
        )


def _columns(offer: Offer, groups: Mapping[str, int | None]) -> dict[str, Any]:
    return {
        "name": offer.name,
        "role": offer.role,
        "group_id": groups[offer.group],
        "time_factor": offer.time_factor,
    }


_SOME = Offer("", "")


def _told(offer: Offer) -> dict[str, Any]:
    """What the log says of a new invitation, its address apart."""
    told = asdict(offer)
    del told["email"]
    return {name: value for name, value in told.items() if value}


def _offer(row: RosterRow, before: Offer | None, titles: Mapping[str, str]) -> Offer:
    """What a row comes to: what its list has no column for stays as it is."""
    usual = before or Offer(row.email, row.name)
    group = usual.group if row.group is None else row.group
    return Offer(
        email=row.email,
        name=row.name or usual.name,
        role=row.role or usual.role,
        group=titles.get(group.casefold(), group),
        time_factor=row.time_factor or usual.time_factor,
    )


def _members(session: Session, class_id: int, emails: Sequence[str]) -> Iterator[str]:
    for some in _parts(emails):
        rows = session.scalars(
            sa.select(User.email)
            .join(ClassMember, ClassMember.user_id == User.id)
            .where(ClassMember.class_id == class_id, User.email.in_(some))
        )
        yield from (email for email in rows if email)


def _waiting(session: Session, class_id: int, emails: Sequence[str]) -> Iterator[tuple[int, Offer]]:
    found = ClassInvitation
    for some in _parts(emails):
        rows = session.execute(
            sa.select(
                found.id, found.email, found.name, found.role, ClassGroup.title, found.time_factor
            )
            .outerjoin(ClassGroup, ClassGroup.id == found.group_id)
            .where(found.class_id == class_id, found.email.in_(some))
        )
        for number, email, name, role, group, factor in rows:
            yield number, Offer(email, name, role, group or "", factor)


def _parts(emails: Sequence[str]) -> Iterator[list[str]]:
    """Addresses a few hundred at a time: a statement can have only so many parameters."""
    rest = iter(emails)
    while some := list(islice(rest, _AT_A_TIME)):
        yield some

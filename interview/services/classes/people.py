"""The people of a class: a page of its members, by role, group and name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.access import ClassRole, Power
from interview.rules.typed import clean
from interview.services.classes.access import ASSIST, TEACH, Place, place_in
from interview.services.classes.groups import titles_of
from interview.services.classes.people_filters import NO_GROUP, PeopleFilters, Spot
from interview.services.cursors import Cursor
from interview.services.principals import Principal
from interview.store import class_reads as reads
from interview.store.classes import ClassGroup, ClassInvitation, ClassMember
from interview.store.db import db
from interview.store.types import AnyRow as Row

PAGE = 50
STAFF_MOST = 100


@dataclass(frozen=True, slots=True)
class Member:
    """One member in the list.

    Attributes
    ----------
    email : str
        Empty where the reader only assists.
    """

    user_id: int
    name: str
    email: str
    role: str
    group: str
    time_factor: float
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that waits for its answer."""

    id: int
    email: str
    name: str
    role: str
    group: str
    time_factor: float
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """What every page of the list begins with.

    Attributes
    ----------
    teaches : bool
        Whether the reader may change something here.
    groups : tuple of str
        All groups of the class, by name.
    """

    place: Place
    teaches: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """A page of the people of a class.

    Attributes
    ----------
    staff : tuple of Member
        Instructors and assistants, at the head of an unfiltered list.
    members : tuple of Member
        Learners by name; with filters, whoever fits them.
    earlier, later : str
        Where the pages beside this one begin; empty at the ends.
    invitations : tuple of Waiting
        By address, for those who teach, below the start of an unfiltered list.
    more_invitations : str
        Where the next of them begin; empty after the last.
    """

    staff: tuple[Member, ...]
    members: tuple[Member, ...]
    earlier: str
    later: str
    invitations: tuple[Waiting, ...]
    more_invitations: str


def head(person: Principal, class_id: int, power: Power = ASSIST) -> Head:
    """Find a class whose people somebody may read, or may do more with.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` does.
    """
    place = place_in(person, class_id, power)
    return Head(place, place.may(TEACH), titles_of(class_id))


def people(found: Head, filters: PeopleFilters, spot: Spot, invited_after: str = "") -> People:
    """Read one page of the people of a class.

    Parameters
    ----------
    found : Head
        The class, as `head` found it for the reader.
    invited_after : str
        The last address of the page of invitations before.
    """
    class_id, teaches = found.place.class_id, found.teaches
    is_start = spot == Spot() and not filters.any
    rows, earlier, later = _page(class_id, filters, spot)
    waiting = _invitations(class_id, invited_after) if teaches and is_start else []
    return People(
        staff=_members(_staff(class_id), teaches=teaches) if is_start else (),
        members=_members(rows, teaches=teaches),
        earlier=earlier,
        later=later,
        invitations=tuple(map(_waiting, waiting[:PAGE])),
        more_invitations=waiting[PAGE - 1].email if len(waiting) > PAGE else "",
    )


def _page(class_id: int, filters: PeopleFilters, spot: Spot) -> tuple[list[Row], str, str]:
    """Read the members of a page, and where the pages beside it begin."""
    statement = reads.MEMBERS.where(*_fits(filters)).limit(PAGE + 1)
    if spot.before is not None:
        upwards = statement.where(reads.before_name(spot.before.value, spot.before.user_id))
        found = db.session.execute(reads.downwards(upwards), {"class": class_id}).all()
        rows = list(reversed(found[:PAGE]))
        return rows, _place(rows[:1]) if len(found) > PAGE else "", _place(rows[-1:])
    if spot.after is not None:
        statement = statement.where(reads.after_name(spot.after.value, spot.after.user_id))
    found = db.session.execute(statement.order_by(*reads.BY_NAME), {"class": class_id}).all()
    rows = list(found[:PAGE])
    more = len(found) > PAGE
    return rows, _place(rows[:1]) if spot.after else "", _place(rows[-1:]) if more else ""


def _fits(filters: PeopleFilters) -> Iterator[sa.ColumnElement[bool]]:
    if filters.role or not filters.any:
        # Those who teach stand at the head of the list, and not among the learners.
        yield ClassMember.role == (filters.role or ClassRole.LEARNER)
    if filters.name:
        name = clean(filters.name).text.casefold()
        yield ClassMember.sort_name.contains(name, autoescape=True)
    if filters.group == NO_GROUP:
        yield ClassMember.group_id.is_(None)
    elif filters.group:
        yield ClassGroup.title == filters.group


def _place(rows: list[Row]) -> str:
    return str(Cursor(0, rows[0].user_id, rows[0].sort_name)) if rows else ""


def _staff(class_id: int) -> list[Row]:
    teaching = reads.MEMBERS.where(ClassMember.role != ClassRole.LEARNER)
    ordered = teaching.order_by(ClassMember.role.desc(), *reads.BY_NAME).limit(STAFF_MOST)
    return list(db.session.execute(ordered, {"class": class_id}).all())


def _members(rows: list[Row], *, teaches: bool) -> tuple[Member, ...]:
    return tuple(
        Member(
            user_id=row.user_id,
            name=row.display_name,
            email=(row.email or "") if teaches else "",
            role=row.role,
            group=row.group or "",
            time_factor=row.time_factor,
            joined_at=row.joined_at,
        )
        for row in rows
    )


def _invitations(class_id: int, after: str) -> list[Row]:
    page = reads.INVITATIONS.where(ClassInvitation.email > clean(after).text)
    page = page.order_by(*reads.BY_ADDRESS).limit(PAGE + 1)
    return list(db.session.execute(page, {"class": class_id}).all())


def _waiting(row: Row) -> Waiting:
    return Waiting(**{**row._asdict(), "group": row.group or ""})

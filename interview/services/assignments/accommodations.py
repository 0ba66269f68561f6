"""Whose terms differ: an assignment's learners, and one learner's own terms, to be read."""

from dataclasses import dataclass
from datetime import datetime

from interview.rules.assigning import Terms
from interview.services.assignments.terms import terms_of
from interview.services.assignments.walls import wall_of
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import TEACH, Place, assignment_for
from interview.services.cursors import Cursor
from interview.services.principals import Principal
from interview.store import live
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.types import AnyRow as Row

PAGE = 50


@dataclass(frozen=True, slots=True)
class Own:
    """What differs for one learner; what is empty is as for everybody.

    Attributes
    ----------
    opens, due, closes : datetime or None
        As the clocks of the assignment's zone show them; without a zone.
    factor : float or None
        In place of the factor in the class.
    reason : str
        Why.
    """

    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    factor: float | None = None
    extra_attempts: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One learner in the list.

    Attributes
    ----------
    own : Own or None
        None for a learner without terms of their own.
    """

    user_id: int
    name: str
    group: str
    class_factor: float
    own: Own | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """An assignment, as its accommodations are about.

    Attributes
    ----------
    zone : str
        IANA name of the place whose clocks its dates are stated in.
    is_archived : bool
        Whether its class is: then nothing is changed.
    """

    assignment_id: int
    title: str
    class_id: int
    class_title: str
    zone: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of an assignment's learners, those with terms of their own first."""

    sheet: Sheet
    lines: tuple[Line, ...]
    following: str


@dataclass(frozen=True, slots=True)
class Running:
    """The attempt that a learner is sitting."""

    number: int
    deadline: datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """One learner's terms of one assignment.

    Attributes
    ----------
    own : Own or None
        What is kept for the learner.
    usual, terms : Terms
        What would hold without it, and what holds.
    """

    sheet: Sheet
    user_id: int
    name: str
    class_factor: float
    own: Own | None
    usual: Terms
    terms: Terms
    running: Running | None


def listing(person: Principal, assignment_id: int, after: Cursor | None) -> Listing:
    """Read a page of those whom an assignment is for.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` says; the reader has to teach.
    """
    assignment, place = assignment_for(person, assignment_id, TEACH)
    statement = live.OWN_TERMS.order_by(*live.OWN_FIRST).limit(PAGE + 1)
    if after is not None:
        statement = statement.where(after.comes_before(*live.OWN_FIRST))
    rows = db.session.execute(statement, {"assignment": assignment_id}).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Listing(
        sheet=_sheet(assignment, place),
        lines=tuple(_line(assignment, row) for row in rows[:PAGE]),
        following=str(Cursor(last.rank, last.user_id, last.sort_name)) if last else "",
    )


def card(person: Principal, assignment_id: int, user_id: int) -> Card:
    """Read one learner's terms.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` says; and when the assignment is not for that learner.
    """
    assignment, place = assignment_for(person, assignment_id, TEACH)
    row = own_row(assignment_id, user_id)
    running = db.session.execute(
        live.RUNNING, {"assignment": assignment_id, "user": user_id}
    ).first()
    return Card(
        sheet=_sheet(assignment, place),
        user_id=user_id,
        name=row.display_name,
        class_factor=row.class_factor,
        own=_own(assignment, row),
        usual=terms_of(assignment, row.class_factor, None),
        terms=terms_of(assignment, row.class_factor, row),
        running=running and Running(running.number, running.deadline_at),
    )


def own_row(assignment_id: int, user_id: int) -> Row:
    """Read what is kept for a learner of an assignment; empty where nothing is.

    Raises
    ------
    NotFound
        When the assignment is not for that learner.
    """
    if user_id > LARGEST:
        raise NotFound
    row = db.session.execute(
        live.OWN_TERMS.where(ClassMember.user_id == user_id), {"assignment": assignment_id}
    ).first()
    if row is None:
        raise NotFound
    return row


def _sheet(assignment: Row, place: Place) -> Sheet:
    return Sheet(
        assignment_id=assignment.id,
        title=assignment.title,
        class_id=place.class_id,
        class_title=place.title,
        zone=assignment.time_zone,
        is_archived=place.archived_at is not None,
    )


def _line(assignment: Row, row: Row) -> Line:
    return Line(
        user_id=row.user_id,
        name=row.display_name,
        group=row.group_title or "",
        class_factor=row.class_factor,
        own=_own(assignment, row),
    )


def _own(assignment: Row, row: Row) -> Own | None:
    if row.own_id is None:
        return None

    def wall(moment: datetime | None) -> datetime | None:
        return moment and wall_of(moment, assignment.time_zone)

    return Own(
        opens=wall(row.opens_at),
        due=wall(row.due_at),
        closes=wall(row.closes_at),
        factor=row.time_factor,
        extra_attempts=row.extra_attempts,
        reason=row.reason,
    )

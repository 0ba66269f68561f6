"""An assignment as those who teach or assist see it: terms, how far, and who has not begun."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from interview.services.assignments import audience, reminding
from interview.services.assignments.listing import status_of
from interview.services.assignments.policies import policy_of
from interview.services.assignments.preparing import Released, released
from interview.services.assignments.terms import terms_of
from interview.services.assignments.versions import Version, version_of
from interview.services.classes.access import TEACH, Place
from interview.services.cursors import Cursor
from interview.store import assignment_reads as reads
from interview.store.class_reads import BY_NAME, after_name
from interview.store.db import db
from interview.store.types import AnyRow as Row
from interview.store.users import User

PAGE = 50


@dataclass(frozen=True, slots=True)
class Counts:
    """How far learners are.

    Attributes
    ----------
    learners : int
        How many it is for.
    waiting : int
        How many of them have not started.
    invited : int
        How many more it will be for, once they join the class.
    """

    learners: int
    started: int
    finished: int
    running: int
    needs_review: int
    waiting: int
    invited: int


@dataclass(frozen=True, slots=True)
class Overseen:
    """An assignment with everything that those who teach it look for first.

    Attributes
    ----------
    row : Row
        All of its columns.
    whom : str
        For whom it is, in words.
    not_started : tuple of (int, str)
        Number and name of learners who have not begun, by name.
    following : str
        Where the next page of them begins; empty on the last one.
    """

    row: Row
    place: Place
    status: str
    version: Version
    whom: str
    limit: timedelta | None
    question_limit: timedelta | None
    released: tuple[Released, ...]
    counts: Counts
    not_started: tuple[tuple[int, str], ...]
    following: str
    reminder: reminding.Chance

    @property
    def teaches(self) -> bool:
        """Whether the reader may change it."""
        return self.place.may(TEACH) and self.place.archived_at is None

    @property
    def limit_is_short(self) -> bool:
        """Whether a prepared candidate could hardly be done in time."""
        return self.limit is not None and self.limit < self.version.expected


def oversee(row: Row, place: Place, after: Cursor | None, now: datetime) -> Overseen:
    """Read an assignment for somebody who teaches or assists.

    Parameters
    ----------
    row, place
        As `assignment_for` found them for this person.
    after : Cursor or None
        Where the list of those who have not begun goes on.
    """
    terms = terms_of(row, 1.0, None)
    lines, following = _not_started(row.id, after)
    counts = _counts(row.id)
    return Overseen(
        row=row,
        place=place,
        status=status_of(row, now),
        version=version_of(row.set_version_id),
        whom=audience.in_words(audience.audience_of(row.id)),
        limit=terms.limit,
        question_limit=terms.question_limit,
        released=released(policy_of(row)),
        counts=counts,
        not_started=lines,
        following=following,
        reminder=reminding.chance(row, place, counts.waiting, now),
    )


def _counts(assignment_id: int) -> Counts:
    named = {"assignment": assignment_id}
    row = db.session.execute(reads.COUNTED, named).one()
    return Counts(
        learners=row.learners,
        started=row.started,
        finished=row.finished,
        running=row.running,
        needs_review=row.needs_review,
        waiting=db.session.scalar(reads.WAITING, named) or 0,
        invited=db.session.scalar(reads.INVITED, named) or 0,
    )


def _not_started(
    assignment_id: int, after: Cursor | None
) -> tuple[tuple[tuple[int, str], ...], str]:
    statement = reads.not_started().add_columns(User.display_name)
    statement = statement.join(User, User.id == reads.MEMBER_ID).order_by(*BY_NAME)
    if after is not None:
        statement = statement.where(after_name(after.value, after.user_id))
    rows = db.session.execute(statement.limit(PAGE + 1), {"assignment": assignment_id}).all()
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    following = str(Cursor(0, last.user_id, last.sort_name)) if last else ""
    return tuple((row.user_id, row.display_name) for row in rows[:PAGE]), following

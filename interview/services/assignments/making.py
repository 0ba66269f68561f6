"""Giving a published set to learners."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services import audit
from interview.services.assignments import audience, stating
from interview.services.assignments.clocks import reclock
from interview.services.assignments.stating import Audience, Impossible, Stated
from interview.services.assignments.walls import wall_of
from interview.services.audit import Change
from interview.services.classes.access import TEACH, Place, place_in
from interview.services.classes.changing import Archived, hold_class
from interview.services.principals import Principal
from interview.services.sets.choosing import PublishedSet, published
from interview.services.unit import write
from interview.store.assignments import Assignment

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Kept:
    """An assignment that was kept.

    Attributes
    ----------
    notices : tuple of str
        What the instructor should know about its terms.
    """

    id: int
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """What the form for a new assignment begins with.

    Attributes
    ----------
    stated : Stated
        Terms to begin with: open at once, closing at the end of a day a week later.
    """

    place: Place
    sets: tuple[PublishedSet, ...]
    choices: audience.Choices
    stated: Stated


def blank(person: Principal, class_id: int, now: datetime) -> Blank:
    """Read what the form for a new assignment offers.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` raises them.
    Archived
        When nothing can be given in the class any more.
    """
    place, sets = teachable(person, class_id), published(person)
    opens = wall_of(now, place.zone)
    stated = Stated(
        version_id=sets[0].version_id if sets else 0,
        title="",
        zone=place.zone,
        opens=opens,
        closes=(opens + _WEEK).replace(hour=23, minute=59),
    )
    return Blank(place, sets, audience.choices(class_id), stated)


def teachable(person: Principal, class_id: int) -> Place:
    """Find a class that the person teaches and that is not archived."""
    place = place_in(person, class_id, TEACH)
    if place.archived_at is not None:
        raise Archived
    return place


def give(person: Principal, class_id: int, stated: Stated, now: datetime) -> Kept:
    """Give a set to learners of a class.

    Raises
    ------
    NotFound, Forbidden, Archived
        As `blank` raises them.
    Impossible
        When the terms cannot be kept.
    """
    place = teachable(person, class_id)
    chosen = next((one for one in published(person) if one.version_id == stated.version_id), None)
    if chosen is None:
        raise Impossible({"version_id": "Choose one of your published sets."})
    columns, notices = stating.columns_of(stated)
    whom = audience.checked(class_id, stated.audience)
    with write() as session:
        hold_class(session, class_id)
        assignment_id = _insert(session, class_id, columns, whom, now)
        audit.note(session, person, _made(place, columns, whom, chosen), now)
    needed = timedelta(seconds=chosen.target_seconds)
    return Kept(assignment_id, (*notices, *short_limit(stated, needed)))


def _insert(
    session: Session, class_id: int, columns: dict[str, Any], whom: Audience, now: datetime
) -> int:
    assignment_id: int = session.execute(
        sa.insert(Assignment)
        .values(class_id=class_id, created_at=now, **columns)
        .returning(Assignment.id)
    ).scalar_one()
    audience.put(session, assignment_id, whom)
    reclock(session, assignment_id)
    return assignment_id


def _made(place: Place, columns: dict[str, Any], whom: Audience, chosen: PublishedSet) -> Change:
    details = {
        **in_the_log(columns),
        "set": f"{chosen.title}, version {chosen.number}",
        "for": audience.in_words(whom),
    }
    return Change(
        "assignment.made", columns["title"], place.class_id, details=audit.changes({}, details)
    )


def in_the_log(columns: dict[str, Any]) -> dict[str, Any]:
    """Columns as the audit log keeps them: an access code is a secret of the class."""
    plain = {name: value for name, value in columns.items() if name != "set_version_id"}
    return {**plain, "access_code": "set" if columns["access_code"] else ""}


def short_limit(stated: Stated, needed: timedelta) -> list[str]:
    """Say so where a prepared candidate could hardly be done in time."""
    if stated.whole_minutes is None:
        return []
    if timedelta(minutes=stated.whole_minutes) >= needed:
        return []
    least = f"about {round(needed / timedelta(minutes=1))} min"
    return [f"The limit is short: a prepared candidate needs {least} for this set."]

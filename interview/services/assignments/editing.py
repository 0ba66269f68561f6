"""Changing an assignment, withdrawing it, and giving it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.attempt import AttemptState
from interview.rules.typed import clean
from interview.services import audit
from interview.services.assignments import audience, stating
from interview.services.assignments.clocks import reclock
from interview.services.assignments.entries import refresh
from interview.services.assignments.making import Kept, in_the_log, short_limit
from interview.services.assignments.policies import policy_of
from interview.services.assignments.stating import Audience, Impossible, Stated
from interview.services.assignments.versions import Version, version_of
from interview.services.audit import Change
from interview.services.classes.access import TEACH, Place, assignment_for
from interview.services.classes.changing import Archived, hold_class
from interview.services.principals import Principal
from interview.services.sets.choosing import PublishedSet, published
from interview.services.unit import UNSYNCED, write
from interview.store import assignment_reads as reads
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.types import AnyRow as Row

_OF_RUNNING = (
    "opens_at", "due_at", "closes_at", "whole_limit_seconds", "question_limit_seconds",
    "attempts_allowed", "counts", "delay_seconds", "late_percent", "returnable",
)  # fmt: skip
"""What changes the terms of people who have begun: it needs a reason."""

_OF_MAIL = ("opens_at", "due_at", "closes_at")
"""What changes when learners are to be told of it."""

_OF_SCORES = ("due_at", "whole_limit_seconds", "counts", "late_percent")
"""What changes scores that are counted already."""


@dataclass(frozen=True, slots=True)
class Editing:
    """What the form for a given assignment begins with.

    Attributes
    ----------
    started, running : int
        How many learners have begun, and how many are sitting it now.
    newer : PublishedSet or None
        A newer version of the set, while nobody has begun.
    """

    id: int
    place: Place
    stated: Stated
    version: Version
    sets: tuple[PublishedSet, ...]
    choices: audience.Choices
    started: int
    running: int
    archived_at: datetime | None
    newer: PublishedSet | None


def look(person: Principal, assignment_id: int) -> Editing:
    """Read an assignment for somebody who may change it.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` raises them.
    Archived
        When nothing changes in its class any more.
    """
    row, place = _changeable(person, assignment_id)
    whom = audience.audience_of(assignment_id)
    counted = db.session.execute(reads.COUNTED, {"assignment": assignment_id}).one()
    sets, version = published(person), version_of(row.set_version_id)
    return Editing(
        id=assignment_id,
        place=place,
        stated=stating.stated_of(row, whom),
        version=version,
        sets=sets,
        choices=audience.choices(place.class_id, whom.people),
        started=counted.started,
        running=counted.running,
        archived_at=row.archived_at,
        newer=None if counted.started else _newer(sets, version),
    )


def _newer(sets: tuple[PublishedSet, ...], version: Version) -> PublishedSet | None:
    newest = (one for one in sets if one.set_id == version.set_id and one.is_newest)
    return next((one for one in newest if one.version_id != version.id), None)


def _changeable(person: Principal, assignment_id: int) -> tuple[Row, Place]:
    row, place = assignment_for(person, assignment_id, TEACH)
    if place.archived_at is not None:
        raise Archived
    return row, place


def change(
    person: Principal, assignment_id: int, stated: Stated, reason: str, now: datetime
) -> Kept:
    """Change the terms of an assignment; attempts that run go by the new ones at once.

    Raises
    ------
    NotFound, Forbidden, Archived
        As `look` raises them.
    Impossible
        When the terms cannot be kept, or need a reason.
    """
    seen, place = _changeable(person, assignment_id)
    reason = clean(reason).text.strip()
    offered = {one.version_id for one in published(person)} | {seen.set_version_id}
    if stated.version_id not in offered:
        raise Impossible({"version_id": "Choose one of your published sets."})
    columns, notices = stating.columns_of(stated, seen)
    whom = audience.checked(place.class_id, stated.audience)
    expected = version_of(stated.version_id).expected
    with write() as session:
        hold_class(session, place.class_id)
        # Whoever starts now waits until this is done, and then reads the new terms.
        row = session.execute(reads.ASSIGNMENT_LOCKED, {"assignment": assignment_id}).one()
        _refuse_late_changes(session, row, columns, reason)
        changed = _put(session, row, columns, whom)
        if changed:
            noted = Change(
                "assignment.changed", columns["title"], place.class_id, None, changed, reason
            )
            audit.note(session, person, noted, now)
    return Kept(assignment_id, (*notices, *short_limit(stated, expected)))


def _refuse_late_changes(session: Session, row: Row, columns: dict[str, Any], reason: str) -> None:
    attempts = sa.select(Attempt.id).where(Attempt.assignment_id == row.id)
    if session.scalar(attempts.limit(1)) is None:
        return
    problems = {}
    if columns["set_version_id"] != row.set_version_id:
        problems["version_id"] = "Somebody has started: the questions stay as they are."
    if columns["shuffle"] != row.shuffle:
        problems["shuffle"] = "Somebody has started: the order stays as it is."
    if not reason and any(columns[name] != getattr(row, name) for name in _OF_RUNNING):
        problems["reason"] = "Somebody has started: say why their dates, limits or scores change."
    if problems:
        raise Impossible(problems)


def _put(session: Session, row: Row, columns: dict[str, Any], whom: Audience) -> dict[str, Any]:
    """Keep new terms and have everything follow them; what was changed is returned."""
    before = {**in_the_log(row._asdict()), **_told(row.set_version_id, row.id)}
    as_told = all(columns[name] == getattr(row, name) for name in _OF_MAIL)
    session.execute(
        sa.update(Assignment)
        .where(Assignment.id == row.id)
        .values(**columns, reminded_at=row.reminded_at if as_told else None),
        execution_options=UNSYNCED,
    )
    audience.put(session, row.id, whom)
    _follow(session, row, columns)
    after = {**in_the_log(columns), **_told(columns["set_version_id"], row.id)}
    changed: dict[str, Any] = audit.changes(before, after)
    if columns["access_code"] != row.access_code:
        changed["access_code"] = [before["access_code"], after["access_code"]]
    return changed


def _told(version_id: int, assignment_id: int) -> dict[str, str]:
    """The set and the audience in words, for the audit log."""
    version = version_of(version_id)
    return {
        "set": f"{version.title}, version {version.number}",
        "for": audience.in_words(audience.audience_of(assignment_id)),
    }


def _follow(session: Session, before: Row, columns: dict[str, Any]) -> None:
    """Have running attempts and counted scores go by the new terms."""
    reclock(session, before.id)
    row = session.execute(reads.ASSIGNMENT, {"assignment": before.id}).one()
    session.execute(
        sa.update(Attempt)
        .where(Attempt.assignment_id == row.id, Attempt.state == AttemptState.OPEN)
        .values(feedback=policy_of(row).feedback),
        execution_options=UNSYNCED,
    )
    if any(columns[name] != getattr(before, name) for name in _OF_SCORES):
        entries = sa.select(GradebookEntry.user_id).where(GradebookEntry.assignment_id == row.id)
        for user_id in session.scalars(entries.order_by(GradebookEntry.user_id)).all():
            refresh(session, row.id, user_id)


def withdraw(person: Principal, assignment_id: int, now: datetime) -> bool:
    """Let nobody start any more; what is being sat ends by its own clocks.

    Returns
    -------
    bool
        Whether it was given until now.
    """
    return _put_archived(person, assignment_id, now, now)


def give_again(person: Principal, assignment_id: int, now: datetime) -> bool:
    """Take back that an assignment was withdrawn; False where it was not."""
    return _put_archived(person, assignment_id, None, now)


def _put_archived(
    person: Principal, assignment_id: int, archived_at: datetime | None, now: datetime
) -> bool:
    row, place = _changeable(person, assignment_id)
    is_new = (
        Assignment.archived_at.is_(None) if archived_at else Assignment.archived_at.is_not(None)
    )
    with write() as session:
        hold_class(session, place.class_id)
        done = session.execute(
            sa.update(Assignment)
            .where(Assignment.id == assignment_id, is_new)
            .values(archived_at=archived_at)
            .returning(Assignment.id),
            execution_options=UNSYNCED,
        ).first()
        if done is not None:
            details = {"given": [archived_at is not None, archived_at is None]}
            change = Change("assignment.archived", row.title, place.class_id, details=details)
            audit.note(session, person, change, now)
    return done is not None

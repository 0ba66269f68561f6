"""The settings of a class: what it says about itself, who can join, whether it is over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.audit import Change, changes, note
from interview.services.classes import codes
from interview.services.classes.access import TEACH, lock_class, place_in
from interview.services.classes.changing import hold_class
from interview.services.classes.making import ClassDetails
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.classes import Class
from interview.store.db import db

_SETTINGS = (Class.title, Class.description, Class.time_zone, Class.joining)


@dataclass(frozen=True, slots=True)
class ClassSettings:
    """A class as those who teach it set it.

    Attributes
    ----------
    joining : bool
        Whether the code lets people in.
    code : str
        The join code, in two halves.
    """

    class_id: int
    title: str
    description: str
    zone: str
    joining: bool
    code: str
    archived_at: datetime | None


def settings_of(person: Principal, class_id: int) -> ClassSettings:
    """Read the settings of a class for somebody who teaches it.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` does.
    """
    place_in(person, class_id, TEACH)
    row = db.session.execute(
        sa.select(*_SETTINGS, Class.join_code, Class.archived_at).where(Class.id == class_id)
    ).one()
    return ClassSettings(
        class_id=class_id,
        title=row.title,
        description=row.description,
        zone=row.time_zone,
        joining=row.joining,
        code=codes.in_halves(row.join_code),
        archived_at=row.archived_at,
    )


def change_settings(
    person: Principal, class_id: int, details: ClassDetails, now: datetime, *, joining: bool
) -> None:
    """Change what a class says about itself, and whether its code lets people in.

    Raises
    ------
    DetailError
        When a detail cannot be used.
    Archived
        When the class is.
    NotFound, Forbidden
        As `place_in` does.
    """
    place_in(person, class_id, TEACH)
    made = details.checked()
    after = {
        "title": made.title,
        "description": made.description,
        "time_zone": made.zone,
        "joining": joining,
    }
    with write() as session:
        hold_class(session, class_id)
        before = session.execute(sa.select(*_SETTINGS).where(Class.id == class_id)).one()._asdict()
        if what := changes(before, after):
            _put(session, class_id, after)
            note(session, person, Change("class.changed", made.title, class_id, details=what), now)


def draw_new_code(person: Principal, class_id: int, now: datetime) -> None:
    """Give a class another join code; the one before lets nobody in any more.

    Raises
    ------
    Archived
        When the class is.
    NotFound, Forbidden
        As `place_in` does.
    """
    place = place_in(person, class_id, TEACH)
    with write() as session:
        hold_class(session, class_id)
        _put(session, class_id, {"join_code": codes.draw()})
        # The log is read by more people, and for longer, than a code should be.
        what = {"join_code": ["ended", "drawn anew"]}
        note(session, person, Change("class.changed", place.title, class_id, details=what), now)


def archive(person: Principal, class_id: int, now: datetime, *, archived: bool) -> None:
    """Archive a class, or take it up again; what is so already stays so.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` does.
    """
    place = place_in(person, class_id, TEACH)
    as_it_was = Class.archived_at.is_(None) if archived else Class.archived_at.is_not(None)
    with write() as session:
        lock_class(session, class_id)
        turned = session.execute(
            sa.update(Class)
            .where(Class.id == class_id, as_it_was)
            .values(archived_at=now if archived else None)
            .returning(Class.id),
            execution_options=UNSYNCED,
        ).first()
        if turned is not None:
            what = {"archived": [not archived, archived]}
            change = Change("class.archived", place.title, class_id, details=what)
            note(session, person, change, now)


def _put(session: Session, class_id: int, values: dict[str, Any]) -> None:
    session.execute(
        sa.update(Class).where(Class.id == class_id).values(**values),
        execution_options=UNSYNCED,
    )

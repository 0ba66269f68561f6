"""Making a class, and what one is made of."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.rules.access import ClassRole
from interview.rules.typed import clean
from interview.services.accounts.details import DetailError, check_zone
from interview.services.audit import Change, changes, note
from interview.services.classes import codes
from interview.services.classes.access import Forbidden
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.classes import Class, ClassMember

TITLE_MOST = 120
DESCRIPTION_MOST = 5_000


@dataclass(frozen=True, slots=True)
class ClassDetails:
    """What those who teach a class say about it.

    Attributes
    ----------
    zone : str
        IANA name of the zone that its dates are stated in.
    """

    title: str
    description: str
    zone: str

    def checked(self) -> "ClassDetails":
        """Return the same in one form.

        Raises
        ------
        DetailError
            When one of them cannot be used.
        """
        return ClassDetails(
            clean_title(self.title), clean_description(self.description), check_zone(self.zone)
        )


def clean_title(text: str) -> str:
    """Put a title on one line, without characters that would garble a list.

    Raises
    ------
    DetailError
        When nothing is left, or too much.
    """
    title = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not title:
        raise DetailError("Enter a title.")
    if len(title) > TITLE_MOST:
        raise DetailError(f"A title can have {TITLE_MOST} characters; this one has {len(title)}.")
    return title


def clean_description(text: str) -> str:
    """Make a description storable.

    Raises
    ------
    DetailError
        When it is too long.
    """
    description = clean(text).text.strip()
    if len(description) > DESCRIPTION_MOST:
        raise DetailError(
            f"A description can have {DESCRIPTION_MOST:,} characters; "
            f"this one has {len(description):,}."
        )
    return description


def make(person: Principal, details: ClassDetails, now: datetime) -> int:
    """Make a class, which its maker teaches.

    Returns
    -------
    int
        The new class.

    Raises
    ------
    DetailError
        When a detail cannot be used.
    Forbidden
        When the person may not make classes.
    """
    if not person.is_author:
        raise Forbidden
    made = details.checked()
    row = {"title": made.title, "description": made.description, "time_zone": made.zone}
    with write() as session:
        class_id = session.execute(
            sa.insert(Class)
            .values(**row, join_code=codes.draw(), created_at=now)
            .returning(Class.id)
        ).scalar_one()
        session.execute(
            sa.insert(ClassMember).values(
                class_id=class_id,
                user_id=person.id,
                role=ClassRole.INSTRUCTOR,
                sort_name=person.name.casefold(),
                joined_at=now,
            )
        )
        made_so = changes({}, {"title": made.title, "time_zone": made.zone})
        note(session, person, Change("class.made", made.title, class_id, details=made_so), now)
    return class_id

"""For whom an assignment is: the class, some of its groups, or some of its learners."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.rules.access import ClassRole
from interview.rules.typed import clean
from interview.services.accounts.details import DetailError, normalise_email
from interview.services.assignments.stating import Audience, Impossible
from interview.services.attempts.loading import LARGEST
from interview.services.unit import UNSYNCED
from interview.store.assignments import AssignmentTarget
from interview.store.classes import ClassGroup, ClassMember
from interview.store.db import db
from interview.store.users import User

LISTED = 200
"""Learners to tick; those of a larger class are also named by their addresses."""

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom an assignment can be given to.

    Attributes
    ----------
    groups, people : tuple of (int, str)
        Number and name, by name.
    all_listed : bool
        Whether `people` are all learners of the class.
    """

    groups: tuple[tuple[int, str], ...]
    people: tuple[tuple[int, str], ...]
    all_listed: bool


def choices(class_id: int, ticked: Collection[int] = ()) -> Choices:
    """Read whom an assignment of a class can be given to; those ticked are listed for sure."""
    groups = db.session.execute(
        sa.select(ClassGroup.id, ClassGroup.title)
        .where(ClassGroup.class_id == class_id)
        .order_by(ClassGroup.title)
    )
    learners = (
        sa.select(ClassMember.user_id, User.display_name)
        .join(User, User.id == ClassMember.user_id)
        .where(*_learns_in(class_id))
        .order_by(ClassMember.sort_name, ClassMember.user_id)
    )
    first = db.session.execute(learners.limit(LISTED + 1)).all()
    people = first[:LISTED]
    missing = set(ticked) - {row.user_id for row in people}
    if missing:
        people = [*db.session.execute(learners.where(ClassMember.user_id.in_(missing))), *people]
    return Choices(
        groups=tuple((row.id, row.title) for row in groups),
        people=tuple((row.user_id, row.display_name) for row in people),
        all_listed=len(first) <= LISTED,
    )


def _learns_in(class_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return (ClassMember.class_id == class_id, ClassMember.role == ClassRole.LEARNER)


def _by_address(class_id: int, lines: str) -> tuple[int, ...]:
    typed = [line.strip() for line in clean(lines).text.splitlines() if line.strip()]
    addresses = {_address(line): line for line in typed}
    found = db.session.execute(
        sa.select(User.id, User.email)
        .join(ClassMember, ClassMember.user_id == User.id)
        .where(*_learns_in(class_id), User.email.in_(addresses))
    ).all()
    unknown = [addresses[one] for one in sorted(set(addresses) - {row.email for row in found})]
    if unknown:
        raise Impossible({"addresses": f"No learner of the class has: {', '.join(unknown)}."})
    return tuple(row.id for row in found)


def _address(line: str) -> str:
    try:
        return normalise_email(line)
    except DetailError:
        return line


def checked(class_id: int, audience: Audience) -> Audience:
    """Return an audience that is all in the class.

    Raises
    ------
    Impossible
        When somebody must be chosen, or a choice is not in the class.
    """
    if audience.kind == "groups":
        groups = sa.select(ClassGroup.id).where(
            ClassGroup.class_id == class_id, ClassGroup.id.in_(audience.groups)
        )
        return Audience("groups", groups=_all_of("groups", audience.groups, groups))
    if audience.kind == "people":
        wanted = {*audience.people, *_by_address(class_id, audience.addresses)}
        people = sa.select(ClassMember.user_id).where(
            *_learns_in(class_id), ClassMember.user_id.in_(wanted)
        )
        return Audience("people", people=_all_of("people", wanted, people))
    return Audience()


def _all_of(kind: str, numbers: Collection[int], those: sa.Select[int]) -> tuple[int, ...]:
    one = "group" if kind == "groups" else "person"
    if not numbers:
        raise Impossible({kind: f"Choose at least one {one}."})
    known = all(0 < number <= LARGEST for number in numbers)
    found = db.session.scalars(those).all() if known else ()
    if set(found) != set(numbers):
        raise Impossible({kind: f"A {one} that was chosen is no longer in the class."})
    return tuple(sorted(found))


def audience_of(assignment_id: int) -> Audience:
    """Read for whom an assignment is."""
    rows = db.session.execute(
        sa.select(AssignmentTarget.group_id, AssignmentTarget.user_id)
        .where(AssignmentTarget.assignment_id == assignment_id)
        .order_by(AssignmentTarget.group_id, AssignmentTarget.user_id)
    ).all()
    groups = tuple(row.group_id for row in rows if row.group_id is not None)
    people = tuple(row.user_id for row in rows if row.user_id is not None)
    if groups:
        return Audience("groups", groups=groups)
    return Audience("people", people=people) if people else Audience()


def put(session: Session, assignment_id: int, audience: Audience) -> None:
    """Keep for whom an assignment is, in place of what was kept."""
    session.execute(
        sa.delete(AssignmentTarget).where(AssignmentTarget.assignment_id == assignment_id),
        execution_options=UNSYNCED,
    )
    groups = [{"group_id": number, "user_id": None} for number in audience.groups]
    people = [{"group_id": None, "user_id": number} for number in audience.people]
    if groups or people:
        rows = [{"assignment_id": assignment_id, **target} for target in groups + people]
        session.execute(sa.insert(AssignmentTarget), rows)


def in_words(audience: Audience) -> str:
    """Say for whom an assignment is, in words that stay readable."""
    if audience.kind == "class":
        return "the whole class"
    if audience.kind == "groups":
        titles = db.session.scalars(
            sa.select(ClassGroup.title)
            .where(ClassGroup.id.in_(audience.groups))
            .order_by(ClassGroup.title)
        )
        return ", ".join(titles)
    if len(audience.people) > _NAMED:
        return f"{len(audience.people)} people"
    names = db.session.scalars(
        sa.select(User.display_name).where(User.id.in_(audience.people)).order_by(User.display_name)
    )
    return ", ".join(names)

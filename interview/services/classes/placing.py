"""Changing a member's place in a class, and taking it away."""

from dataclasses import asdict, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.formats.roster import (
    GROUP_MOST,
    LEAST_FACTOR,
    MOST_FACTOR,
    ROLES,
    group_title,
    time_factor,
)
from interview.rules.access import ClassRole
from interview.rules.typed import clean
from interview.services.accounts.details import DetailError
from interview.services.audit import REASON_LIMIT, Change, changes, note
from interview.services.classes.access import TEACH, place_in
from interview.services.classes.changing import hold_class
from interview.services.classes.groups import group_named, spellings
from interview.services.classes.places import (
    MemberPlace,
    Terms,
    row_of,
    see_that_another_teaches,
    terms_in,
)
from interview.services.classes.retiming import hold_attempts, retime
from interview.services.principals import Principal
from interview.services.unit import UNSYNCED, write
from interview.store.classes import ClassMember

__all__ = ["GROUP_MOST", "REASON_LIMIT", "ROLES"]


class ChangedMeanwhile(Exception):
    """Somebody else changed the place since it was read."""


class ReasonMissing(DetailError):
    """Another time factor needs a reason."""


def change_place(
    person: Principal, member: MemberPlace, wanted: Terms, reason: str, now: datetime
) -> None:
    """Give somebody another role, group or time factor.

    Running attempts and closing dates follow the factor at once.

    Parameters
    ----------
    member : MemberPlace
        The place as the person saw it, read by `place_of`.
    reason : str
        Why the factor changes; needed only where it does.

    Raises
    ------
    DetailError
        When something cannot be used; as `ReasonMissing` where the reason is missing.
    ChangedMeanwhile
        When somebody else changed the place since it was read.
    LastInstructor
        When nobody would teach the class any more.
    Archived
        When the class is.
    NotFound
        When they are not in it any more.
    """
    asked, why = _checked(wanted), _reason(reason)
    class_id, user_id = member.class_id, member.user_id
    with write() as session:
        hold_class(session, class_id)
        before = terms_in(row_of(session, class_id, user_id))
        if before != member.terms:
            raise ChangedMeanwhile
        spelt = spellings(session, class_id).get(asked.group.casefold(), asked.group)
        checked = replace(asked, group=spelt)
        if before.role == ClassRole.INSTRUCTOR and checked.role != before.role:
            see_that_another_teaches(session, class_id, user_id)
        if before.time_factor != checked.time_factor and not why:
            raise ReasonMissing("Say why the time factor changes.")
        is_retimed = before.time_factor != checked.time_factor
        if is_retimed:
            hold_attempts(session, class_id, user_id)
        _put(session, class_id, user_id, checked)
        if is_retimed:
            retime(session, class_id, user_id, everybody=True)
        _note(session, person, member, checked, why, now)


def _put(session: Session, class_id: int, user_id: int, terms: Terms) -> None:
    values = {
        "role": terms.role,
        "group_id": group_named(session, class_id, terms.group),
        "time_factor": terms.time_factor,
    }
    session.execute(
        sa.update(ClassMember)
        .where(ClassMember.class_id == class_id, ClassMember.user_id == user_id)
        .values(**values),
        execution_options=UNSYNCED,
    )


def _note(
    session: Session, person: Principal, member: MemberPlace, after: Terms, why: str, now: datetime
) -> None:
    """Note the factor apart from the rest: it alone has a reason, and is looked for alone."""
    what = changes(asdict(member.terms), asdict(after))
    factor = what.pop("time_factor", None)
    about = (member.name, member.class_id, member.user_id)
    if what:
        note(session, person, Change("member.changed", *about, what), now)
    if factor:
        change = Change("member.accommodated", *about, {"time_factor": factor}, why)
        note(session, person, change, now)


def remove(person: Principal, class_id: int, user_id: int, now: datetime) -> str:
    """Take somebody out of a class; what they sat in it stays.

    Returns
    -------
    str
        Their name.

    Raises
    ------
    LastInstructor
        When nobody would teach the class any more.
    Archived
        When the class is.
    NotFound, Forbidden
        When they are not in it, or as `place_in` does.
    """
    place_in(person, class_id, TEACH)
    with write() as session:
        hold_class(session, class_id)
        row = row_of(session, class_id, user_id)
        if row.role == ClassRole.INSTRUCTOR:
            see_that_another_teaches(session, class_id, user_id)
        session.execute(
            sa.delete(ClassMember).where(
                ClassMember.class_id == class_id, ClassMember.user_id == user_id
            ),
            execution_options=UNSYNCED,
        )
        change = Change(
            "member.removed", row.display_name, class_id, user_id, asdict(terms_in(row))
        )
        note(session, person, change, now)
    return str(row.display_name)


def _checked(wanted: Terms) -> Terms:
    if wanted.role not in ROLES:
        raise DetailError(f"A role is one of: {', '.join(ROLES)}.")
    if not LEAST_FACTOR <= wanted.time_factor <= MOST_FACTOR:
        raise DetailError("A time factor is a number from 1 to 10.")
    return Terms(wanted.role, check_group(wanted.group), wanted.time_factor)


def check_group(text: str) -> str:
    """Return the name of a group in its one form.

    Raises
    ------
    DetailError
        When it is too long.
    """
    try:
        return group_title(text)
    except ValueError as error:
        raise DetailError(str(error)) from error


def read_factor(text: str) -> float:
    """Read a time factor as somebody typed it.

    Raises
    ------
    DetailError
        When it is no number from 1 to 10.
    """
    try:
        return time_factor(text)
    except ValueError as error:
        raise DetailError(str(error)) from error


def _reason(text: str) -> str:
    reason = clean(text).text.strip()
    if len(reason) > REASON_LIMIT:
        raise DetailError(
            f"A reason can have {REASON_LIMIT} characters; this one has {len(reason)}."
        )
    return reason

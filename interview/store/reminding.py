"""Reads for mail about assignments: what to look at, whom to tell, and what was told."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.assignment_reads import ADDRESSED, LIVE
from interview.store.assignments import Accommodation, Assignment, GradebookEntry
from interview.store.classes import Class, ClassMember
from interview.store.mail import MailOptOut, OutgoingMail
from interview.store.notices import Notification
from interview.store.users import User

_A, _M = Assignment, ClassMember
_REMINDED = _A.reminded_at.type

TO_LOOK_AT: sa.Select[Any] = (
    sa.select(*sa.inspect(Assignment).columns, Class.title.label("class_title"))
    .join(Class, Class.id == _A.class_id)
    .where(
        _A.remind,
        _A.archived_at.is_(None),
        Class.archived_at.is_(None),
        LIVE,
        sa.or_(
            _A.reminded_at.is_(None),
            _A.reminded_at <= bindparam("seen_before", type_=_REMINDED),
        ),
    )
    .order_by(sa.case((_A.reminded_at.is_(None), 0), else_=1), _A.reminded_at, _A.id)
    .limit(bindparam("most", type_=sa.Integer()))
)
"""Assignments that were not looked at for a while, those that never were first."""


def _wants_none(kind: str) -> sa.ColumnElement[bool]:
    switched_off = sa.select(MailOptOut.kind).where(
        MailOptOut.user_id == _M.user_id, MailOptOut.kind == kind
    )
    return switched_off.exists().label(f"no_{kind}")


LEARNERS: sa.Select[Any] = (
    ADDRESSED.join(User, User.id == _M.user_id)
    .outerjoin(
        Accommodation,
        sa.and_(Accommodation.assignment_id == _A.id, Accommodation.user_id == _M.user_id),
    )
    .outerjoin(
        GradebookEntry,
        sa.and_(GradebookEntry.assignment_id == _A.id, GradebookEntry.user_id == _M.user_id),
    )
    .add_columns(
        User.email, _M.time_factor.label("class_factor"),
        Accommodation.opens_at, Accommodation.due_at, Accommodation.closes_at,
        Accommodation.time_factor, Accommodation.extra_attempts,
        GradebookEntry.attempts, GradebookEntry.finished_at,
        *(_wants_none(kind) for kind in ("assigned", "due_soon", "reminder")),
    )
)  # fmt: skip
"""Learners whom an assignment is for, what is their own of it, and the mail they want."""

CLAIM = (
    sa.update(_A)
    .where(
        _A.id == bindparam("assignment"),
        _A.reminded_at.is_not_distinct_from(bindparam("seen", type_=_REMINDED)),
    )
    .values(reminded_at=bindparam("to_reminded", type_=_REMINDED))
    .returning(_A.id)
    .execution_options(synchronize_session=False)
)

HOLD = sa.select(_A.id).where(_A.id == bindparam("assignment")).with_for_update()

_ABOUT = OutgoingMail.payload["assignment"].as_integer() == bindparam("assignment")

TOLD: sa.Select[Any] = sa.select(
    OutgoingMail.kind, OutgoingMail.address, OutgoingMail.payload
).where(OutgoingMail.kind.in_(("assigned", "due_soon")), _ABOUT)
"""What is or was on its way about an assignment, as long as the outbox remembers."""

# The index of notifications begins with the person.
_IN_CLASS = Notification.user_id.in_(
    sa.select(_M.user_id)
    .join(_A, _A.class_id == _M.class_id)
    .where(_A.id == bindparam("assignment"))
)

SHOWN = (
    sa.select(
        Notification.user_id,
        Notification.kind,
        sa.func.max(Notification.created_at, type_=Notification.created_at.type).label("last_at"),
    )
    .where(
        Notification.kind.in_(("assigned", "due_soon", "reminder")),
        Notification.target == "assignment",
        Notification.target_id == bindparam("assignment"),
        _IN_CLASS,
    )
    .group_by(Notification.user_id, Notification.kind)
)
"""When learners of its class were last told about an assignment in the app."""

_SINCE: sa.BindParameter[Any] = bindparam("since", type_=_REMINDED)

_LAST = sa.union_all(
    sa.select(OutgoingMail.created_at.label("at")).where(
        OutgoingMail.kind == "reminder",
        _ABOUT,
        # What was done with before cannot be newer; the index finds the rest.
        sa.or_(OutgoingMail.done_at.is_(None), OutgoingMail.done_at > _SINCE),
        OutgoingMail.created_at > _SINCE,
    ),
    sa.select(Notification.created_at).where(
        Notification.kind == "reminder",
        Notification.target == "assignment",
        Notification.target_id == bindparam("assignment"),
        Notification.created_at > _SINCE,
        _IN_CLASS,
    ),
).subquery()

LAST_REMINDER = sa.select(sa.func.max(_LAST.c.at, type_=_REMINDED))
"""When an instructor last had learners reminded, by mail or in the app."""

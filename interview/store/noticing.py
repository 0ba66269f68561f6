"""Statements about what people are told, and what they want to be told."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import bindparam

from interview.store.assignments import Assignment
from interview.store.attempts import Attempt
from interview.store.classes import Class
from interview.store.mail import MailOptOut
from interview.store.notices import UNREAD, Notification, NotificationOptOut
from interview.store.reviewing import POLICY_COLUMNS
from interview.store.users import User

_N = Notification
_PEOPLE: sa.BindParameter[Any] = bindparam("people", expanding=True)

ADDRESSES = sa.select(User.id, User.email).where(User.id.in_(_PEOPLE))
"""The people there are, of some; a guest has no address."""

SWITCHED_OFF = sa.union_all(
    *(
        sa.select(sa.literal(channel).label("channel"), off.user_id, off.kind).where(
            off.user_id.in_(_PEOPLE)
        )
        for channel, off in (("app", NotificationOptOut), ("mail", MailOptOut))
    )
)
"""What some people do not want: the channel, the person and the kind."""

_UNREAD_OF_ONE = (
    sa.select(sa.literal(1).label("one"))
    .select_from(_N)
    .where(_N.user_id == bindparam("user"), UNREAD)
    .limit(bindparam("most", type_=sa.Integer()))
)

UNREAD_COUNT = sa.select(sa.func.count()).select_from(_UNREAD_OF_ONE.subquery())
"""How many are unread, counted no further than is shown."""

SHOWN = (
    sa.select(
        _N.id, _N.kind, _N.words, _N.detail, _N.target, _N.target_id, _N.position,
        _N.created_at, _N.read_at,
    )
    .where(_N.user_id == bindparam("user"), _N.in_app)
    .order_by(_N.id.desc())
    .limit(bindparam("most", type_=sa.Integer()))
)  # fmt: skip

_QUOTED: tuple[Any, ...] = (Attempt.id, Attempt.state, *POLICY_COLUMNS)

ASSIGNED: sa.Select[Any] = (
    sa.select(*_QUOTED)
    .join(Assignment, Assignment.id == Attempt.assignment_id)
    .join(Class, Class.id == Assignment.class_id)
    .where(Attempt.id.in_(bindparam("attempts", expanding=True)))
)
"""Some attempts, where they were assigned, with what is shown of them when."""

READ = (
    sa.update(_N)
    .where(_N.user_id == bindparam("reader"), UNREAD, _N.id <= bindparam("newest"))
    .values(read_at=bindparam("now", type_=_N.read_at.type))
    .execution_options(synchronize_session=False)
)
"""Marks what somebody has seen as read, and nothing that has come since."""

OPENED = (
    sa.update(_N)
    .where(_N.user_id == bindparam("reader"), _N.id == bindparam("notice"), _N.in_app)
    .values(read_at=sa.func.coalesce(_N.read_at, bindparam("now", type_=_N.read_at.type)))
    .returning(_N.target, _N.target_id, _N.position)
    .execution_options(synchronize_session=False)
)

MAILED = (
    sa.select(_N.words, _N.target, _N.target_id, _N.position)
    .join(User, User.id == _N.user_id)
    .where(
        _N.id == bindparam("notice"),
        User.email == bindparam("address"),
        ~sa.exists().where(MailOptOut.user_id == _N.user_id, MailOptOut.kind == _N.kind),
    )
)
"""What a mail says, unless its reader has switched such mail off meanwhile."""


def lapsed(before: Any) -> sa.Delete:
    """Remove what was read before a moment, or was only mailed before it."""
    was_read = _N.read_at < before
    was_mailed = sa.and_(~_N.in_app, _N.created_at < before)
    return sa.delete(_N).where(sa.or_(was_read, was_mailed))

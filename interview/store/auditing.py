"""Reads for the audit log: entries by number, newest first, and people by their names."""

from typing import Any

import sqlalchemy as sa

from interview.store.audit import AuditEntry
from interview.store.classes import Class, ClassMember
from interview.store.users import User

_E = AuditEntry

LINES: sa.Select[Any] = (
    sa.select(
        _E.id, _E.at, _E.actor_id, _E.actor_name, _E.class_id, _E.kind, _E.subject,
        _E.learner_id, _E.details, _E.reason,
        Class.title.label("class_title"), User.display_name.label("learner"),
    )
    .outerjoin(Class, Class.id == _E.class_id)
    .outerjoin(User, User.id == _E.learner_id)
)  # fmt: skip


def called(name: str, class_id: int | None) -> sa.Select[Any]:
    """Find people whose name has a part: the members of a class, or anybody."""
    if class_id is None:
        return sa.select(User.id).where(User.display_name.icontains(name, autoescape=True))
    return sa.select(ClassMember.user_id).where(
        ClassMember.class_id == class_id,
        ClassMember.sort_name.contains(name.casefold(), autoescape=True),
    )


def with_address(email: str) -> sa.Select[Any]:
    """Find the account with an address."""
    return sa.select(User.id).where(User.email == email)

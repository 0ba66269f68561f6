"""Reading the people of a class, a page at a time."""

from typing import Any

import sqlalchemy as sa

from interview.store.classes import ClassGroup, ClassInvitation, ClassMember
from interview.store.users import User

BY_NAME = (ClassMember.sort_name, ClassMember.user_id)
BY_ADDRESS = (ClassInvitation.email,)

MEMBERS = (
    sa.select(
        ClassMember.user_id,
        ClassMember.role,
        ClassMember.sort_name,
        ClassMember.time_factor,
        ClassMember.joined_at,
        User.display_name,
        User.email,
        ClassGroup.title.label("group"),
    )
    .select_from(ClassMember)
    .join(User, User.id == ClassMember.user_id)
    .outerjoin(ClassGroup, ClassGroup.id == ClassMember.group_id)
    .where(ClassMember.class_id == sa.bindparam("class"))
)
"""Members of a class; the caller says which, in which order, and how many."""

INVITATIONS = (
    sa.select(
        ClassInvitation.id,
        ClassInvitation.email,
        ClassInvitation.name,
        ClassInvitation.role,
        ClassInvitation.time_factor,
        ClassInvitation.created_at,
        ClassGroup.title.label("group"),
    )
    .select_from(ClassInvitation)
    .outerjoin(ClassGroup, ClassGroup.id == ClassInvitation.group_id)
    .where(ClassInvitation.class_id == sa.bindparam("class"))
)
"""Invitations of a class that wait."""


def after_name(sort_name: str, user_id: int) -> Any:
    """Members who come after one, by name."""
    return sa.tuple_(*BY_NAME) > _key(sort_name, user_id)


def before_name(sort_name: str, user_id: int) -> Any:
    """Members who come before one, by name."""
    return sa.tuple_(*BY_NAME) < _key(sort_name, user_id)


def _key(sort_name: str, user_id: int) -> Any:
    return sa.tuple_(sa.literal(sort_name), sa.literal(user_id))


def downwards(statement: Any) -> Any:
    """Put members into the order of their names, from the end."""
    return statement.order_by(*(column.desc() for column in BY_NAME))

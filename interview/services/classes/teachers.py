"""Who teaches a class, for those who are in it or may join it."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from interview.rules.access import ClassRole
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.users import User


def teachers_of(class_ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """Read the names of the instructors of some classes, in one statement."""
    rows = db.session.execute(
        sa.select(ClassMember.class_id, User.display_name)
        .join(User, User.id == ClassMember.user_id)
        .where(ClassMember.class_id.in_(class_ids), ClassMember.role == ClassRole.INSTRUCTOR)
        .order_by(ClassMember.sort_name, ClassMember.user_id)
    )
    names: dict[int, tuple[str, ...]] = {}
    for class_id, name in rows:
        names[class_id] = (*names.get(class_id, ()), name)
    return names

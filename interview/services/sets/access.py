"""Whose question set it is: the one place that loads a set for somebody."""

import sqlalchemy as sa

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.principals import Principal
from interview.store.db import db
from interview.store.sets import AuthoredSet
from interview.store.types import AnyRow as Row


def set_for(person: Principal, set_id: int) -> Row:
    """Find a set for its owner, or for an administrator.

    Returns
    -------
    Row
        All columns of the set.

    Raises
    ------
    NotFound
        When there is none, or it is somebody else's: nobody can tell which.
    """
    if set_id > LARGEST:
        raise NotFound
    row = db.session.execute(
        sa.select(*sa.inspect(AuthoredSet).columns).where(AuthoredSet.id == set_id)
    ).first()
    if row is None or (row.owner_id != person.id and not person.is_admin):
        raise NotFound
    return row

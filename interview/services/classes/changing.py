"""What every change of a class begins with."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.classes.access import lock_class
from interview.store.classes import Class


class Archived(Exception):
    """The class can be read and not changed until it is taken up again."""


def hold_class(session: Session, class_id: int) -> None:
    """Make the writers of a class take turns, and see that it can be changed.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.

    Raises
    ------
    Archived
        When it cannot.
    """
    lock_class(session, class_id)
    # A statement of its own, so that it reads what the writer before this one left.
    archived = sa.select(Class.archived_at).where(Class.id == class_id)
    if session.execute(archived).scalar_one() is not None:
        raise Archived

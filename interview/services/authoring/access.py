"""Whose question it is: the one place that loads a question for an author."""

import sqlalchemy as sa

from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.principals import Principal
from interview.store.bank import Question
from interview.store.db import db
from interview.store.drawing import visible_to
from interview.store.types import AnyRow as Row
from interview.store.users import User

_QUESTION = sa.select(*sa.inspect(Question).columns, User.display_name.label("owner")).outerjoin(
    User, User.id == Question.owner_id
)


def question_for(person: Principal, question_id: int, *, to_edit: bool = False) -> Row:
    """Find a question for an author.

    Parameters
    ----------
    to_edit : bool
        Whether it is to be changed, or what was never published of it is to be read.

    Returns
    -------
    Row
        All columns of the question, and the name of its ``owner``.

    Raises
    ------
    NotFound
        When there is none, or it is not the person's to see: nobody can tell which.
    """
    if question_id > LARGEST:
        raise NotFound
    query = _QUESTION.where(Question.id == question_id)
    if not person.is_admin:
        query = query.where(visible_to(person.id))
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    # Others are shown what was published alone.
    if not may_edit(person, row) and (to_edit or row.current_version_id is None):
        raise NotFound
    return row


def may_edit(person: Principal, question: Row) -> bool:
    """Whether somebody may change a question: its owner may, and administrators."""
    return person.is_admin or question.owner_id == person.id

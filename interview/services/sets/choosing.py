"""The published sets that a person can give to a class."""

from dataclasses import dataclass

import sqlalchemy as sa

from interview.services.principals import Principal
from interview.store.db import db
from interview.store.sets import AuthoredSet, SetVersion

OFFERED = 200
"""How many are offered; the newest ones."""


@dataclass(frozen=True, slots=True)
class PublishedSet:
    """One version of a set.

    Attributes
    ----------
    points : float
        What its questions are worth, all together.
    target_seconds : int
        What a prepared candidate needs for them.
    is_newest : bool
        Whether no later version of the set was published.
    """

    version_id: int
    set_id: int
    title: str
    number: int
    question_count: int
    points: float
    target_seconds: int
    is_newest: bool


def published(person: Principal) -> tuple[PublishedSet, ...]:
    """List versions of the person's sets that are not archived, the newest first.

    Returns
    -------
    tuple of PublishedSet
        Not more than `OFFERED`.
    """
    later = sa.orm.aliased(SetVersion)
    is_newest = ~sa.exists().where(
        later.set_id == SetVersion.set_id, later.number > SetVersion.number
    )
    rows = db.session.execute(
        sa.select(
            SetVersion.id, SetVersion.set_id, SetVersion.title, SetVersion.number,
            SetVersion.question_count, SetVersion.points, SetVersion.target_seconds, is_newest,
        )
        .join(AuthoredSet, AuthoredSet.id == SetVersion.set_id)
        .where(AuthoredSet.owner_id == person.id, AuthoredSet.archived_at.is_(None))
        .order_by(SetVersion.id.desc())
        .limit(OFFERED)
    )  # fmt: skip
    return tuple(PublishedSet(*row) for row in rows)

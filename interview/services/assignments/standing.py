"""What a learner has done of an assignment so far."""

from datetime import datetime

from interview.rules.attempt import AttemptState
from interview.services.attempts.showing import settled_attempt
from interview.store import assignment_reads as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row


def settled_standing(user_id: int, assignment_id: int, now: datetime) -> Row:
    """Read it once an attempt whose time is up is handed in.

    Returns
    -------
    Row
        ``attempts``, ``last_ended`` and ``running`` (the open attempt, if one is), beside the
        factor and the accommodation as `terms_of` reads them.
    """
    named = {"assignment": assignment_id, "user": user_id}
    standing = db.session.execute(reads.STANDING, named).one()
    if standing.running is None:
        return standing
    if settled_attempt(user_id, standing.running, now).state == AttemptState.OPEN:
        return standing
    return db.session.execute(reads.STANDING, named).one()

"""Personal wordings: what somebody counts as a key point in their own practice."""

from sqlalchemy.orm import Session

from interview.services.grading import Wordings
from interview.store import personal as reads


def wordings_of(session: Session, user_id: int, question_id: int) -> Wordings:
    """Read somebody's own wordings of a question, in the order in which they were added."""
    rows = session.execute(reads.WORDINGS, {"user": user_id, "question": question_id})
    return tuple((row.point_id, row.wording) for row in rows)


def hold(session: Session, user_id: int, question_id: int) -> Wordings:
    """Read the same, and keep others from changing them until the transaction ends."""
    session.execute(reads.USER_HELD, {"user": user_id})
    return wordings_of(session, user_id, question_id)

"""The grade that an answer gets when it is handed in."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from interview.grading import Grade
from interview.services.attempts.loading import Row
from interview.services.grading import grade_personally
from interview.services.personal import wordings_of


@dataclass(frozen=True, slots=True)
class FirstGrade:
    """A grade on its way to be kept.

    Attributes
    ----------
    version_id : int
        The version that it was graded by.
    own_points : list of str or None
        See `grades.Grade`.
    """

    grade: Grade
    version_id: int
    own_points: list[str] | None


def first_grade(session: Session, user_id: int, item: Row, text: str) -> FirstGrade:
    """Grade an answer by the version that its item is graded by.

    Parameters
    ----------
    user_id : int
        Whose answer it is: in own practice the person's own wordings count.
    item : Row
        As `sitting.ITEM` or `handing_in.ITEMS_TO_CLOSE` reads it.
    """
    own = wordings_of(session, user_id, item.question_id) if item.has_wordings else ()
    grade, own_points = grade_personally(item.rubric_version_id, text, own)
    return FirstGrade(grade, item.rubric_version_id, own_points)

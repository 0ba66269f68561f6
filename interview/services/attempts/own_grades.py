"""Grades that own practice gives for a personal wording, and for one that was taken back."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.grading import Grade
from interview.services.attempts.loading import Row
from interview.services.attempts.totals import retotal
from interview.services.audit import Change, changes, note
from interview.services.grading import Wordings, grade_personally, grade_row
from interview.services.principals import Principal
from interview.store import marking
from interview.store.grades import Grade as GradeRow


class Overtaken(Exception):
    """Another request wrote between our look and our write."""


@dataclass(frozen=True, slots=True)
class Anew:
    """An answer with the grade that it is about to get.

    Attributes
    ----------
    row : Row
        As `store.personal.ANSWER` reads it.
    own_points : list of str or None
        See `grades.Grade`.
    """

    row: Row
    grade: Grade
    own_points: list[str] | None

    @property
    def is_other(self) -> bool:
        """Whether it is another grade than the answer has."""
        before = (Grade.from_dict(self.row.verdict), self.row.own_points)
        return before != (self.grade, self.own_points)


def anew(row: Row, wordings: Wordings) -> Anew:
    """Grade an answer by the version of its newest grade and some personal wordings."""
    return Anew(row, *grade_personally(row.question_version_id, row.text, wordings))


def append(session: Session, person: Principal, made: Anew, reason: str, now: datetime) -> None:
    """Keep a grade and all that follows from it.

    Raises
    ------
    Overtaken
        When the answer got another grade meanwhile.
    """
    row = made.row
    state = session.execute(marking.LOCK, {"attempt": row.attempt_id}).one().state
    if session.scalar(marking.NEWEST, {"submission": row.submission_id}) != row.grade_id:
        raise Overtaken
    values = grade_row(made.grade, row.submission_id, row.question_version_id, now, made.own_points)
    session.execute(sa.insert(GradeRow).values(**values, reason=reason))
    retotal(session, row.attempt_id, row.position, made.grade.score, state)
    change = Change(
        kind="grade.counted",
        # What somebody practises on their own is theirs: the log does not say what it is.
        subject="An answer of own practice",
        learner_id=person.id,
        details=changes({"score": row.verdict["score"]}, {"score": made.grade.score}),
        reason=reason,
    )
    note(session, person, change, now)

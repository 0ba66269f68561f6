"""One handed-in answer as it is read to be graded by a person."""

from dataclasses import dataclass
from datetime import datetime

from interview.grading import Grade, Verdict
from interview.grading.overriding import PERSON
from interview.services.attempts import reviewing
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.attempts.reviewing import AnswerScreen
from interview.services.classes.access import Place
from interview.store import marking as reads
from interview.store.db import db
from interview.store.types import AnyRow

VERDICTS = tuple(verdict.value for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class GivenGrade:
    """One of the grades that an answer was given, in their order.

    Attributes
    ----------
    by : str
        Who gave it; empty for the grader.
    is_copy : bool
        Whether a person took a grade of the grader's again.
    """

    id: int
    position: int
    at: datetime
    by: str
    is_copy: bool
    reason: str
    score: float
    needs_review: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A key point with its verdict; ``id`` is what the grade knows it by."""

    number: int
    id: str
    text: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Gradable:
    """What has to be known of an answer to give it another grade.

    Attributes
    ----------
    number : int
        Which of the learner's attempts it is of.
    grade : Grade
        The one that it has.
    """

    attempt_id: int
    assignment_id: int
    user_id: int
    learner: str
    title: str
    number: int
    place: Place
    position: int
    submission_id: int
    grade: Grade


@dataclass(frozen=True, slots=True)
class AnswerToGrade(Gradable):
    """An answer with the grade that it has now, as it is shown.

    Attributes
    ----------
    grade_id : int
        The grade; a form carries it, so that a newer one is noticed.
    by : str
        Who gave it; empty for the grader.
    can_take_back : bool
        Whether a person's grade could give way to the grader's.
    """

    count: int
    screen: AnswerScreen
    version_id: int
    grade_id: int
    by: str
    by_id: int | None
    reason: str
    can_take_back: bool
    history: tuple[GivenGrade, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """The key points, numbered as on every page."""
        return tuple(
            Point(number, point.id, point.text, point.verdict.value)
            for number, point in enumerate(self.grade.points, start=1)
        )


def answer_of(attempt_id: int, position: int, place: Place, now: datetime) -> AnswerToGrade:
    """Read an answer that was handed in.

    Parameters
    ----------
    place : Place
        Where the reader stands, who was let in before.

    Raises
    ------
    NotFound
        When there is no such question, or nothing was handed in for it.
    """
    if position > LARGEST:
        raise NotFound
    named = {"attempt": attempt_id, "position": position}
    row = db.session.execute(reads.ANSWER, named).first()
    if row is None:
        raise NotFound
    header = db.session.execute(reads.HEADER, named).one()
    history = [one for one in grades_of(attempt_id) if one.position == position]
    screen = reviewing.answer(header.user_id, attempt_id, position, now, everything=True)
    return AnswerToGrade(
        attempt_id=header.id,
        assignment_id=header.assignment_id,
        user_id=header.user_id,
        learner=header.display_name,
        title=header.title,
        number=header.number,
        count=header.item_count,
        place=place,
        position=position,
        screen=screen,
        submission_id=row.submission_id,
        version_id=row.question_version_id,
        grade_id=row.grade_id,
        grade=Grade.from_dict(row.verdict),
        by=history[-1].by,
        by_id=row.graded_by,
        reason=row.reason,
        can_take_back=row.grader_version == PERSON,
        history=tuple(history),
    )


def grades_of(attempt_id: int) -> list[GivenGrade]:
    """Every grade of an attempt's answers, in the order of the questions and then of time."""
    return [_given(row) for row in db.session.execute(reads.GRADES, {"attempt": attempt_id})]


def _given(row: AnyRow) -> GivenGrade:
    by_person = row.graded_by is not None or row.grader_version == PERSON
    return GivenGrade(
        id=row.id,
        position=row.position,
        at=row.created_at,
        # Whoever has no account any more is still known to have been a person.
        by=(row.display_name or "somebody who has left") if by_person else "",
        is_copy=by_person and row.grader_version != PERSON,
        reason=row.reason,
        score=row.score,
        needs_review=row.needs_review,
    )

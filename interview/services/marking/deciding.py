"""One decision about several answers: each gets a grade of its own, all in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from interview.grading import Grade, Verdict
from interview.grading.overriding import overridden
from interview.services.attempts.loading import LARGEST
from interview.services.classes.access import ASSIST, Place, assignment_for
from interview.services.classes.changing import hold_class
from interview.services.marking.answers import Gradable
from interview.services.marking.groups import SHOWN, label_of
from interview.services.marking.overriding import Given, Unreadable, give_in, reason_of
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import queueing as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

CONFIRMED = "Somebody has read this answer: the grade stands."
"""The reason of a grade that was found right, where no other is given."""


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """What a person decided about some answers to one question.

    Attributes
    ----------
    answers : mapping of int to int
        The answers that it is about, each with the grade that it was made from.
    verdicts : mapping of str to str
        By key point; one that is not named keeps each answer's own verdict.
    score : float or None
        0 to 1, for all of them, in place of what the key points come to.
    reason : str
        At most `REASON_LIMIT` characters.
    """

    answers: Mapping[int, int]
    verdicts: Mapping[str, str]
    score: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a decision.

    Attributes
    ----------
    graded : int
        How many answers have the grade that was decided.
    left : tuple of str
        Whose answers were left as they are, for a newer grade that came first.
    """

    graded: int
    left: tuple[str, ...]


_Pair = tuple[Gradable, Given]


def decide(
    person: Principal,
    assignment_id: int,
    version_id: int,
    decision: GroupDecision,
    now: datetime,
    *,
    hidden: bool = False,
) -> Outcome:
    """Grade some answers to one question; saying the same again changes nothing.

    Parameters
    ----------
    version_id : int
        The version that the answers were graded by.
    hidden : bool
        Whether answers are told by their numbers, and nobody is named.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` raises them.
    Archived
        When the class cannot be changed.
    Unreadable
        When there is no answer or no reason, or an answer, a grade or a key point is not of
        this question.
    """
    assignment, place = assignment_for(person, assignment_id, ASSIST)
    rows = _bases(assignment_id, version_id, decision.answers)
    reason = reason_of(decision.reason)
    pairs = [
        (_gradable(row, place, assignment.title), _given(row, version_id, decision, reason))
        for row in rows
    ]
    with write() as session:
        hold_class(session, place.class_id)
        late = [pair for pair in pairs if not give_in(session, person, *pair, now)]
    graded = _graded_alike(person, late)
    left = [answer for answer, _ in late if answer.submission_id not in graded]
    labels = [label_of(one.submission_id, one.learner, one.number, hidden=hidden) for one in left]
    return Outcome(len(pairs) - len(left), tuple(labels))


def _bases(assignment_id: int, version_id: int, answers: Mapping[int, int]) -> Sequence[Row]:
    """Read the grades that a decision was made from; each has to be of the answer it names."""
    numbers = (*answers, *answers.values(), version_id)
    if not 0 < len(answers) <= SHOWN or max(numbers) > LARGEST:
        raise Unreadable("a decision is about some answers, and about no more than were shown")
    statement = reads.bases(assignment_id, version_id, list(answers.values()))
    rows = db.session.execute(statement).all()
    if {row.submission_id: row.grade_id for row in rows} != dict(answers):
        raise Unreadable("an answer or a grade is not of this question")
    return rows


def _given(row: Row, version_id: int, decision: GroupDecision, reason: str) -> Given:
    try:
        verdicts = {name: Verdict(verdict) for name, verdict in decision.verdicts.items()}
        grade = overridden(Grade.from_dict(row.verdict), verdicts, decision.score)
    except ValueError as error:
        raise Unreadable(str(error)) from error
    return Given(grade, version_id, row.grade_id, reason)


def _gradable(row: Row, place: Place, title: str) -> Gradable:
    return Gradable(
        attempt_id=row.attempt_id,
        assignment_id=row.assignment_id,
        user_id=row.user_id,
        learner=row.display_name,
        title=title,
        number=row.number,
        place=place,
        position=row.position,
        submission_id=row.submission_id,
        grade=Grade.from_dict(row.verdict),
    )


def _graded_alike(person: Principal, late: Sequence[_Pair]) -> set[int]:
    """Which answers have this very grade already: a double click, or a form sent again."""
    wanted = {answer.submission_id: given for answer, given in late}
    rows = db.session.execute(reads.newest(list(wanted))) if wanted else ()
    return {row.id for row in rows if _is_same(row, person, wanted[row.id])}


def _is_same(row: Row, person: Principal, given: Given) -> bool:
    now_given = (Grade.from_dict(row.verdict), row.graded_by, row.reason)
    return now_given == (given.grade, person.id, given.reason)

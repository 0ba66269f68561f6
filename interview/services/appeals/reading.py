"""One appeal: as its learner reads it, and as those who decide it do."""

from dataclasses import dataclass
from datetime import datetime

from interview.services.appeals.access import appeal_for
from interview.services.appeals.listing import line_of, own_of
from interview.services.appeals.records import DECIDED, WORDING_LIMIT, Line, Own
from interview.services.appeals.sentences import marked
from interview.services.appeals.widening import Widening, widening_of
from interview.services.classes.access import SEE, TEACH, Place
from interview.services.marking.answers import AnswerToGrade, Point, answer_of
from interview.services.principals import Principal
from interview.store import appealing
from interview.store.appeals import Appeal
from interview.store.db import db
from interview.store.types import AnyRow as Row

ALIKE = 10
"""Earlier decisions that are shown: the newest ones."""


@dataclass(frozen=True, slots=True)
class Case:
    """An appeal as it is decided.

    Attributes
    ----------
    answer : AnswerToGrade
        With the grade that it has now.
    point : Point or None
        The key point in that grade; None where it has it no longer.
    pieces : tuple of (str, bool)
        The answer, cut where what was quoted begins and ends.
    phrasings : tuple of str
        What counts as the key point besides its own sentence.
    widening : Widening or None
        To what a wording can be added; None where the key point is not the rubric's own.
    may_accept : bool
        Whether the reader can accept a wording.
    alike : tuple of Line
        What was decided of the same key point of the same question in this class.
    run_id : int or None
        The regrade that followed.
    """

    line: Line
    place: Place
    answer: AnswerToGrade
    point: Point | None
    pieces: tuple[tuple[str, bool], ...]
    phrasings: tuple[str, ...]
    widening: Widening | None
    may_accept: bool
    alike: tuple[Line, ...]
    run_id: int | None

    @property
    def suggested(self) -> str:
        """What was quoted, as a wording to begin with."""
        words = " ".join(self.line.quote)
        if len(words) <= WORDING_LIMIT:
            return words
        return words[: WORDING_LIMIT + 1].rpartition(" ")[0] or words[:WORDING_LIMIT]


def look(person: Principal, appeal_id: int, now: datetime) -> Own | Case:
    """Read an appeal: one's own, or one to decide.

    Raises
    ------
    NotFound
        When it is neither.
    """
    row, place = appeal_for(person, appeal_id, SEE)
    return own_of(row, now) if place is None else case_of(person, row, place, now)


def case_of(person: Principal, row: Row, place: Place, now: datetime) -> Case:
    """Read all that it takes to decide an appeal that `appeal_for` found."""
    answer = answer_of(row.attempt_id, row.position, place, now)
    widening = widening_of(person, row)
    return Case(
        line=line_of(person, row),
        place=place,
        answer=answer,
        point=next((one for one in answer.points if one.id == row.point_id), None),
        pieces=marked(answer.screen.text, row.quote.split("\n")),
        phrasings=widening.phrasings if widening else (),
        widening=widening,
        may_accept=widening is not None and place.may(TEACH),
        alike=_alike(person, row),
        run_id=db.session.scalar(appealing.RUN, {"appeal": row.id}),
    )


def _alike(person: Principal, row: Row) -> tuple[Line, ...]:
    fits = (
        appealing.in_class(row.class_id),
        appealing.about(row.question_id, row.point_id),
        Appeal.status.in_(DECIDED),
        Appeal.id != row.id,
    )
    rows = appealing.newest(db.session(), fits, ALIKE)
    return tuple(line_of(person, one) for one in rows)

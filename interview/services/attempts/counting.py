"""Own practice: a sentence of an answer that its learner counts as a key point."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.grading import Verdict
from interview.services.attempts import reviewing
from interview.services.attempts.evidence import PointLine
from interview.services.attempts.own_grades import Anew, Overtaken, anew, append
from interview.services.attempts.records import NotFound
from interview.services.attempts.reviewing import AnswerScreen
from interview.services.attempts.story import COUNTED
from interview.services.grading import Wordings
from interview.services.personal import hold, wordings_of
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store import personal as reads
from interview.store.appeals import PersonalWording
from interview.store.db import db
from interview.store.types import AnyRow as Row

MOST_WORDINGS = 50
"""Personal wordings of one question."""


class NotCounted(Exception):
    """A sentence cannot be counted.

    Attributes
    ----------
    why : str
        ``derived`` (the question has no key points of its own), ``choice`` (none of the
        sentences was chosen), ``many``, or ``unfound``: the grader does not find the point
        even with it.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be counted, beside what counts already."""

    row: Row
    point: PointLine
    wording: str
    known: Wordings

    @property
    def is_known(self) -> bool:
        return (self.point.id, self.wording) in self.known

    def graded(self) -> Anew:
        """Grade the answer with it."""
        if not self.is_known and len(self.known) >= MOST_WORDINGS:
            raise NotCounted("many")
        more = () if self.is_known else ((self.point.id, self.wording),)
        made = anew(self.row, (*self.known, *more))
        found = {one.id for one in made.grade.points if one.verdict is Verdict.FOUND}
        if self.point.id not in found:
            raise NotCounted("unfound")
        return made


def count(
    person: Principal, attempt_id: int, position: int, number: int, choice: int, now: datetime
) -> None:
    """Count a sentence of an answer as a key point, in this answer at once and in later ones.

    What counts already is left as it is.

    Parameters
    ----------
    number : int
        The key point's, on the page.
    choice : int
        The sentence, of those that the page offers, from 0.

    Raises
    ------
    NotFound
        When there is no such answer in the person's own practice, or its key points may not
        be seen.
    NotCounted
        When it cannot be counted; nothing is kept then.
    """
    screen = reviewing.answer(person.id, attempt_id, position, now)
    point = _point(screen, number)
    named = {"user": person.id, "attempt": attempt_id, "position": position}
    row = db.session.execute(reads.ANSWER, named).first()
    if row is None:
        raise NotFound
    if point.verdict == Verdict.FOUND:
        return
    known = wordings_of(db.session(), person.id, row.question_id)
    wish = _Wish(row, point, _wording(screen, point, choice), known)
    try:
        _keep(person, wish, wish.graded(), now)
    except Overtaken:
        # A second look finds what the other request made of it.
        count(person, attempt_id, position, number, choice, now)


def _point(screen: AnswerScreen, number: int) -> PointLine:
    points = screen.evidence.points if screen.evidence else ()
    if not screen.visible.answer or not 0 < number <= len(points):
        raise NotFound
    return points[number - 1]


def _wording(screen: AnswerScreen, point: PointLine, choice: int) -> str:
    if point.derived:
        raise NotCounted("derived")
    sentences = screen.sentences
    if not 0 <= choice < len(sentences):
        raise NotCounted("choice")
    return sentences[choice]


def _keep(person: Principal, wish: _Wish, made: Anew, now: datetime) -> None:
    row = wish.row
    with write() as session:
        if hold(session, person.id, row.question_id) != wish.known:
            raise Overtaken
        # A newer grader may find the point without it.
        if not wish.is_known and wish.point.id in (made.own_points or ()):
            session.execute(
                sa.insert(PersonalWording).values(
                    user_id=person.id,
                    question_id=row.question_id,
                    point_id=wish.point.id,
                    point_text=wish.point.text,
                    wording=wish.wording,
                    submission_id=row.submission_id,
                    created_at=now,
                )
            )
        append(session, person, made, COUNTED, now)

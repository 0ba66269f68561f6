"""Reading a whole attempt for those who assist: all of it, or what its learner sees."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from interview.rules.access import Power
from interview.services.attempts import reviewing
from interview.services.attempts.reviewing import ResultsScreen
from interview.services.classes.access import Place, attempt_for_staff
from interview.services.marking.answers import GivenGrade, grades_of
from interview.services.principals import Principal
from interview.store import marking as reads
from interview.store.db import db
from interview.store.types import AnyRow


@dataclass(frozen=True, slots=True)
class Beside:
    """An attempt that a reader may go on to, with its number or its learner."""

    attempt_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An attempt as staff read it.

    Attributes
    ----------
    screen : ResultsScreen or None
        None where its learner could not look back on it yet.
    history : mapping of int to tuple of GivenGrade
        By question: every grade of its answer; empty as the learner sees it.
    previous, following : Beside or None
        The same learner's attempts at the same assignment.
    to_review : Beside or None
        The next one, by the learners' names, with an answer that asks for a person's eye.
    """

    attempt_id: int
    user_id: int
    learner: str
    assignment_id: int
    title: str
    number: int
    state: str
    place: Place
    as_learner: bool
    screen: ResultsScreen | None
    history: Mapping[int, tuple[GivenGrade, ...]]
    previous: Beside | None
    following: Beside | None
    to_review: Beside | None


def read(person: Principal, attempt_id: int, now: datetime, *, as_learner: bool) -> Reading:
    """Read an attempt at an assignment.

    Raises
    ------
    NotFound
        When there is none in a class that the person assists or teaches in.
    """
    found, place = attempt_for_staff(person, attempt_id, Power.ASSIST)
    screen = reviewing.results(found.user_id, attempt_id, now, everything=not as_learner)
    # Read after an attempt whose time was up has been handed in.
    header = db.session.execute(reads.HEADER, {"attempt": attempt_id}).one()
    return Reading(
        attempt_id=attempt_id,
        user_id=header.user_id,
        learner=header.display_name,
        assignment_id=header.assignment_id,
        title=header.title,
        number=header.number,
        state=header.state,
        place=place,
        as_learner=as_learner,
        screen=screen,
        history={} if as_learner else _history(attempt_id),
        previous=_sibling(header, earlier=True),
        following=_sibling(header, earlier=False),
        to_review=_to_review(header),
    )


def _history(attempt_id: int) -> dict[int, tuple[GivenGrade, ...]]:
    found: defaultdict[int, list[GivenGrade]] = defaultdict(list)
    for one in grades_of(attempt_id):
        found[one.position].append(one)
    return {position: tuple(given) for position, given in found.items()}


def _sibling(header: AnyRow, *, earlier: bool) -> Beside | None:
    row = db.session.execute(
        reads.PREVIOUS if earlier else reads.FOLLOWING,
        {
            "assignment": header.assignment_id,
            "user": header.user_id,
            "number": header.number,
        },
    ).first()
    return Beside(row.id, str(row.number)) if row else None


def _to_review(header: AnyRow) -> Beside | None:
    """Find what is to be looked at next; after the last name the first comes again."""
    named = {"assignment": header.assignment_id, "attempt": header.id}
    here = {"name": header.sort_name or "", "user": header.user_id, "number": header.number}
    row = (
        db.session.execute(reads.TO_REVIEW_LATER, {**named, **here}).first()
        or db.session.execute(reads.TO_REVIEW, named).first()
    )
    return Beside(row.id, row.display_name) if row else None

"""What waits for a person's eye: by assignment, and by question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from interview.grading.overriding import PERSON
from interview.services.attempts.loading import LARGEST
from interview.services.classes.access import ASSIST, Place, assignment_for, place_in
from interview.services.principals import Principal
from interview.store import queueing as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

PAGE = 20
"""Assignments on a page."""

MOST = 100
"""Questions of an assignment that are listed: those with the most answers that wait."""

KINDS = ("all", "unsure", "flagged", "graded")
"""What can be asked for: all that waits, or what a person has graded."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many answers there are of each kind.

    Attributes
    ----------
    contested : int
        With an appeal that nobody has decided.
    unsure : int
        Which the grader is not sure of, with nothing odd about them.
    flagged : int
        Which it found odd: a list of keywords, the question copied, and the like.
    graded : int
        Which a person has graded.
    """

    contested: int = 0
    unsure: int = 0
    flagged: int = 0
    graded: int = 0

    @property
    def waiting(self) -> int:
        """How many wait in the queue; those contested have a queue of their own."""
        return self.unsure + self.flagged

    def of(self, what: str) -> int:
        """How many there are of one of `KINDS`."""
        return self.waiting if what == "all" else int(getattr(self, what))


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment in which something waits."""

    id: int
    title: str
    withdrawn: bool
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class ClassQueue:
    """What waits in a class, and after which assignment the next page begins."""

    place: Place
    lines: tuple[AssignmentLine, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question of an assignment with answers to look at.

    Attributes
    ----------
    version_id : int
        The version that they were graded by.
    made_at : datetime or None
        When it was made, where another version of the question is listed as well.
    """

    version_id: int
    prompt: str
    made_at: datetime | None
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class AssignmentQueue:
    """What waits in an assignment, by question, most of it first.

    Attributes
    ----------
    more : bool
        Whether more questions wait than are listed.
    """

    assignment_id: int
    title: str
    place: Place
    what: str
    numbers: Numbers
    lines: tuple[QuestionLine, ...]
    more: bool


def of_class(person: Principal, class_id: int, after: int | None) -> ClassQueue:
    """List the assignments of a class in which something waits, the newest first.

    Parameters
    ----------
    after : int or None
        The last assignment of the page before.

    Raises
    ------
    NotFound, Forbidden
        As `place_in` raises them.
    """
    place = place_in(person, class_id, ASSIST)
    named: dict[str, Any] = {"class": class_id, "most": PAGE + 1}
    statement = reads.ASSIGNMENTS
    if after is not None:
        statement, named = reads.ASSIGNMENTS_BEFORE, {**named, "after": min(after, LARGEST)}
    rows = db.session.execute(statement, named).all()
    shown = rows[:PAGE]
    ids = [row.id for row in shown]
    waiting = _by_first(db.session.execute(reads.waiting_in(ids), named).all())
    contested = _by_first(db.session.execute(reads.contested_in(ids)).all())
    lines = tuple(
        AssignmentLine(
            id=row.id,
            title=row.title,
            withdrawn=row.archived_at is not None,
            numbers=_numbers(waiting.get(row.id), contested.get(row.id), None),
        )
        for row in shown
    )
    return ClassQueue(place, lines, ids[-1] if len(rows) > PAGE else None)


def of_assignment(person: Principal, assignment_id: int, what: str) -> AssignmentQueue:
    """List the questions of an assignment with answers to look at.

    Parameters
    ----------
    what : str
        One of `KINDS`.

    Raises
    ------
    NotFound, Forbidden
        As `assignment_for` raises them.
    """
    assignment, place = assignment_for(person, assignment_id, ASSIST)
    numbers = numbers_in(assignment_id, place, graded=what == "graded")
    # What is contested is shown as well, though it waits elsewhere.
    asked = [
        version
        for version, one in numbers.items()
        if one.of(what) or (what == "all" and one.contested)
    ]
    asked.sort(key=lambda version: (-numbers[version].of(what), version))
    return AssignmentQueue(
        assignment_id=assignment_id,
        title=assignment.title,
        place=place,
        what=what,
        numbers=_sum(numbers.values()),
        lines=_lines(asked[:MOST], numbers),
        more=len(asked) > MOST,
    )


def numbers_in(assignment_id: int, place: Place, *, graded: bool) -> dict[int, Numbers]:
    """Count the answers of an assignment by version.

    Parameters
    ----------
    place : Place
        Its class.
    graded : bool
        Whether to count those that a person has graded: all answers are gone through then.
    """
    named = {"class": place.class_id, "assignment": assignment_id, "person": PERSON}
    waiting = _by_first(db.session.execute(reads.WAITING, named).all())
    contested = _by_first(db.session.execute(reads.CONTESTED, named).all())
    given = _by_first(db.session.execute(reads.GRADED, named).all()) if graded else {}
    return {
        version: _numbers(waiting.get(version), contested.get(version), given.get(version))
        for version in sorted({*waiting, *contested, *given})
    }


def _by_first(rows: Sequence[Row]) -> dict[int, Row]:
    return {row[0]: row for row in rows}


def _numbers(waiting: Row | None, contested: Row | None, given: Row | None) -> Numbers:
    flagged = int(waiting.flagged) if waiting else 0
    return Numbers(
        contested=contested.contested if contested else 0,
        unsure=waiting.waiting - flagged if waiting else 0,
        flagged=flagged,
        graded=given.graded if given else 0,
    )


def _sum(numbers: Any) -> Numbers:
    every = tuple(numbers)
    return Numbers(*(sum(getattr(one, name) for one in every) for name in Numbers.__slots__))


def _lines(ids: Sequence[int], numbers: Mapping[int, Numbers]) -> tuple[QuestionLine, ...]:
    rows = _by_first(db.session.execute(reads.versions(ids)).all())
    questions = [row.question_id for row in rows.values()]
    return tuple(
        QuestionLine(
            version_id=version,
            prompt=rows[version].prompt,
            made_at=rows[version].created_at
            if questions.count(rows[version].question_id) > 1
            else None,
            numbers=numbers[version],
        )
        for version in ids
    )

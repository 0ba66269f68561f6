"""The answers to one question that wait, in groups of those that say nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview.grading import Grade
from interview.grading.grouping import grouped
from interview.grading.overriding import PERSON
from interview.services.attempts.evidence import AnswerEvidence, evidence_of
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import ASSIST, Place, assignment_for
from interview.services.grading import compiled, grader
from interview.services.marking import remarks
from interview.services.marking.queue import Numbers, numbers_in
from interview.services.marking.remarks import Remark
from interview.services.principals import Principal
from interview.store import queueing as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

READ = 200
"""Answers that are read and compared at a time."""

SHOWN = 25
"""Answers on a page: as many as one decision can grade."""

_WHICH: dict[str, tuple[reads.Condition, ...]] = {
    "all": (reads.WAITS,),
    "unsure": (reads.WAITS, ~reads.FLAGGED),
    "flagged": (reads.WAITS, reads.FLAGGED),
    "graded": (reads.BY_PERSON,),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a question's answers is asked for.

    Attributes
    ----------
    what : str
        One of `queue.KINDS`.
    after : int
        Answers with greater numbers are read; 0 for the first.
    at : int
        An answer whose group is shown; 0, or one that waits no longer, for the first group.
    hidden : bool
        Whether nobody is named.
    """

    what: str = "all"
    after: int = 0
    at: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A key point; ``number`` is the one that stands beside evidence."""

    number: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """One answer of a group.

    Attributes
    ----------
    id : int
        Its submission.
    grade_id : int
        Its grade; a form carries it, so that a newer one is noticed.
    label : str
        Who wrote it, or its number where nobody is named.
    attempt_id : int
        Where remarks about it go.
    reason : str
        Why its grade was given by a person, or anew; empty for the grader's first.
    contested : bool
        Whether an appeal about it is open.
    """

    id: int
    grade_id: int
    label: str
    attempt_id: int
    position: int
    evidence: AnswerEvidence
    reason: str
    contested: bool
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class GroupPage:
    """A page of one group, with the question beside it.

    Attributes
    ----------
    numbers : Numbers
        Of this question's answers.
    elsewhere : int
        How many answers wait for other questions of the assignment.
    answers : tuple of GroupAnswer
        The most typical one first; empty when nothing of this kind is left.
    size, first : int
        How many answers the group has, and which of them is the first one here, from 1.
    group, groups : int
        Which group of those that were read it is, and how many there are.
    previous, following : int or None
        An answer of the page before this one, and of the one after it.
    later : int or None
        After which answer those begin that were not read.
    """

    assignment_id: int
    version_id: int
    title: str
    place: Place
    asked: Asked
    prompt: str
    references: tuple[str, ...]
    points: tuple[Point, ...]
    numbers: Numbers
    elsewhere: int
    answers: tuple[GroupAnswer, ...]
    size: int
    first: int
    group: int
    groups: int
    previous: int | None
    following: int | None
    later: int | None

    @property
    def left(self) -> int:
        """How many answers of this kind the question has."""
        return self.numbers.of(self.asked.what)


@dataclass(frozen=True, slots=True)
class _Part:
    """As much of a group as a page shows, by the answers' numbers."""

    ids: tuple[int, ...]
    group: int
    size: int
    first: int


def page(person: Principal, assignment_id: int, version_id: int, asked: Asked) -> GroupPage:
    """Read a page of one group of answers.

    Raises
    ------
    NotFound
        When there is no such assignment in a class of the person, or no answer to it was
        ever graded by the version.
    Forbidden
        When the person only learns in the class.
    """
    assignment, place = assignment_for(person, assignment_id, ASSIST)
    if version_id > LARGEST:
        raise NotFound
    named = {"class": place.class_id, "assignment": assignment_id, "version": version_id}
    rows, later = _read(asked, named)
    if not rows and not db.session.scalar(reads.ASKED, named):
        raise NotFound
    version = db.session.execute(reads.VERSION, named).one()
    parts = _parts(rows)
    shown = next((index for index, part in enumerate(parts) if asked.at in part.ids), 0)
    part = parts[shown] if parts else _Part((), 0, 0, 0)
    numbers = numbers_in(assignment_id, place, graded=asked.what == "graded")
    own = numbers.get(version_id, Numbers())
    return GroupPage(
        assignment_id=assignment_id,
        version_id=version_id,
        title=assignment.title,
        place=place,
        asked=asked,
        prompt=version.prompt,
        references=tuple(version.rubric["references"]),
        points=_points(version),
        numbers=own,
        elsewhere=sum(one.waiting for one in numbers.values()) - own.waiting,
        answers=_answers(part.ids, hidden=asked.hidden),
        size=part.size,
        first=part.first,
        group=part.group,
        groups=parts[-1].group if parts else 0,
        previous=parts[shown - 1].ids[0] if shown else None,
        following=parts[shown + 1].ids[0] if shown + 1 < len(parts) else None,
        later=later,
    )


def _read(asked: Asked, named: dict[str, Any]) -> tuple[Sequence[Row], int | None]:
    """Read the texts to be grouped, and after which of them others follow."""
    statement = reads.texts(_WHICH[asked.what], waiting=asked.what != "graded")
    given = {**named, "after": min(asked.after, LARGEST), "most": READ + 1, "person": PERSON}
    rows = db.session.execute(statement, given).all()
    return rows[:READ], rows[READ - 1].id if len(rows) > READ else None


def _parts(rows: Sequence[Row]) -> list[_Part]:
    found = grouped([row.text for row in rows], grader().snapshot)
    return [
        _Part(tuple(rows[place].id for place in group[start : start + SHOWN]), *where)
        for number, group in enumerate(found, start=1)
        for start in range(0, len(group), SHOWN)
        for where in [(number, len(group), start + 1)]
    ]


def _points(version: Row) -> tuple[Point, ...]:
    """The key points of a version; a question without any is graded by derived ones."""
    stated = [(point["id"], point["text"]) for point in version.rubric["key_points"]]
    points = stated or [(point.id, point.text) for point in compiled(version.id).points]
    return tuple(Point(number, *point) for number, point in enumerate(points, start=1))


def _answers(ids: Sequence[int], *, hidden: bool) -> tuple[GroupAnswer, ...]:
    rows = {row.id: row for row in db.session.execute(reads.answers(ids))}
    said = remarks.on(ids)
    return tuple(
        GroupAnswer(
            id=row.id,
            grade_id=row.grade_id,
            label=label_of(row.id, row.display_name, row.number, hidden=hidden),
            attempt_id=row.attempt_id,
            position=row.position,
            evidence=evidence_of(row.text, Grade.from_dict(row.verdict)),
            reason=row.reason,
            contested=row.contested,
            remarks=said.get(row.id, ()),
        )
        for row in (rows[one] for one in ids)
    )


def label_of(submission_id: int, learner: str, number: int, *, hidden: bool) -> str:
    """Say whose answer it is, or its number where nobody is named."""
    if hidden:
        return f"Answer {submission_id}"
    return learner if number == 1 else f"{learner}, attempt {number}"

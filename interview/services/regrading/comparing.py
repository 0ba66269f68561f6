"""The dry run: which grades of a scope would be others, and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from interview.grading import Grade, Verdict
from interview.grading.compile import CompiledRubric
from interview.grading.overriding import PERSON
from interview.services import grading
from interview.services.grading import Wordings
from interview.services.regrading.records import EPSILON
from interview.store import regrading as reads
from interview.store import rubrics
from interview.store.types import AnyRow as Row

RUBRICS_KEPT = 400
"""Rubrics kept compiled for the length of a run, about 0.25 MB each.

A run of a whole bank meets its questions in turn: of those that a process keeps, which are
fewer, each would be dropped just before it is met again, and compiling takes 20 ms."""

_HALF_GAINED = (Verdict.NOT_FOUND.value, Verdict.CONTRADICTED.value, "")


@dataclass(slots=True)
class Found:
    """What a chunk of answers comes to.

    Attributes
    ----------
    answers, by_people : int
        Answers that were graded anew, and those that a person graded.
    items : list of dict
        The columns of a `RegradeItem` for each grade that would be another.
    """

    answers: int = 0
    by_people: int = 0
    items: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """By column of the run."""
        scores = [(item["old_score"], item["new_score"]) for item in self.items]
        raised = sum(is_lowered(new, old) for old, new in scores)
        lowered = sum(is_lowered(old, new) for old, new in scores)
        return {
            "answers": self.answers,
            "by_people": self.by_people,
            "changed": len(self.items),
            "raised": raised,
            "lowered": lowered,
        }


def is_lowered(old: float, new: float) -> bool:
    """Whether a score falls, by more than sums in another order differ."""
    return new < old - EPSILON


class Comparer:
    """Grades answers by the versions that a run grades by, and compares.

    Parameters
    ----------
    run : Row
        All columns of the run.
    point_id : str or None
        The key point of the appeal that it follows from.
    """

    def __init__(self, run: Row, point_id: str | None) -> None:
        self._run = run
        self._point_id = point_id
        self._targets: dict[int, int | None] = {}
        self._own: dict[tuple[int, int], Wordings] = {}
        self._rubrics: dict[int, CompiledRubric] = {}

    def chunk(self, session: Session, submissions: Sequence[int]) -> Found:
        """Compare some answers; none of them is written to."""
        rows = session.execute(reads.ANSWERS, {"submissions": submissions}).all()
        self._learn(session, rows)
        mine = [row for row in rows if not _is_by_person(row)]
        # One version after the other: more are asked than are kept compiled.
        mine.sort(key=lambda row: (self._target(row), row.id))
        items = [item for row in mine if (item := self._compared(row)) is not None]
        items.sort(key=lambda item: int(item["submission_id"]))
        return Found(len(mine), len(rows) - len(mine), items)

    def _learn(self, session: Session, rows: Sequence[Row]) -> None:
        """Read by which version to grade what was not met before, and personal wordings."""
        if new := {row.shown_id for row in rows} - set(self._targets):
            known = dict(rubrics.targets(session, self._run.version_id, new))
            self._targets.update({shown: known.get(shown) for shown in new})
        practised = [row for row in rows if row.assignment_id is None]
        self._own = _wordings(session, practised) if practised else {}

    def _target(self, row: Row) -> int:
        found = self._targets[row.shown_id] or row.graded_id
        return int(found)

    def _rubric(self, version: int) -> CompiledRubric:
        if version not in self._rubrics:
            if len(self._rubrics) >= RUBRICS_KEPT:
                self._rubrics.pop(next(iter(self._rubrics)))
            self._rubrics[version] = grading.compiled(version)
        return self._rubrics[version]

    def _compared(self, row: Row) -> dict[str, Any] | None:
        version = self._target(row)
        own = self._own.get((row.user_id, row.question_id), ())
        grade, own_points = (
            grading.grade_personally(version, row.text, own)
            if own
            else (grading.grader().grade(self._rubric(version), row.text), None)
        )
        changes = _changes(row.verdict["points"], grade)
        is_same = abs(grade.score - row.score) <= EPSILON and not changes
        if is_same and grade.needs_review == row.needs_review:
            return None
        return {
            "run_id": self._run.id,
            "submission_id": row.id,
            "base_grade_id": row.grade_id,
            "version_id": version,
            "old_score": row.score,
            "new_score": grade.score,
            "verdict": grade.to_dict(),
            "own_points": own_points,
            "changes": changes,
            "is_equivalent": any(self._gains(change) for change in changes),
        }

    def _gains(self, change: dict[str, str]) -> bool:
        """Whether a change is the key point of the appeal, found or partly where it was not."""
        if change["id"] != self._point_id:
            return False
        after = change["after"]
        return after == Verdict.FOUND or (
            after == Verdict.PARTLY and change["before"] in _HALF_GAINED
        )


def _is_by_person(row: Row) -> bool:
    return row.graded_by is not None or row.grader_version == PERSON


def _wordings(session: Session, rows: Sequence[Row]) -> dict[tuple[int, int], Wordings]:
    named = {
        "users": sorted({row.user_id for row in rows}),
        "questions": sorted({row.question_id for row in rows}),
    }
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for row in session.execute(reads.WORDINGS, named):
        found[row.user_id, row.question_id].append((row.point_id, row.wording))
    asked = {(row.user_id, row.question_id) for row in rows}
    return {pair: tuple(said) for pair, said in found.items() if pair in asked}


def _changes(before: Sequence[dict[str, Any]], grade: Grade) -> list[dict[str, str]]:
    """Key points with another verdict; an empty one where a rubric has not the point.

    `number` is the key point's number on every page, of the grade that has it.
    """
    was = {point["id"]: point["verdict"] for point in before}
    now = {point.id for point in grade.points}
    changed = [
        _change(number, point.id, point.text, (was.get(point.id, ""), point.verdict.value))
        for number, point in enumerate(grade.points, start=1)
        if was.get(point.id) != point.verdict
    ]
    gone = [
        _change(number, point["id"], point["text"], (point["verdict"], ""))
        for number, point in enumerate(before, start=1)
        if point["id"] not in now
    ]
    return changed + gone


def _change(number: int, name: str, text: str, verdicts: tuple[str, str]) -> dict[str, str]:
    before, after = verdicts
    return {
        "id": name,
        "number": str(number),
        "text": text,
        "before": before,
        "after": after,
    }

"""Which key points a class names and which it misses, from the newest grades."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from interview.grading.records import Verdict
from interview.services.analytics.questions import CHUNK
from interview.services.analytics.records import PointLine
from interview.store import analytics as reads
from interview.store.db import db

# The version that was shown, the one that it was graded by, and the verdicts as text.
_Said = tuple[int, int, str]
_Tally = Counter[str]


def point_lines(assignment_ids: Sequence[int], group_id: int | None) -> tuple[PointLine, ...]:
    """Read what became of every key point of some assignments, in three statements.

    Returns
    -------
    tuple of PointLine
        The most missed first; those of too few answers last.
    """
    said, samples = _count(_verdicts(assignment_ids, group_id))
    points = _points(samples)
    questions = {
        row.id: row for row in db.session.execute(reads.questions_of(list({s[0] for s in said})))
    }
    prompts = {row.question_id: row.prompt for row in questions.values()}
    texts: dict[tuple[int, str], str] = {}
    tallies: dict[tuple[int, str], _Tally] = {}
    # In the order of the versions, so that the newest wording is the one that is shown.
    for (shown, graded_by, verdicts), answers in sorted(said.items(), key=lambda one: one[0][1]):
        question_id = questions[shown].question_id
        for point, verdict in zip(points[graded_by], json.loads(verdicts), strict=False):
            key = (question_id, _name(point))
            texts[key] = point["text"]
            tallies.setdefault(key, Counter())[verdict] += answers
    lines = (_line(key[0], prompts[key[0]], texts[key], tally) for key, tally in tallies.items())
    return tuple(sorted(lines, key=_order))


def _verdicts(assignment_ids: Sequence[int], group_id: int | None) -> Iterable[Any]:
    statement = reads.verdicts_of(assignment_ids).where(*reads.of_group(group_id))
    return db.session.execute(statement, execution_options={"yield_per": CHUNK})


def _count(rows: Iterable[Any]) -> tuple[Counter[_Said], dict[int, int]]:
    """Count answers that are alike, and keep a grade by each version for its key points."""
    said: Counter[_Said] = Counter()
    samples: dict[int, int] = {}
    for shown, graded_by, grade_id, verdicts in rows:
        said[shown, graded_by, verdicts] += 1
        samples[graded_by] = grade_id
    return said, samples


def _points(samples: dict[int, int]) -> dict[int, list[dict[str, Any]]]:
    """Read the key points by which versions grade, in their order."""
    rows = db.session.execute(reads.grades_numbered(list(samples.values())))
    found = {row.id: row.verdict["points"] for row in rows}
    return {version: found[grade] for version, grade in samples.items()}


def _name(point: dict[str, Any]) -> str:
    """What a key point is known by in all versions of its question.

    Those that were derived from a reference are numbered: another reference has others.
    """
    name: str = point["text"] if point["derived"] else point["id"]
    return name


def _line(question_id: int, prompt: str, text: str, tally: _Tally) -> PointLine:
    return PointLine(
        question_id=question_id,
        prompt=prompt,
        text=text,
        found=tally[Verdict.FOUND],
        partly=tally[Verdict.PARTLY],
        not_found=tally[Verdict.NOT_FOUND],
        contradicted=tally[Verdict.CONTRADICTED],
    )


def _order(line: PointLine) -> tuple[bool, float, int, str]:
    return (not line.missed.is_enough, -(line.missed.value or 0.0), -line.n, line.text)

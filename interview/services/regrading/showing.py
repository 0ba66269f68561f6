"""What the pages of a run show beside its figures: evidence, reasons, and the contested answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from interview.grading import Band
from interview.grading import Grade as Given
from interview.grading.overriding import PERSON
from interview.services.attempts.evidence import AnswerEvidence, evidence_of
from interview.services.classes.access import Forbidden
from interview.services.jobs.records import STALE
from interview.services.principals import Principal
from interview.services.regrading import deciding
from interview.services.regrading.making import make
from interview.services.regrading.reading import run_for
from interview.services.regrading.records import JOB, ItemLine, Overtaken, RunScreen, Wish
from interview.store.appeals import Appeal
from interview.store.db import db
from interview.store.grades import Grade, Submission
from interview.store.jobs import Job
from interview.store.marking import NEWEST_GRADE
from interview.store.regrades import RegradeItem
from interview.store.users import User

EQUIVALENTS = 5
"""Answers that said the same, shown before all others; a filter shows the rest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A key point that has another verdict.

    Attributes
    ----------
    number : int
        Of the key point on the page of the new grade; 0 where that has it no more.
    before, after : str
        Verdicts; empty where the rubric has it not.
    quote : str
        The words of the answer that the new verdict rests on.
    """

    number: int
    text: str
    before: str
    after: str
    quote: str


@dataclass(frozen=True, slots=True)
class Change:
    """A grade that changes, with the evidence of the new one.

    Attributes
    ----------
    evidence : AnswerEvidence or None
        None for an answer of own practice, which nobody else reads.
    """

    line: ItemLine
    old_band: str
    new_band: str
    reasons: tuple[Reason, ...]
    evidence: AnswerEvidence | None


@dataclass(frozen=True, slots=True)
class Contested:
    """The answer whose appeal a run follows from.

    Attributes
    ----------
    old_score, new_score : float or None
        Of its change; None where its grade stays.
    by_person : bool
        Whether a person gave the grade that it has now.
    """

    appeal_id: int
    learner: str
    attempt_id: int
    position: int
    point: str
    wording: str
    old_score: float | None
    new_score: float | None
    outcome: str
    by_person: bool


@dataclass(frozen=True, slots=True)
class Work:
    """How the worker does with a run.

    Attributes
    ----------
    is_stuck : bool
        Whether nothing was heard of it for longer than a worker is ever silent.
    error : str
        What went wrong last, in words for administrators.
    """

    is_stuck: bool
    error: str


def changes(run_id: int, lines: Sequence[ItemLine]) -> tuple[Change, ...]:
    """Lay the evidence of the new grades over a page of changes."""
    numbers = [line.submission_id for line in lines]
    item = RegradeItem
    rows = db.session.execute(
        sa.select(item.submission_id, item.verdict).where(
            item.run_id == run_id, item.submission_id.in_(numbers)
        )
    )
    verdicts = {row.submission_id: row.verdict for row in rows}
    return tuple(_change(line, Given.from_dict(verdicts[line.submission_id])) for line in lines)


def _change(line: ItemLine, grade: Given) -> Change:
    evidence = None if line.is_practice else evidence_of(line.text, grade)
    return Change(
        line=line,
        old_band=Band.of(line.old_score).value,
        new_band=Band.of(line.new_score).value,
        reasons=_reasons(line, grade, evidence),
        evidence=evidence,
    )


def _reasons(line: ItemLine, grade: Given, evidence: AnswerEvidence | None) -> tuple[Reason, ...]:
    numbers = {point.id: number for number, point in enumerate(grade.points, start=1)}
    quotes = {point.id: point.quote for point in evidence.points} if evidence else {}
    return tuple(
        Reason(numbers.get(one.id, 0), one.text, one.before, one.after, quotes.get(one.id, ""))
        for one in line.points
    )


def contested(run: RunScreen) -> Contested | None:
    """Find the answer that the accepted appeal was about; None where the run has none."""
    if run.appeal_id is None:
        return None
    item = RegradeItem
    same = sa.and_(item.run_id == run.id, item.submission_id == Appeal.submission_id)
    row = db.session.execute(
        sa.select(
            Appeal.id, Appeal.point_text, Appeal.wording, User.display_name,
            Submission.attempt_id, Submission.position,
            item.old_score, item.new_score, item.outcome,
            Grade.graded_by, Grade.grader_version,
        )
        .join(Submission, Submission.id == Appeal.submission_id)
        .join(User, User.id == Appeal.user_id)
        .join(Grade, Grade.id == NEWEST_GRADE)
        .outerjoin(item, same)
        .where(Appeal.id == run.appeal_id)
    ).one()  # fmt: skip
    return Contested(
        appeal_id=row.id,
        learner=row.display_name,
        attempt_id=row.attempt_id,
        position=row.position,
        point=row.point_text,
        wording=row.wording,
        old_score=row.old_score,
        new_score=row.new_score,
        outcome=row.outcome or "",
        by_person=row.graded_by is not None or row.grader_version == PERSON,
    )


def work(run: RunScreen, now: datetime) -> Work:
    """Look after the newest job of a run."""
    newest = sa.select(Job.created_at, Job.heartbeat_at, Job.error)
    newest = newest.where(Job.kind == JOB, Job.subject_id == run.id)
    row = db.session.execute(newest.order_by(Job.id.desc()).limit(1)).first()
    if row is None:
        return Work(is_stuck=False, error="")
    silent = now - (row.heartbeat_at or row.created_at)
    return Work(is_stuck=run.is_working and silent > STALE, error=row.error)


def again(person: Principal, run_id: int, now: datetime) -> int:
    """Ask once more for what a run that failed or was cancelled was asked for.

    Returns
    -------
    int
        The new run; of one that takes back another, which happens once, the same.

    Raises
    ------
    Archived
        When its class cannot be changed.
    Forbidden
        When its classes are not those of the person.
    Overtaken
        When the run did not end like that.
    Refused
        When there is nothing to grade anew.
    """
    run = run_for(person, run_id)
    if run.kind == "undo":
        deciding.resume(person, run_id, now)
        return run_id
    if run.state not in ("failed", "cancelled"):
        raise Overtaken
    if run.scope == "classes" and not run.can_repeat:
        raise Forbidden
    wish = Wish(
        scope=run.scope,
        assignment_id=run.assignment_id,
        question_id=run.question_id,
        version_id=run.version_id,
        appeal_id=run.appeal_id,
        policy=run.policy,
        reason=run.reason,
    )
    return make(person, wish, now)

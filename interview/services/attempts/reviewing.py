"""Reading graded answers: the learner's own words beside the key points they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from interview.grading import Grade
from interview.rules.access import EVERYTHING, Visible, review_policy
from interview.rules.attempt import AttemptState, Feedback, ItemState
from interview.rules.totals import strong_and_weak
from interview.services.attempts.evidence import AnswerEvidence, evidence_of
from interview.services.attempts.loading import Row
from interview.services.attempts.records import NotFound
from interview.services.attempts.showing import settled_attempt
from interview.store import reviewing as reads
from interview.store.db import db


@dataclass(frozen=True, slots=True)
class AnswerScreen:
    """One answer with all that its reader may see of it now.

    Attributes
    ----------
    saved_at : datetime or None
        When the last draft was saved, which the clock or the finish handed in.
    score : float or None
        None until the review policy shows it.
    evidence : AnswerEvidence or None
        Marked text and key points; None for an answer without a grade to show.
    references : tuple of str
        Markdown; empty until they may be seen.
    """

    attempt_id: int
    position: int
    prompt: str
    state: ItemState
    flagged: bool
    text: str
    submitted_at: datetime | None
    saved_at: datetime | None
    source: str
    used: timedelta
    target: timedelta
    score: float | None
    evidence: AnswerEvidence | None
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultsScreen:
    """A whole attempt, looked back on.

    Attributes
    ----------
    strong, weak : tuple of str
        Tags that went well, best first, and those to practise, worst first.
    """

    attempt_id: int
    title: str
    preset: str
    state: str
    finish_reason: str
    set_slug: str
    topic: str
    started_at: datetime
    finished_at: datetime
    deadline_at: datetime | None
    score: float | None
    answers: tuple[AnswerScreen, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return sum(answer.state is ItemState.SUBMITTED for answer in self.answers)

    @property
    def used(self) -> timedelta:
        """Time on the questions, all together."""
        return sum((answer.used for answer in self.answers), timedelta())


def results(user_id: int, attempt_id: int, now: datetime) -> ResultsScreen | None:
    """Show a finished or abandoned attempt; None while it is open.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    attempt = settled_attempt(user_id, attempt_id, now)
    if attempt.state == AttemptState.OPEN:
        return None
    rows = db.session.execute(reads.ANSWERS, {"attempt": attempt_id}).all()
    tags = _tags(rows)
    scored = [(tag, row.score or 0.0) for row in rows for tag in tags.get(row.question_id, ())]
    strong, weak = strong_and_weak(scored)
    return ResultsScreen(
        attempt_id=attempt_id,
        title=attempt.title,
        preset=attempt.preset,
        state=attempt.state,
        finish_reason=attempt.finish_reason or "",
        set_slug=_set_slug(attempt.set_id),
        topic=attempt.topic,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        deadline_at=attempt.deadline_at,
        score=attempt.score,
        answers=tuple(_answer(attempt, row) for row in rows),
        strong=tuple(strong[:3]),
        weak=tuple(weak[:3]),
    )


def answer(user_id: int, attempt_id: int, position: int, now: datetime) -> AnswerScreen:
    """Show one closed answer, as far as it may be seen.

    Raises
    ------
    NotFound
        When it is not the user's, there is no such question, or it may not be seen yet.
    """
    attempt = settled_attempt(user_id, attempt_id, now)
    if not 1 <= position <= attempt.item_count:
        raise NotFound
    row = db.session.execute(reads.ANSWER, {"attempt": attempt_id, "position": position}).one()
    if not _policy(attempt, row).score:
        raise NotFound
    return _answer(attempt, row)


def _policy(attempt: Row, row: Row) -> Visible:
    if row.state == ItemState.REVEALED:
        # It was given up for this: also where grades wait for the end.
        return EVERYTHING
    return review_policy(
        AttemptState(attempt.state),
        Feedback(attempt.feedback),
        item_closed=ItemState(row.state).is_closed,
    )


def _answer(attempt: Row, row: Row) -> AnswerScreen:
    visible = _policy(attempt, row)
    grade = Grade.from_dict(row.verdict) if row.verdict and visible.score else None
    text = row.text or row.draft or ""
    return AnswerScreen(
        attempt_id=attempt.id,
        position=row.position,
        prompt=row.prompt,
        state=ItemState(row.state),
        flagged=row.flagged,
        text=text,
        submitted_at=row.submitted_at,
        saved_at=row.saved_at,
        source=row.source or "",
        used=timedelta(seconds=row.seconds_used),
        target=timedelta(seconds=row.target_seconds),
        score=(row.score or 0.0) if visible.score else None,
        evidence=evidence_of(text, grade) if grade and visible.key_points else None,
        references=tuple(row.rubric["references"]) if visible.reference else (),
    )


def _tags(rows: Sequence[Row]) -> dict[int, list[str]]:
    ids = [row.question_id for row in rows if ItemState(row.state).is_closed]
    found: dict[int, list[str]] = {}
    for question_id, tag in db.session.execute(reads.TAGS, {"questions": ids}):
        found.setdefault(question_id, []).append(tag)
    return found


def _set_slug(set_id: int | None) -> str:
    if set_id is None:
        return ""
    slug: Any = db.session.scalar(reads.SET_SLUG, {"set": set_id})
    return str(slug)

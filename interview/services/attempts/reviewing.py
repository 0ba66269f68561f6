"""Reading graded answers: the learner's own words beside the key points they hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interview.grading import Grade
from interview.rules.access import Visible
from interview.rules.attempt import AttemptState, ItemState
from interview.rules.totals import strong_and_weak
from interview.services.appeals.records import Beside
from interview.services.attempts.evidence import AnswerEvidence, evidence_of
from interview.services.attempts.loading import Row
from interview.services.attempts.readers import Reader, reader_of
from interview.services.attempts.records import NotFound
from interview.services.attempts.sentences import countable
from interview.services.attempts.showing import settled_attempt
from interview.services.attempts.story import Moment, Subject, stories
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
    visible : Visible
        What the reader may see of it.
    withheld : bool
        Whether an assignment that asks the same keeps key points and reference back.
    graded_by, grade_reason : str
        The person who gave the newest grade, and why; empty for the grader's.
    contest : str
        What its learner can do about a key point: ``appeal``, ``count`` or nothing.
    appeals : mapping of str to Beside
        What stands against the verdicts, by key point.
    story : tuple of Moment
        How it came to its grade; empty for an answer that was graded once and then left alone.
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
    visible: Visible
    withheld: bool
    graded_by: str
    grade_reason: str
    points: float
    contest: str
    appeals: Mapping[str, Beside]
    story: tuple[Moment, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What of the answer the learner may choose to count."""
        return countable(self.text)


@dataclass(frozen=True, slots=True)
class ResultsScreen:
    """A whole attempt, looked back on.

    Attributes
    ----------
    assignment_id : int or None
        The assignment that it was sat for.
    score : float or None
        None for an abandoned attempt, and where it may not be seen yet.
    score_shown : bool
        Whether the reader may see scores.
    strong, weak : tuple of str
        Tags that went well, best first, and those to practise, worst first.
    """

    attempt_id: int
    assignment_id: int | None
    title: str
    preset: str
    state: str
    finish_reason: str
    set_slug: str
    topic: str
    started_at: datetime
    finished_at: datetime | None
    deadline_at: datetime | None
    score: float | None
    score_shown: bool
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


def results(
    user_id: int, attempt_id: int, now: datetime, *, everything: bool = False
) -> ResultsScreen | None:
    """Show a finished or abandoned attempt; None while it is open.

    Parameters
    ----------
    user_id : int
        Whose attempt it is.
    everything : bool
        For those who grade it: all there is, of an open attempt too, drafts left out.

    Raises
    ------
    NotFound
        When the attempt is not the user's.
    """
    attempt = settled_attempt(user_id, attempt_id, now)
    if attempt.state == AttemptState.OPEN and not everything:
        return None
    rows = db.session.execute(reads.ANSWERS, {"attempt": attempt_id}).all()
    reader = reader_of(user_id, attempt, rows, now, everything=everything)
    answers = _with_stories(rows, [_answer(attempt, row, reader) for row in rows])
    shown = all(answer.visible.score for answer in answers)
    strong, weak = _strong_and_weak(rows) if shown else ([], [])
    return ResultsScreen(
        attempt_id=attempt_id,
        assignment_id=attempt.assignment_id,
        title=attempt.title,
        preset=attempt.preset,
        state=attempt.state,
        finish_reason=attempt.finish_reason or "",
        set_slug=_set_slug(attempt.set_id),
        topic=attempt.topic,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        deadline_at=attempt.deadline_at,
        score=attempt.score if shown else None,
        score_shown=shown,
        answers=answers,
        strong=tuple(strong[:3]),
        weak=tuple(weak[:3]),
    )


def answer(
    user_id: int, attempt_id: int, position: int, now: datetime, *, everything: bool = False
) -> AnswerScreen:
    """Show one closed answer, as far as it may be seen.

    Raises
    ------
    NotFound
        When it is not the user's, there is no such question, or nothing of it may be seen yet.
    """
    attempt = settled_attempt(user_id, attempt_id, now)
    if not 1 <= position <= attempt.item_count:
        raise NotFound
    row = db.session.execute(reads.ANSWER, {"attempt": attempt_id, "position": position}).one()
    found = _answer(attempt, row, reader_of(user_id, attempt, [row], now, everything=everything))
    if not found.visible.anything:
        raise NotFound
    return _with_stories([row], [found])[0]


def _answer(attempt: Row, row: Row, reader: Reader) -> AnswerScreen:
    visible = reader.visible(attempt, row)
    text = row.text or row.draft or ""
    grade = Grade.from_dict(row.verdict) if row.verdict else None
    own = row.own_points or ()
    return AnswerScreen(
        attempt_id=attempt.id,
        position=row.position,
        prompt=row.prompt,
        state=ItemState(row.state),
        flagged=row.flagged,
        text=text if visible.answer else "",
        submitted_at=row.submitted_at,
        saved_at=row.saved_at,
        source=row.source or "",
        used=timedelta(seconds=row.seconds_used),
        target=timedelta(seconds=row.target_seconds),
        score=(row.score or 0.0) if visible.score else None,
        evidence=evidence_of(text, grade, visible, own) if grade and visible.anything else None,
        references=tuple(row.rubric["references"]) if visible.reference else (),
        visible=visible,
        withheld=row.question_id in reader.kept,
        graded_by=(row.graded_by or "") if visible.score else "",
        grade_reason=(row.reason or "") if visible.score else "",
        points=row.points,
        contest=reader.contest(row, visible) if grade else "",
        appeals=reader.standing(row, visible),
    )


def _with_stories(rows: Sequence[Row], answers: Sequence[AnswerScreen]) -> tuple[AnswerScreen, ...]:
    subjects = {
        answer.position: Subject(answer.visible, answer.evidence.points)
        for row, answer in zip(rows, answers, strict=True)
        if row.has_story and answer.evidence
    }
    found = stories(answers[0].attempt_id, subjects) if subjects else {}
    return tuple(replace(one, story=found.get(one.position, ())) for one in answers)


def _strong_and_weak(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    tags = _tags(rows)
    return strong_and_weak(
        (tag, row.score or 0.0) for row in rows for tag in tags.get(row.question_id, ())
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
    return str(db.session.scalar(reads.SET_SLUG, {"set": set_id}))

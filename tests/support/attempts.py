"""Attempts as rows: sat, answered and graded in the past, without sitting them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.grading.records import Band, Grade, PointVerdict, Span, Verdict
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem, Draft
from interview.store.bank import Question, QuestionSet, QuestionTag, QuestionVersion
from interview.store.grades import Grade as GradeRow
from interview.store.grades import Submission
from interview.store.users import User

ENDED_AT = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
REFERENCE = "A complete answer that only graded people may read."
KEY_POINT = "The point that has to be made."
_numbers = count(1)


@dataclass(frozen=True)
class Item:
    """One question of an attempt to be written.

    Parameters
    ----------
    version
        The question's version; a new question when none is given.
    text
        What was handed in; None for an item without a submission.
    """

    version: int | None = None
    state: str = "submitted"
    text: str | None = "It makes the point."
    score: float | None = 0.5
    draft: str | None = None
    seconds: float = 60.0
    grades: int = 1


@dataclass(frozen=True)
class Sitting:
    """An attempt to be written; open when it has not ended."""

    title: str = "Django: the essentials"
    topic: str = "Django"
    preset: str = "practice"
    feedback: str = "each"
    state: str = "finished"
    ended_at: datetime | None = ENDED_AT
    score: float | None = 0.5
    set_id: int | None = None
    scope: str = ""
    cutoff_at: datetime | None = None
    assignment_id: int | None = None
    number: int | None = None
    items: Sequence[Item] = field(default_factory=lambda: [Item()])


def an_open(**values: Any) -> Sitting:
    """An open attempt."""
    return Sitting(**{"state": "open", "ended_at": None, "score": None, **values})


def add_person(name: str = "Ada", zone: str = "UTC", **values: Any) -> int:
    number = next(_numbers)
    with write() as session:
        row = {
            "email": f"person{number}@example.org",
            "display_name": name,
            "password_hash": "$argon2id$not-a-hash",
            "time_zone": zone,
            "created_at": ENDED_AT - timedelta(days=400),
            **values,
        }
        return _insert(session, User, row)


def add_question(
    slug: str = "", *, topic: str = "Django", tags: Sequence[str] = (), prompt: str = ""
) -> int:
    """Add a ready question and return its version."""
    slug = slug or f"question-{next(_numbers)}"
    with write() as session:
        return _add_question(session, slug, topic, tags, prompt)


def add_set(title: str = "Django: the essentials", slug: str = "") -> int:
    slug = slug or f"set-{next(_numbers)}"
    with write() as session:
        row = {"slug": slug, "title": title, "description": "", "updated": date(2026, 1, 1)}
        return _insert(session, QuestionSet, row)


def add_attempt(user_id: int, sitting: Sitting | None = None, **values: Any) -> int:
    """Write an attempt with its items, drafts, submissions and grades."""
    sitting = sitting or Sitting(**values)
    with write() as session:
        attempt_id = _insert(session, Attempt, _attempt_row(user_id, sitting))
        for position, item in enumerate(sitting.items, 1):
            _add_item(session, (attempt_id, position), item, sitting.ended_at or ENDED_AT)
        return attempt_id


def grade_of(score: float, text: str) -> Grade:
    """A grade that found its one point in the first word."""
    span = Span(0, len(text.partition(" ")[0]))
    point = PointVerdict("point", KEY_POINT, Verdict.FOUND, span, 1.0, 1.0)
    return Grade(
        score=score,
        low=max(0.0, score - 0.1),
        high=min(1.0, score + 0.1),
        band=Band.of(score),
        similarity=score,
        points=(point,),
        misconceptions=(),
        flags=(),
        needs_review=False,
        grader_version="1+test",
    )


def _insert(session: Session, model: type[Any], row: dict[str, Any]) -> int:
    number: int = session.execute(sa.insert(model).values(**row).returning(model.id)).scalar_one()
    return number


def _attempt_row(user_id: int, sitting: Sitting) -> dict[str, Any]:
    ended = sitting.ended_at
    return {
        "user_id": user_id,
        "set_id": sitting.set_id,
        "assignment_id": sitting.assignment_id,
        "number": sitting.number,
        "scope": sitting.scope or f"scope:{next(_numbers)}",
        "title": sitting.title,
        "topic": sitting.topic,
        "preset": sitting.preset,
        "feedback": sitting.feedback,
        "pausable": False,
        "grace_seconds": 5.0,
        "state": sitting.state,
        "started_at": (ended or ENDED_AT) - timedelta(minutes=10),
        "deadline_at": sitting.cutoff_at and sitting.cutoff_at - timedelta(seconds=5),
        "cutoff_at": sitting.cutoff_at,
        "item_count": len(sitting.items),
        "finished_at": ended,
        "finish_reason": ended and "learner",
        "score": sitting.score,
    }


def _add_question(session: Session, slug: str, topic: str, tags: Sequence[str], prompt: str) -> int:
    question_id = _insert(
        session,
        Question,
        {
            "slug": slug,
            "audience": "everyone",
            "topic": topic,
            "difficulty": "easy",
            "target_seconds": 90,
            "sources": [],
            "valid_for": {},
            "last_verified": date(2026, 1, 1),
            "created_at": ENDED_AT,
        },
    )
    point = {"id": "point", "text": KEY_POINT, "phrasings": [], "weight": 1.0, "required": False}
    content = {"references": [REFERENCE], "key_points": [point], "misconceptions": []}
    version = {
        "question_id": question_id,
        "content_hash": slug,
        "prompt": prompt or f"What is {slug}?",
        "rubric": content,
        "created_at": ENDED_AT,
    }
    version_id = _insert(session, QuestionVersion, version)
    for tag in tags:
        session.execute(sa.insert(QuestionTag).values(question_id=question_id, tag=tag))
    session.execute(
        sa.update(Question).where(Question.id == question_id).values(current_version_id=version_id)
    )
    return version_id


def _add_item(session: Session, place: tuple[int, int], item: Item, ended_at: datetime) -> None:
    key = {"attempt_id": place[0], "position": place[1]}
    slug = f"question-{next(_numbers)}"
    version = item.version or _add_question(session, slug, "Django", (), "")
    answered = item.state == "submitted" and item.text is not None
    session.execute(
        sa.insert(AttemptItem).values(
            **key,
            question_version_id=version,
            state=item.state,
            seconds_used=item.seconds,
            score=item.score if answered else None,
        )
    )
    if item.draft is not None:
        draft = {"text": item.draft, "revision": 1, "writer": "w", "writer_sequence": 1}
        session.execute(sa.insert(Draft).values(**key, **draft, saved_at=ended_at))
    if answered:
        _add_grades(session, key, item, version, ended_at)


def _add_grades(
    session: Session, key: dict[str, int], item: Item, version: int, ended_at: datetime
) -> None:
    text, score = item.text or "", item.score or 0.0
    row = {**key, "text": text, "submitted_at": ended_at, "source": "learner"}
    submission_id = _insert(session, Submission, row)
    for _ in range(item.grades):
        grade = grade_of(score, text)
        _insert(
            session,
            GradeRow,
            {
                "submission_id": submission_id,
                "question_version_id": version,
                "grader_version": grade.grader_version,
                "score": grade.score,
                "needs_review": False,
                "verdict": grade.to_dict(),
                "created_at": ended_at,
            },
        )

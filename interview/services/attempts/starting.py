"""Choosing what to sit, and starting it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.rules.attempt import MAX_QUESTIONS, AttemptState, Plan
from interview.rules.clock import Allowance, seconds_of
from interview.services.attempts.records import NotFound
from interview.services.attempts.showing import settled_attempt
from interview.services.unit import write
from interview.store import drawing
from interview.store.attempts import Attempt, AttemptItem
from interview.store.bank import QuestionSet
from interview.store.db import db
from interview.store.types import AnyRow as Row


@dataclass(frozen=True, slots=True)
class Choice:
    """What to sit: a set, or questions drawn by topic and difficulty.

    Attributes
    ----------
    set_slug : str
        The set; empty when questions are drawn.
    difficulty : str
        Empty for any.
    count : int
        How many questions to draw.
    """

    set_slug: str = ""
    topic: str = ""
    difficulty: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice with what it comes to.

    Attributes
    ----------
    available : int
        How many questions there are to sit.
    open_attempt : int or None
        The user's open attempt at the same, to continue or abandon first.
    """

    title: str
    topic: str
    scope: str
    set_id: int | None
    available: int
    expected: timedelta
    open_attempt: int | None


class AlreadyOpen(Exception):
    """The learner has an open attempt at the same; it comes first.

    Attributes
    ----------
    attempt_id : int
        That attempt.
    """

    def __init__(self, attempt_id: int) -> None:
        super().__init__("an attempt is open already")
        self.attempt_id = attempt_id


def offer(user_id: int | None, choice: Choice) -> Offer:
    """Say what a choice would be, before it is started.

    Raises
    ------
    NotFound
        When there is no such set, or no question fits.
    """
    chosen = _set(choice.set_slug) if choice.set_slug else None
    questions = _candidates(choice, chosen)
    if not questions:
        raise NotFound
    title, topic, scope = _names(choice, chosen, questions)
    count = len(questions) if chosen else min(choice.count, len(questions))
    mean = sum(question.target_seconds for question in questions) / len(questions)
    return Offer(
        title=title,
        topic=topic,
        scope=scope,
        set_id=chosen.id if chosen else None,
        available=count,
        expected=timedelta(seconds=mean * count),
        open_attempt=_open_attempt(user_id, scope) if user_id else None,
    )


def _set(slug: str) -> Row:
    columns = (QuestionSet.id, QuestionSet.title)
    chosen = db.session.execute(sa.select(*columns).where(QuestionSet.slug == slug)).first()
    if chosen is None:
        raise NotFound
    return chosen


def _candidates(choice: Choice, chosen: Row | None) -> Sequence[Row]:
    if chosen is not None:
        return drawing.of_set(db.session(), chosen.id)
    return drawing.first_of_topic(db.session(), choice.topic, choice.difficulty, MAX_QUESTIONS)


def _names(choice: Choice, chosen: Row | None, questions: Sequence[Row]) -> tuple[str, str, str]:
    if chosen is not None:
        topics = {question.topic for question in questions}
        return chosen.title, topics.pop() if len(topics) == 1 else "Mixed", f"set:{chosen.id}"
    title = f"{choice.topic}, {choice.difficulty}" if choice.difficulty else choice.topic
    return title, choice.topic, f"topic:{choice.topic}:{choice.difficulty}"


def _open_attempt(user_id: int, scope: str) -> int | None:
    return db.session.scalar(
        sa.select(Attempt.id).where(
            Attempt.user_id == user_id,
            Attempt.scope == scope,
            Attempt.state == AttemptState.OPEN,
        )
    )


def start(user_id: int, choice: Choice, plan: Plan, now: datetime) -> int:
    """Start an attempt; its clock runs from now.

    Returns
    -------
    int
        The attempt.

    Raises
    ------
    NotFound
        When there is nothing to sit.
    AlreadyOpen
        When an attempt at the same is open; the database holds that, not this look.
    """
    offered = offer(user_id, choice)
    if offered.open_attempt is not None:
        _settle_or_refuse(user_id, offered.open_attempt, now)
    if offered.set_id is not None:
        questions = drawing.of_set(db.session(), offered.set_id)
    else:
        questions = drawing.draw(
            db.session(), choice.topic, choice.difficulty, offered.available, SystemRandom()
        )
    versions = [question.current_version_id for question in questions]
    try:
        with write() as session:
            return _insert(session, user_id, offered, plan, versions, now)
    except IntegrityError as error:
        standing = _open_attempt(user_id, offered.scope)
        if standing is None:
            raise
        raise AlreadyOpen(standing) from error


def _settle_or_refuse(user_id: int, attempt_id: int, now: datetime) -> None:
    if settled_attempt(user_id, attempt_id, now).state == AttemptState.OPEN:
        raise AlreadyOpen(attempt_id)


def _insert(
    session: Session,
    user_id: int,
    offered: Offer,
    plan: Plan,
    versions: Sequence[int],
    now: datetime,
) -> int:
    allowance = Allowance(plan.whole_limit)
    deadline = allowance.deadline(now)
    values = {
        "user_id": user_id,
        "set_id": offered.set_id,
        "scope": offered.scope,
        "title": offered.title,
        "topic": offered.topic,
        "preset": plan.preset,
        "feedback": plan.feedback,
        "whole_limit_seconds": seconds_of(plan.whole_limit),
        "question_limit_seconds": seconds_of(plan.question_limit),
        "pausable": plan.pausable,
        "returnable": plan.returnable,
        "grace_seconds": allowance.grace.total_seconds(),
        "started_at": now,
        "deadline_at": deadline,
        "cutoff_at": deadline and deadline + allowance.grace,
    }
    return insert_attempt(session, values, [{"question_version_id": one} for one in versions])


def insert_attempt(
    session: Session, values: dict[str, Any], items: Sequence[dict[str, Any]]
) -> int:
    """Write an attempt with its items, which are numbered in their order.

    Parameters
    ----------
    values : dict
        Columns of the attempt but for ``item_count``.
    items : sequence of dict
        Columns of each item but for its place; all of them name the same columns.

    Returns
    -------
    int
        The attempt.

    Raises
    ------
    IntegrityError
        When the person has an open attempt of the same scope, or one of the same number.
    """
    attempt_id: int = session.execute(
        sa.insert(Attempt).values(**values, item_count=len(items)).returning(Attempt.id)
    ).scalar_one()
    rows = [
        {"attempt_id": attempt_id, "position": position, **item}
        for position, item in enumerate(items, start=1)
    ]
    session.execute(sa.insert(AttemptItem), rows)
    return attempt_id

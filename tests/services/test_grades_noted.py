"""The audit log explains every grade but an answer's first."""

from collections import Counter
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask

from interview.services import own_wordings
from interview.services.appeals import deciding as appeals
from interview.services.attempts import reviewing
from interview.services.jobs.running import run_due
from interview.services.marking import overriding
from interview.services.marking.overriding import Decision
from interview.services.regrading import deciding as runs
from interview.store.attempts import Attempt
from interview.store.audit import AuditEntry
from interview.store.db import db
from interview.store.grades import Grade, Submission
from tests.support.appealed import Appealed, accept, appealed
from tests.support.clock import FakeClock
from tests.support.marking import grades
from tests.support.personal import practise, wordings

KINDS = {
    "regraded": "grade.regraded",
    "undone": "grade.regraded",
    "by person": "grade.overridden",
    "grader again": "grade.overridden",
    "counted": "grade.counted",
    "taken back": "grade.counted",
}
"""How the log calls what an answer's story tells of its grades."""


def regrade_and_undo(world: Appealed, clock: FakeClock) -> None:
    run = appeals.decide(world.iris, world.contest(), accept(), clock.advance(minutes=1))
    assert run is not None
    run_due(clock)
    runs.accept(world.iris, run, "computed", clock.advance(minutes=1))
    run_due(clock)
    runs.undo(world.iris, run, "It was too much.", clock.advance(minutes=1))
    run_due(clock)


def grade_by_hand(world: Appealed, clock: FakeClock) -> None:
    """Grade Ada's answer, take that back, and adjust Ben's for an appeal."""
    base = grades(world.attempt)[-1].id
    decision = Decision(base, {}, 0.9, "Well put")
    overriding.override(world.iris, world.attempt, 1, decision, clock.advance(minutes=1))
    base = grades(world.attempt)[-1].id
    now = clock.advance(minutes=1)
    overriding.take_back(world.iris, world.attempt, 1, base, "As it was", now)
    of_ben = world.sit(world.ben)
    ruling = appeals.Ruling("adjust", "Half of it", base=grades(of_ben)[-1].id, score=0.6)
    appeal = world.contest(world.ben, of_ben)
    appeals.decide(world.tim, appeal, ruling, clock.advance(minutes=1))


def grade_oneself(clock: FakeClock) -> None:
    practice = practise(clock)
    clock.advance(minutes=1)
    practice.count()
    own_wordings.remove(practice.person, wordings()[0].id, clock.advance(minutes=1))


def given() -> list[Any]:
    """Every grade, with the one before it."""
    before = sa.func.lag(Grade.score).over(partition_by=Grade.submission_id, order_by=Grade.id)
    rows = db.session.execute(
        sa.select(
            Submission.attempt_id, Grade.created_at, Grade.score, Grade.reason,
            before.label("before"),
        )
        .join(Submission, Submission.id == Grade.submission_id)
        .order_by(Grade.id)
    )  # fmt: skip
    return [row for row in rows if row.before is not None]


def kinds_of(attempt_id: int, now: datetime) -> dict[datetime, str]:
    """What the story of an attempt's first answer calls its grades, by their moments."""
    owner = db.session.scalar(sa.select(Attempt.user_id).where(Attempt.id == attempt_id))
    assert owner is not None
    story = reviewing.answer(owner, attempt_id, 1, now, everything=True).story
    return {one.at: one.kind for one in story if one.kind in KINDS}


def test_every_later_grade_has_its_entry_in_the_log(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        world = appealed()
        regrade_and_undo(world, clock)
        grade_by_hand(world, clock)
        grade_oneself(clock)
        later = given()
        stories = {one: kinds_of(one, clock()) for one in {row.attempt_id for row in later}}
        kinds = [stories[row.attempt_id][row.created_at] for row in later]
        assert set(kinds) == set(KINDS)
        wanted = Counter(
            (KINDS[kind], row.created_at, row.reason, (row.before, row.score))
            for kind, row in zip(kinds, later, strict=True)
        )
        entries = db.session.execute(
            sa.select(AuditEntry.kind, AuditEntry.at, AuditEntry.reason, AuditEntry.details).where(
                AuditEntry.kind.in_(set(KINDS.values()))
            )
        )
        found = Counter(
            (row.kind, row.at, row.reason, tuple(row.details["score"])) for row in entries
        )
        assert found == wanted

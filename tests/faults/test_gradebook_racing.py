"""What is summed up at the same moment from two sides is summed up whole."""

import time
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import entries
from interview.services.marking.overriding import Decision, override
from interview.services.unit import write
from interview.store.assignments import GradebookEntry
from interview.store.classes import ClassMember
from interview.store.db import db
from tests.faults.test_racing import beside
from tests.support.assigned import Classroom, classroom
from tests.support.candidate import Candidate
from tests.support.classes import add_assignment, add_set_version, principal
from tests.support.clock import START, FakeClock
from tests.support.marking import grades
from tests.support.threads import Halt, meanwhile


def sat(room: Classroom, clock: FakeClock) -> Candidate:
    """An attempt with one answer, on its way to the end."""
    candidate = room.start(clock)
    candidate.question(1)
    candidate.submit(1)
    return candidate


def kept(room: Classroom) -> tuple[Any, ...]:
    """All entries of the learner, and their mean."""
    columns = sa.inspect(GradebookEntry).columns
    mine = GradebookEntry.user_id == room.learner
    rows = db.session.execute(
        sa.select(*columns).where(mine).order_by(GradebookEntry.assignment_id)
    )
    means = sa.select(ClassMember.mean_score, ClassMember.finished_count)
    mean = db.session.execute(means.where(ClassMember.user_id == room.learner)).one()
    found = (*map(tuple, rows), tuple(mean))
    db.session.rollback()
    return found


def summed_up_anew(room: Classroom, *assignments: int) -> tuple[Any, ...]:
    with write() as session:
        for assignment in assignments:
            entries.refresh(session, assignment, room.learner)
    return kept(room)


def test_an_override_and_an_end_at_once_are_both_in_the_gradebook(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        room = classroom(attempts_allowed=2, counts="mean")
        first = sat(room, clock)
        first.finish()
        second = sat(room, clock)
        base = grades(first.attempt_id)[-1].id
        teacher = principal(room.teacher)
    decision = Decision(base, {}, 0.05, "Copied")
    halt = Halt(monkeypatch, entries, "_sums")
    with meanwhile(beside(app, second.finish)):
        halt.wait()
        with meanwhile(beside(app, override, teacher, first.attempt_id, 1, decision, START)):
            time.sleep(0.3)
            halt.let_go()
    with app.app_context():
        assert kept(room) == summed_up_anew(room, room.assignment)


def test_attempts_that_end_at_once_are_both_in_the_mean(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        room = classroom()
        version = add_set_version(room.teacher)
        other = Classroom(
            room.teacher, room.class_id, room.learner, add_assignment(room.class_id, version)
        )
        first, second = sat(room, clock), other.start(clock)
    halt = Halt(monkeypatch, entries, "_put_means")
    with meanwhile(beside(app, first.finish)):
        halt.wait()
        with meanwhile(beside(app, second.finish)):
            time.sleep(0.3)
            halt.let_go()
    with app.app_context():
        assert kept(room) == summed_up_anew(room, room.assignment, other.assignment)

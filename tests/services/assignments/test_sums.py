"""Whatever happens, in whatever order: the gradebook is what the attempts come to.

And an assignment is not closed for all before it is for everybody.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import ceil
from random import Random
from statistics import fmean
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import accommodating, editing, reopening, starting
from interview.services.assignments.accommodations import Own
from interview.services.assignments.endings import CannotReopen
from interview.services.assignments.starting import Refused
from interview.services.assignments.stating import Impossible
from interview.services.assignments.terms import terms_for
from interview.services.attempts import overview
from interview.services.attempts.records import NotFound
from interview.services.attempts.starting import AlreadyOpen
from interview.services.classes import invitations, places, placing, rosters
from interview.services.classes.inviting import Offer
from interview.services.classes.places import Terms
from interview.services.marking.overriding import Decision, override
from interview.services.principals import Principal
from interview.services.sweeping import sweep
from interview.store.assignments import GradebookEntry
from interview.store.attempts import Attempt
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.users import User
from tests.support.assigned import Classroom, classroom
from tests.support.candidate import Candidate
from tests.support.classes import principal
from tests.support.clock import FakeClock
from tests.support.marking import grades

STEPS = 25
DAY = timedelta(days=1)
_CANNOT = (
    AlreadyOpen, Refused, NotFound, CannotReopen, accommodating.Impossible, Impossible
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@dataclass
class Course:
    """One learner and one instructor, who do what a die says."""

    room: Classroom
    clock: FakeClock
    dice: Random

    @property
    def iris(self) -> Principal:
        return principal(self.room.teacher)

    def attempts(self) -> list[Any]:
        columns = sa.inspect(Attempt).columns
        return list(db.session.execute(sa.select(*columns).order_by(Attempt.number)))

    def start(self) -> None:
        attempt_id = starting.start(
            principal(self.room.learner), self.room.assignment, "", self.clock()
        )
        ada = Candidate(self.room.learner, attempt_id, self.clock)
        ada.question(1)
        ada.submit(1)

    def finish(self) -> None:
        for attempt in self.attempts():
            overview.finish_now(self.room.learner, attempt.id, self.clock())

    def wait(self) -> None:
        self.clock.now += timedelta(hours=self.dice.choice((1, 5, 30)))
        sweep(self.clock())

    def override(self) -> None:
        attempt = self.dice.choice(self.attempts())
        decision = Decision(grades(attempt.id)[-1].id, {}, self.dice.random(), "Why")
        override(self.iris, attempt.id, 1, decision, self.clock())

    def reopen(self) -> None:
        attempt = self.dice.choice(self.attempts())
        reopening.reopen(self.iris, attempt.id, self.dice.choice((10, 600)), "Why", self.clock())

    def edit(self) -> None:
        look = editing.look(self.iris, self.room.assignment)
        terms: dict[str, Any] = {
            "due": self.dice.choice((None, look.stated.opens + self.dice.randint(1, 4) * DAY)),
            "late_percent": self.dice.choice((0, 10, 60)),
            "counts": self.dice.choice(("best", "last", "first", "mean")),
            "whole_minutes": self.dice.choice((None, 30, 120)),
        }
        stated = replace(look.stated, **terms)
        editing.change(self.iris, self.room.assignment, stated, "Why", self.clock())

    def accommodate(self) -> None:
        opens = editing.look(self.iris, self.room.assignment).stated.opens
        days = (None, opens + 3 * DAY, opens + 12 * DAY)
        own = Own(closes=self.dice.choice(days), due=None, factor=self.dice.choice((None, 3.0)))
        accommodating.put(self.iris, self.room.assignment, self.room.learner, own, self.clock())

    def treat_alike(self) -> None:
        accommodating.remove(
            self.iris, self.room.assignment, self.room.learner, "Why", self.clock()
        )

    def stretch(self) -> None:
        member = places.place_of(self.iris, self.room.class_id, self.room.learner)
        wanted = Terms(member.terms.role, "", self.dice.choice((1.0, 2.0)))
        placing.change_place(self.iris, member, wanted, "Why", self.clock())

    def leave(self) -> None:
        placing.remove(self.iris, self.room.class_id, self.room.learner, self.clock())

    def come_back(self) -> None:
        learner = principal(self.room.learner)
        email = db.session.scalar(sa.select(User.email).where(User.id == learner.id))
        rosters.invite(self.iris, self.room.class_id, Offer(str(email), "Ada"), self.clock())
        for one in invitations.waiting(learner):
            invitations.accept(learner, one.id, self.clock())


def come_to(scores: list[float], counts: str) -> float | None:
    if not scores:
        return None
    ways = {"best": max(scores), "last": scores[-1], "first": scores[0], "mean": fmean(scores)}
    return ways[counts]


def late(ended: datetime, due: datetime | None) -> int:
    return max(0, ceil((ended - due) / DAY)) if due else 0


def check(course: Course) -> None:
    """Compare what is kept with what it is kept of."""
    assignment, attempts = course.room.row(), course.attempts()
    is_member = sa.select(ClassMember.mean_score).where(ClassMember.user_id == course.room.learner)
    member = db.session.execute(is_member).first()
    terms = terms_for(course.room.learner, assignment)
    ended = [one for one in attempts if one.state == "finished"]
    # Of whoever is not in the class nothing is summed up anew, but for what they end.
    if attempts and member is not None:
        entry = course.room.entry()
        scores = [
            one.score
            * max(0.0, 1 - assignment.late_percent / 100 * late(one.finished_at, terms.own_due))
            for one in ended
        ]
        assert entry.score == pytest.approx(come_to(scores, assignment.counts))
        assert member.mean_score == pytest.approx(entry.score)
        assert entry.attempts == len(attempts)
        assert entry.is_open == any(one.state == "open" for one in attempts)
    if assignment.all_closed_at is not None:
        closes = [one.deadline_at for one in attempts if one.state == "open"]
        closes += [terms.own_close] if member is not None else []
        assert all(one is not None and one <= assignment.all_closed_at for one in closes)
    found = sa.select(sa.func.count()).select_from(GradebookEntry)
    assert db.session.scalar(found) == (1 if attempts else 0)
    db.session.rollback()


@pytest.mark.parametrize("seed", range(4))
def test_the_gradebook_is_what_the_attempts_come_to(clock: FakeClock, seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - nothing here is secret
    room = classroom(questions=2, attempts_allowed=None, closes_at=clock() + 10 * DAY)
    course = Course(room, clock, dice)
    course.start()
    moves = [
        *(course.start, course.finish, course.finish, course.wait, course.override, course.reopen),
        *(course.edit, course.accommodate, course.treat_alike, course.stretch),
        *(course.leave, course.come_back, course.come_back),
    ]
    for _ in range(STEPS):
        with suppress(*_CANNOT):
            dice.choice(moves)()
        check(course)

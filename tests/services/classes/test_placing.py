"""Changing places: clocks follow the factor, somebody always teaches, names stay in order."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.accounts.profile import change_profile
from interview.services.assignments import starting
from interview.services.assignments.clocks import reclock
from interview.services.classes import invitations, joining, people, places, placing, rosters
from interview.services.classes.inviting import Offer
from interview.services.classes.people_filters import PeopleFilters, Spot
from interview.services.classes.places import LastInstructor, Terms
from interview.services.classes.placing import ChangedMeanwhile
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.attempts import Attempt
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.users import User
from tests.support.attempts import add_person
from tests.support.classes import (
    accommodate,
    add_assigned,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
    principal,
)
from tests.support.clock import START
from tests.support.people import add_invitation, invited_to, members_of, noted
from tests.support.threads import at_once, meet_at

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


class World:
    """A class with an instructor, a learner, and an assignment that the learner is sitting."""

    def __init__(self) -> None:
        self.iris = add_instructor()
        self.class_id = add_class(instructor=self.iris)
        (self.ada,) = add_learners(self.class_id, "Ada")
        version = add_set_version(self.iris)
        self.running = add_assignment(self.class_id, version)
        self.later = add_assignment(self.class_id, version, opens_at=START + HOUR)
        self.attempt = starting.start(principal(self.ada), self.running, "", START)

    def give_factor(self, factor: float) -> None:
        person = principal(self.iris)
        member = places.place_of(person, self.class_id, self.ada)
        terms = Terms(member.terms.role, member.terms.group, factor)
        placing.change_place(person, member, terms, "A note", START)


@pytest.fixture
def world(app: Flask) -> World:
    with app.app_context():
        return World()


def value(column: Any, *where: Any) -> Any:
    return db.session.execute(sa.select(column).where(*where)).scalar_one()


def test_a_new_factor_moves_running_clocks_and_every_last_close(app: Flask, world: World) -> None:
    with app.app_context():
        world.give_factor(2)
        own = Attempt.id == world.attempt
        assert value(Attempt.deadline_at, own) == START + 2 * HOUR
        assert value(Attempt.time_factor, own) == 2
        for number in (world.running, world.later):
            closed = value(Assignment.all_closed_at, Assignment.id == number)
            assert closed == START + WEEK + HOUR
        world.give_factor(1)
        assert value(Attempt.deadline_at, own) == START + HOUR
        assert [one.details for one in noted(world.class_id)] == [
            {"time_factor": [1.0, 2.0]},
            {"time_factor": [2.0, 1.0]},
        ]


def test_joining_with_a_factor_moves_every_last_close(app: Flask, world: World) -> None:
    with app.app_context():
        add_invitation(world.class_id, "bo@example.org", time_factor=3)
        bo = principal(add_person("Bo", email="bo@example.org"))
        (one,) = invitations.waiting(bo)
        invitations.accept(bo, one.id, START)
        closed = value(Assignment.all_closed_at, Assignment.id == world.later)
        assert closed == START + WEEK + 2 * HOUR


def test_who_comes_back_finds_what_they_sat_and_their_mean(app: Flask, world: World) -> None:
    with app.app_context():
        person = principal(world.iris)
        add_assigned(world.later, world.ada, score=0.75)
        placing.remove(person, world.class_id, world.ada, START)
        assert world.ada not in members_of(world.class_id)
        kept = sa.select(sa.func.count()).where(GradebookEntry.user_id == world.ada)
        assert db.session.scalar(kept) == 2
        rosters.invite(person, world.class_id, Offer(_email(world.ada), "Ada"), START)
        (one,) = invitations.waiting(principal(world.ada))
        invitations.accept(principal(world.ada), one.id, START)
        mine = ClassMember.user_id == world.ada
        assert value(ClassMember.mean_score, mine) == 0.75
        assert value(ClassMember.finished_count, mine) == 1


def test_who_comes_back_to_dates_of_their_own_moves_the_last_close(
    app: Flask, world: World
) -> None:
    with app.app_context():
        person = principal(world.iris)
        accommodate(world.later, world.ada, closes_at=START + 2 * WEEK)
        placing.remove(person, world.class_id, world.ada, START)
        with write() as session:
            reclock(session, world.later)
        assert value(Assignment.all_closed_at, Assignment.id == world.later) == START + WEEK
        rosters.invite(person, world.class_id, Offer(_email(world.ada), "Ada"), START)
        (one,) = invitations.waiting(principal(world.ada))
        invitations.accept(principal(world.ada), one.id, START)
        closed = value(Assignment.all_closed_at, Assignment.id == world.later)
        assert closed == START + 2 * WEEK


def _email(user_id: int) -> str:
    return str(value(User.email, User.id == user_id))


def test_a_changed_name_is_ordered_by_in_every_class(app: Flask, world: World) -> None:
    with app.app_context():
        (zoe,) = add_learners(world.class_id, "Zoë")
        change_profile(zoe, "  Aaron ", "UTC")
        head = people.head(principal(world.iris), world.class_id)
        listed = people.people(head, PeopleFilters(), Spot())
        assert [one.name for one in listed.members] == ["Aaron", "Ada"]
        assert value(ClassMember.sort_name, ClassMember.user_id == zoe) == "aaron"


def beside(app: Flask, job: Callable[..., Any], *arguments: Any) -> Callable[[], Any]:
    """A job with a session of its own, which returns what it raised."""

    def run() -> Any:
        with app.app_context():
            try:
                return job(*arguments)
            except (LastInstructor, ChangedMeanwhile) as error:
                return type(error)

    return run


def test_two_instructors_who_leave_at_once_do_not_both_leave(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        otto = add_member(world.class_id, add_instructor("Otto"), "instructor")
        both = [principal(world.iris), principal(otto)]
    meet_at(monkeypatch, placing, "write")
    done = at_once(
        *(beside(app, placing.remove, one, world.class_id, one.id, START) for one in both)
    )
    assert done.count(LastInstructor) == 1
    with app.app_context():
        left = [role for role, *_ in members_of(world.class_id).values() if role == "instructor"]
        assert len(left) == 1


def test_of_two_changes_at_once_one_is_told_that_it_came_late(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        person = principal(world.iris)
        member = places.place_of(person, world.class_id, world.ada)
    meet_at(monkeypatch, placing, "write")
    changes = [Terms("learner", "", 2.0), Terms("assistant", "", 1.0)]
    done = at_once(
        *(
            beside(app, partial(placing.change_place, person, member, terms, "Why", START))
            for terms in changes
        )
    )
    assert done.count(ChangedMeanwhile) == 1


def test_joining_twice_at_once_makes_one_member(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        bo = principal(add_person("Bo"))
        other = add_class(instructor=world.iris, join_code="CDFGHJKMNP")
    meet_at(monkeypatch, joining, "write")
    done = at_once(*(beside(app, joining.join, bo, "CDFGHJKMNP", START) for _ in range(2)))
    assert sorted(done) == [(other, False), (other, True)]
    with app.app_context():
        assert len(noted(other)) == 1


def test_inviting_the_same_address_at_once_makes_one_invitation(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        person: Principal = principal(world.iris)
    meet_at(monkeypatch, rosters, "write")
    offer = Offer("bo@example.org", "Bo", group="New group")
    done = at_once(
        *(beside(app, rosters.invite, person, world.class_id, offer, START) for _ in range(2))
    )
    assert sorted(len(one.new) for one in done) == [0, 1]
    with app.app_context():
        assert list(invited_to(world.class_id)) == ["bo@example.org"]

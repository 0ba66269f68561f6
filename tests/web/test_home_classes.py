"""The start page of somebody in classes: what is to do, and what needs those who teach."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.assignments import GradebookEntry
from interview.store.classes import Class, ClassInvitation
from interview.store.db import db
from interview.store.users import User
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person
from tests.support.classes import add_assignment, add_class, add_learners
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.statements import Statements

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def room(app: Flask) -> Classroom:
    with app.app_context():
        return classroom(title="Midterm", due_at=START + 5 * HOUR)


def add(app: Flask, room: Classroom, **terms: Any) -> int:
    with app.app_context():
        return add_assignment(room.class_id, room.row().set_version_id, **terms)


def cards(client: CheckingClient, section: str) -> list[str]:
    return client.get("/").texts(f"section[aria-labelledby={section}] .card")


def test_a_learner_sees_what_is_to_do(client: CheckingClient, room: Classroom, app: Flask) -> None:
    add(app, room, title="Next week", opens_at=START + 5 * DAY)
    add(app, room, title="Gone", opens_at=START - DAY, closes_at=START - HOUR)
    client.log_in(room.learner)
    page = client.get("/")
    assert "You have 2 assignments to do." in page.text
    first, second = cards(client, "assigned")
    assert first == (
        "Web 101 Midterm Due 2 Mar 2026, 14:00 UTC, in 5 h 3 questions, 1 h Start Midterm"
    )
    assert "Opens 7 Mar 2026, 09:00 UTC" in second
    assert client.click(page, "Start Midterm").path == f"/assignments/{room.assignment}"


def test_what_is_late_says_so(client: CheckingClient, room: Classroom, clock: FakeClock) -> None:
    clock.advance(days=1)
    client.log_in(room.learner)
    (card,) = cards(client, "assigned")
    assert "Late: it was due 2 Mar 2026, 14:00 UTC and closes 9 Mar 2026, 09:00 UTC" in card


def test_what_is_being_sat_is_continued_and_not_offered_again(
    client: CheckingClient, room: Classroom, app: Flask, clock: FakeClock
) -> None:
    with app.app_context():
        attempt = room.start(clock).attempt_id
    client.log_in(room.learner)
    page = client.get("/")
    assert page.link("Continue Midterm") == f"/attempts/{attempt}/continue"
    assert not page.select("#assigned")


def test_invitations_wait_for_an_answer(
    client: CheckingClient, room: Classroom, app: Flask
) -> None:
    with app.app_context():
        zoe = add_person("Zoe")
        email = db.session.scalar(sa.select(User.email).where(User.id == zoe))
        row = {"class_id": room.class_id, "email": email, "role": "learner", "created_at": START}
        with write() as session:
            session.execute(sa.insert(ClassInvitation).values(**row))
    client.log_in(zoe)
    page = client.get("/")
    assert "You are invited" in page.texts("h2")
    client.submit(page, "Accept")
    assert len(cards(client, "assigned")) == 1


def test_those_who_teach_see_what_needs_them(
    client: CheckingClient, room: Classroom, app: Flask, clock: FakeClock
) -> None:
    add(app, room, title="Tomorrow", opens_at=START + DAY)
    add(app, room, title="Ending", closes_at=START + 2 * HOUR)
    add(app, room, title="Withdrawn", closes_at=START + HOUR, archived_at=START)
    with app.app_context():
        add_class("Quiet", instructor=room.teacher)
        room.start(clock)
        with write() as session:
            session.execute(sa.update(GradebookEntry).values(needs_review=2))
    client.log_in(room.teacher)
    quiet, busy = cards(client, "teaching")
    assert quiet == "Quiet Nothing needs you now."
    assert busy == (
        "Web 101 2 answers to review 1 learner is at work now "
        "Ending closes 2 Mar 2026, 11:00 UTC Tomorrow opens 3 Mar 2026, 09:00 UTC"
    )


def test_archived_classes_need_nobody(client: CheckingClient, room: Classroom, app: Flask) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    for person in (room.teacher, room.learner):
        client.log_in(person)
        page = client.get("/")
        assert not page.select("#teaching")
        assert not page.select("#assigned")


def test_the_start_page_costs_the_same_for_many_classes(
    client: CheckingClient,
    room: Classroom,
    app: Flask,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    costs = []
    for _ in range(2):
        for person in (room.teacher, room.learner):
            client.log_in(person)
            with statements() as seen:
                client.get("/")
            costs.append(len(seen))
        with app.app_context():
            for number in range(5):
                other = add_class(f"Class {number}", instructor=room.teacher)
                add_learners(other, "Ben")
                add_assignment(other, room.row().set_version_id)
                add_assignment(room.class_id, room.row().set_version_id)
    assert costs[:2] == costs[2:]
    assert max(costs) < 14

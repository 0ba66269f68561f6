"""Learners and instructors at the same moment: no attempt too many, none on old terms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import editing, starting
from interview.services.assignments.editing import change
from interview.services.assignments.starting import Refused, start
from interview.services.assignments.stating import Audience, Impossible, stated_of
from interview.services.attempts.records import NotFound
from interview.services.attempts.starting import AlreadyOpen
from interview.services.classes import placing
from interview.services.unit import write
from interview.store.attempts import Attempt, AttemptItem
from interview.store.db import db
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_question
from tests.support.classes import add_set_version, principal
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.given import row_of
from tests.support.threads import Halt, at_once, meanwhile, meet_at


def beside(app: Flask, job: Callable[[], Any]) -> Callable[[], Any]:
    """A job with a database session of its own; what it raises is its result."""

    def with_session() -> Any:
        with app.app_context():
            try:
                return job()
            except (AlreadyOpen, Refused, Impossible) as error:
                return error

    return with_session


def begin(room: Classroom) -> int:
    return start(principal(room.learner), room.assignment, "", START)


def attempts(app: Flask) -> list[Any]:
    with app.app_context():
        columns = sa.inspect(Attempt).columns
        return list(db.session.execute(sa.select(*columns).order_by(Attempt.id)))


def add_room(app: Flask, **terms: Any) -> Classroom:
    with app.app_context():
        return classroom(**terms)


def test_two_tabs_start_the_last_attempt_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    room = add_room(app, attempts_allowed=1)
    meet_at(monkeypatch, starting, "write")
    results = at_once(*[beside(app, partial(begin, room))] * 2)
    (attempt,) = attempts(app)
    assert attempt.id in results
    (refused,) = [one for one in results if one != attempt.id]
    assert isinstance(refused, AlreadyOpen)
    assert refused.attempt_id == attempt.id


def test_an_attempt_that_ended_meanwhile_was_the_last(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = add_room(app, attempts_allowed=1)
    halt = Halt(monkeypatch, starting, "_draw")
    with meanwhile(beside(app, partial(begin, room))) as late:
        halt.wait()
        monkeypatch.undo()
        with app.app_context():
            begin(room)
            with write() as session:
                session.execute(sa.update(Attempt).values(state="finished", finished_at=START))
        halt.let_go()
    assert isinstance(late.result(), Refused)
    assert [attempt.number for attempt in attempts(app)] == [1]


def test_two_tabs_of_the_page_are_led_to_one_attempt(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = add_room(app)
    clients = [CheckingClient(app) for _ in range(2)]
    for client in clients:
        client.log_in(room.learner)
        client.get("/")
    meet_at(monkeypatch, starting, "write")
    path = f"/assignments/{room.assignment}/start"
    pages = at_once(*(partial(client.post, path) for client in clients))
    (attempt,) = attempts(app)
    assert {page.status for page in pages} == {303}
    assert {page.location for page in pages} == {
        f"/attempts/{attempt.id}/questions/1", f"/attempts/{attempt.id}/continue",
    }  # fmt: skip


def test_who_is_taken_out_of_the_class_while_starting_starts_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = add_room(app)
    draw = starting._draw

    def taken_out(version: int) -> Any:
        placing.remove(principal(room.teacher), room.class_id, room.learner, START)
        return draw(version)

    monkeypatch.setattr(starting, "_draw", taken_out)
    with app.app_context(), pytest.raises(NotFound):
        begin(room)
    assert attempts(app) == []


def test_who_starts_while_the_set_is_changed_gets_the_new_one(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = add_room(app)
    with app.app_context():
        fresh = add_question()
        stated = stated_of(row_of(room.assignment), Audience())
        version = add_set_version(room.teacher, [fresh])
    halt = Halt(monkeypatch, starting, "_draw")
    with meanwhile(beside(app, partial(begin, room))) as started:
        halt.wait()
        monkeypatch.undo()
        with app.app_context():
            newer = replace(stated, version_id=version)
            change(principal(room.teacher), room.assignment, newer, "", START)
        halt.let_go()
    with app.app_context():
        asked = db.session.scalars(
            sa.select(AttemptItem.question_version_id).where(
                AttemptItem.attempt_id == started.result()
            )
        ).all()
    assert asked == [fresh]


def test_a_limit_that_changes_while_somebody_starts_holds_for_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = add_room(app, whole_limit_seconds=3600)
    with app.app_context():
        stated = stated_of(row_of(room.assignment), Audience())
        shorter = replace(stated, whole_minutes=10)
    teacher = principal_of(app, room.teacher)
    meet_at(monkeypatch, starting, "write")
    monkeypatch.setattr(editing, "write", vars(starting)["write"])
    changing = partial(change, teacher, room.assignment, shorter, "Too long", START)
    at_once(beside(app, partial(begin, room)), beside(app, changing))
    (attempt,) = attempts(app)
    assert attempt.deadline_at == START + timedelta(minutes=10)


def principal_of(app: Flask, user_id: int) -> Any:
    with app.app_context():
        return principal(user_id)

"""What the worker does every half minute: hand in what is overdue, clear what has lapsed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import sweeping
from interview.services.attempts.settling import settle
from interview.services.jobs import queue
from interview.services.sweeping import (
    GUEST_LIFE,
    JOB_LIFE,
    MAIL_LIFE,
    REGISTRATION_LIFE,
    sweep,
)
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.grades import Submission
from interview.store.jobs import Job
from interview.store.mail import OutgoingMail
from interview.store.users import PendingRegistration, User
from tests.support.attempts import Item, add_attempt, add_person, an_open
from tests.support.clock import START

NOW = START
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def overdue(user: int, cutoff: datetime = NOW - SECOND, **values: object) -> int:
    crashed = Item(state="open", text=None, draft="typed before the crash")
    items = [crashed, Item(state="unseen", text=None)]
    return add_attempt(user, an_open(cutoff_at=cutoff, items=items, **values))


def state(attempt: int) -> str:
    found = db.session.scalar(sa.select(Attempt.state).where(Attempt.id == attempt))
    db.session.rollback()
    return str(found)


def count(model: type[object]) -> int:
    found = db.session.scalar(sa.select(sa.func.count()).select_from(model))
    db.session.rollback()
    return found or 0


def test_the_draft_of_an_overdue_attempt_is_handed_in() -> None:
    attempt = overdue(add_person())
    assert sweep(NOW) == 1
    assert state(attempt) == "finished"
    assert db.session.scalars(sa.select(Submission.text)).all() == ["typed before the crash"]


def test_what_is_still_in_time_is_left_alone() -> None:
    user = add_person()
    running, untimed = overdue(user, NOW), add_attempt(user, an_open(items=[Item()]))
    assert sweep(NOW) == 0
    assert {state(running), state(untimed)} == {"open"}


def test_a_second_sweep_finds_nothing_to_do() -> None:
    overdue(add_person())
    assert [sweep(NOW), sweep(NOW)] == [1, 0]
    assert count(Submission) == 1


def test_a_long_queue_is_worked_off_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "_BATCH", 2)
    for _ in range(5):
        overdue(add_person())
    assert [sweep(NOW) for _ in range(4)] == [2, 2, 1, 0]


def test_a_sweep_that_is_cut_off_has_kept_what_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    attempts = [overdue(add_person()) for _ in range(3)]
    done: list[int] = []

    def cut_off(user: int, attempt: int, now: datetime) -> None:
        if done:
            raise KeyboardInterrupt
        settle(user, attempt, now)
        done.append(attempt)

    monkeypatch.setattr(sweeping, "settle", cut_off)
    with pytest.raises(KeyboardInterrupt):
        sweep(NOW)
    monkeypatch.undo()
    assert sorted(state(one) for one in attempts) == ["finished", "open", "open"]
    assert sweep(NOW) == 2


def test_guests_and_all_that_is_theirs_are_removed_in_time() -> None:
    young = add_person("Guest", email=None, is_guest=True, created_at=NOW - GUEST_LIFE)
    old = add_person("Guest", email=None, is_guest=True, created_at=NOW - GUEST_LIFE - SECOND)
    learner = add_person("Ada", created_at=NOW - timedelta(days=999))
    for user in (young, old, learner):
        add_attempt(user)
    sweep(NOW)
    assert set(db.session.scalars(sa.select(User.id))) == {young, learner}
    assert set(db.session.scalars(sa.select(Attempt.user_id))) == {young, learner}
    assert count(Submission) == 2


@pytest.mark.parametrize(("age", "left"), [(timedelta(0), 1), (SECOND, 0)])
def test_registrations_that_nobody_confirmed_are_forgotten(age: timedelta, left: int) -> None:
    with write() as session:
        session.execute(
            sa.insert(PendingRegistration).values(
                email="ada@example.org",
                display_name="Ada",
                password_hash="$argon2id$",
                time_zone="UTC",
                created_at=NOW - REGISTRATION_LIFE - age,
            )
        )
    sweep(NOW)
    assert count(PendingRegistration) == left


@pytest.mark.parametrize(
    ("done", "left"),
    [(None, 1), (NOW - MAIL_LIFE, 1), (NOW - MAIL_LIFE - SECOND, 0)],
)
def test_mail_that_was_dealt_with_long_ago_is_forgotten(done: datetime | None, left: int) -> None:
    with write() as session:
        session.execute(
            sa.insert(OutgoingMail).values(
                kind="reset",
                address="ada@example.org",
                payload={},
                created_at=NOW - timedelta(days=99),
                due_at=NOW - timedelta(days=99),
                done_at=done,
            )
        )
    sweep(NOW)
    assert count(OutgoingMail) == left


def test_jobs_that_ended_long_ago_are_forgotten() -> None:
    ended = {None: "waiting", NOW - JOB_LIFE: "done", NOW - JOB_LIFE - SECOND: "failed"}
    with write() as session:
        for moment, state in ended.items():
            job = queue.enqueue(session, "x", 1, None, NOW - timedelta(days=99))
            values = {"state": state, "finished_at": moment}
            session.execute(sa.update(Job).where(Job.id == job).values(values))
    sweep(NOW)
    assert set(db.session.scalars(sa.select(Job.state))) == {"waiting", "done"}


def test_an_attempt_that_cannot_be_settled_holds_up_no_other(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = (overdue(add_person()) for _ in range(2))

    def fail(user: int, attempt: int, now: datetime) -> None:
        if attempt == broken:
            raise ValueError("a verdict that cannot be read")
        settle(user, attempt, now)

    monkeypatch.setattr(sweeping, "settle", fail)
    assert sweep(NOW) == 1
    assert (state(broken), state(sound)) == ("open", "finished")
    assert f"attempt {broken} could not be settled" in caplog.text

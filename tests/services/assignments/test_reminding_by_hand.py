"""The button that reminds those who have not started."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import mail_choices
from interview.services.assignments import reminding
from interview.services.assignments.reminding import NotNow, remind
from interview.services.attempts.records import NotFound
from interview.services.classes.access import TEACH, Forbidden, assignment_for
from interview.services.letters import Letter
from interview.services.unit import write
from interview.store.db import db
from interview.store.mail import OutgoingMail
from interview.store.users import User
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import Postbox
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person
from tests.support.classes import accommodate, add_learners, add_member, principal
from tests.support.clock import START, FakeClock
from tests.support.threads import at_once, meet_at

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return accounts.with_mail(settings)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def letters(postbox: Postbox) -> Callable[[], list[Letter]]:
    return postbox.collect


def queued() -> list[str]:
    """Kinds of what stands in the outbox."""
    return list(db.session.scalars(sa.select(OutgoingMail.kind).order_by(OutgoingMail.id)))


def change(model: Any, **values: Any) -> None:
    with write() as session:
        session.execute(sa.update(model).values(**values))


def test_an_instructor_reminds_those_who_could_start(
    letters: Callable[[], list[Letter]], clock: FakeClock
) -> None:
    room = classroom(remind=False)
    ben, cyd, dee, eli = add_learners(room.class_id, "Ben", "Cyd", "Dee", "Eli")
    room.start(clock)
    accommodate(room.assignment, cyd, opens_at=START + HOUR)
    mail_choices.choose(principal(dee), [])
    change_guest(eli)
    assert remind(principal(room.teacher), room.assignment, START) == 1
    (letter,) = letters()
    assert letter.address == address_of(ben)
    assert letter.subject == "A reminder of First test"
    assert "An instructor of Web 101 reminds you" in letter.text


def change_guest(user: int) -> None:
    with write() as session:
        session.execute(sa.update(User).where(User.id == user).values(email=None))


def address_of(user: int) -> str | None:
    return db.session.scalar(sa.select(User.email).where(User.id == user))


def test_reminders_are_a_day_apart(clock: FakeClock) -> None:
    room = classroom()
    teacher = principal(room.teacher)
    press = partial(remind, teacher, room.assignment)
    assert press(clock()) == 1
    with pytest.raises(NotNow):
        press(clock.advance(minutes=23 * 60 + 59))
    change(OutgoingMail, done_at=clock())
    with pytest.raises(NotNow):
        press(clock())
    assert press(clock.advance(minutes=1)) == 1


def test_two_presses_at_once_remind_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    room = classroom()
    teacher = principal(room.teacher)
    db.session.rollback()
    meet_at(monkeypatch, reminding, "write")

    def press() -> int:
        with app.app_context():
            try:
                return remind(teacher, room.assignment, START)
            except NotNow:
                return 0

    assert sorted(at_once(press, press)) == [0, 1]


@pytest.mark.parametrize(
    ("terms", "obstacle"),
    [
        ({}, ""),
        ({"opens_at": START + HOUR}, "not open"),
        ({"opens_at": START - DAY, "closes_at": START}, "closed"),
        ({"archived_at": START}, "withdrawn"),
    ],
)
def test_what_stands_against_a_reminder_is_named(terms: dict[str, Any], obstacle: str) -> None:
    room = classroom(**terms)
    assert chance_of(room).obstacle == obstacle
    if obstacle:
        with pytest.raises(NotNow):
            remind(principal(room.teacher), room.assignment, START)


def chance_of(room: Classroom) -> reminding.Chance:
    teacher = principal(room.teacher)
    row, place = assignment_for(teacher, room.assignment, TEACH)
    return reminding.chance(row, place, 1, START)


def test_only_who_teaches_reminds() -> None:
    room = classroom()
    helper = add_member(room.class_id, add_person("Tom"), "assistant")
    for person, refusal in ((helper, Forbidden), (room.learner, Forbidden),
                            (add_person("Zoe"), NotFound)):  # fmt: skip
        with pytest.raises(refusal):
            remind(principal(person), room.assignment, START)

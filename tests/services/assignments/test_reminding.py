"""Mail about assignments: to whom, when, once, and not to those who want none."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import mail_choices
from interview.services.assignments import editing, reminding
from interview.services.assignments.reminding import remind_due
from interview.services.letters import Letter
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.mail import OutgoingMail
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import PUBLIC_URL, Postbox
from tests.support.assigned import classroom
from tests.support.classes import accommodate, add_learners, principal
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


def test_learners_are_told_once_that_something_has_opened(
    letters: Callable[[], list[Letter]], clock: FakeClock
) -> None:
    room = classroom(title="Midterm", due_at=START + 3 * DAY)
    assert remind_due(START) == 1
    (letter,) = letters()
    assert letter.subject == "Midterm is open"
    assert "Web 101 has an assignment for you on Mock Interview: Midterm." in letter.text
    assert "It is due on 5 Mar 2026, 09:00 UTC." in letter.text
    assert f"\n{PUBLIC_URL}/assignments/{room.assignment}\n" in letter.text
    assert f"{PUBLIC_URL}/profile/mail" in letter.text
    for _ in range(20):
        assert remind_due(clock.advance(minutes=6)) == 0


def test_nobody_is_told_before_it_opens(clock: FakeClock) -> None:
    classroom(opens_at=START + HOUR)
    assert remind_due(START) == 0
    assert remind_due(clock.advance(minutes=59)) == 0
    assert remind_due(clock.advance(minutes=6)) == 1


def test_learners_are_told_a_day_before_their_own_end(clock: FakeClock) -> None:
    room = classroom(closes_at=START + 3 * DAY, all_closed_at=START + 5 * DAY)
    remind_due(START)
    (ben,) = add_learners(room.class_id, "Ben")
    accommodate(room.assignment, ben, closes_at=START + 5 * DAY)
    assert remind_due(clock.advance(days=2, minutes=-10)) == 0
    assert remind_due(clock.advance(minutes=10)) == 1
    assert queued()[-1] == "due_soon"
    assert remind_due(clock.advance(days=1)) == 0
    assert remind_due(clock.advance(days=1)) == 1


def test_who_has_finished_is_left_alone(clock: FakeClock) -> None:
    room = classroom(closes_at=START + 3 * DAY, attempts_allowed=3)
    remind_due(START)
    room.start(clock).finish()
    assert remind_due(clock.advance(days=2.5)) == 0


def test_who_has_begun_is_told_that_it_ends(
    letters: Callable[[], list[Letter]], clock: FakeClock
) -> None:
    room = classroom(closes_at=START + 3 * DAY, whole_limit_seconds=None)
    room.start(clock)
    assert remind_due(clock()) == 0
    assert remind_due(clock.advance(days=2.5)) == 1
    (letter,) = letters()
    assert letter.subject == "First test is due within a day"
    assert "closes on 5 Mar 2026, 09:00 UTC. You have begun it and not finished." in letter.text


def test_what_opens_shortly_before_its_end_is_told_once(clock: FakeClock) -> None:
    classroom(closes_at=START + HOUR)
    assert remind_due(START) == 1
    assert remind_due(clock.advance(minutes=10)) == 0
    assert queued() == ["assigned"]


@pytest.mark.parametrize(
    "terms",
    [
        {"remind": False},
        {"archived_at": START},
        {"opens_at": START - DAY, "closes_at": START - HOUR},
    ],
)
def test_some_assignments_tell_nobody(terms: dict[str, Any]) -> None:
    classroom(**terms)
    assert remind_due(START) == 0


def test_an_installation_without_mail_queues_none(app: Flask, settings: Settings) -> None:
    classroom()
    app.extensions["settings"] = replace(settings, mail_url=None)
    assert remind_due(START) == 0
    assert queued() == []


def test_mail_that_was_switched_off_is_not_sent(clock: FakeClock) -> None:
    room = classroom(closes_at=START + 3 * DAY)
    mail_choices.choose(principal(room.learner), ["due_soon"])
    assert remind_due(START) == 0
    assert remind_due(clock.advance(days=2.5)) == 1


def test_mail_that_is_switched_off_before_it_is_written_is_not_sent(
    letters: Callable[[], list[Letter]],
) -> None:
    room = classroom()
    remind_due(START)
    mail_choices.choose(principal(room.learner), [])
    assert letters() == []


def test_nothing_is_said_any_more_to_who_has_left_or_started(
    letters: Callable[[], list[Letter]], clock: FakeClock
) -> None:
    room = classroom()
    add_learners(room.class_id, "Ben")
    assert remind_due(START) == 2
    room.start(clock)
    with write() as session:
        session.execute(sa.delete(ClassMember).where(ClassMember.user_id != room.learner))
    assert letters() == []


def test_a_title_never_reaches_an_address_outside_the_class(
    letters: Callable[[], list[Letter]],
) -> None:
    room = classroom(title="Secret")
    remind_due(START)
    change(OutgoingMail, address="stranger@example.org")
    assert letters() == []
    assert room.assignment


def test_what_is_brought_forward_is_told(clock: FakeClock) -> None:
    room = classroom(opens_at=START + DAY, closes_at=START + 9 * DAY)
    remind_due(START)
    teacher = principal(room.teacher)
    look = editing.look(teacher, room.assignment)
    sooner = replace(look.stated, opens=look.stated.opens - DAY)
    editing.change(teacher, room.assignment, sooner, "", START)
    assert remind_due(clock.advance(minutes=1)) == 1


def test_a_date_that_is_put_off_is_told_again_and_nothing_else(clock: FakeClock) -> None:
    room = classroom(closes_at=START + 2 * DAY)
    remind_due(START)
    remind_due(clock.advance(days=1.5))
    teacher = principal(room.teacher)
    look = editing.look(teacher, room.assignment)
    later = replace(look.stated, closes=(look.stated.closes or look.stated.opens) + DAY)
    editing.change(teacher, room.assignment, later, "", clock())
    assert remind_due(clock.advance(minutes=6)) == 0
    assert remind_due(clock.advance(days=1)) == 1
    assert queued() == ["assigned", "due_soon", "due_soon"]


def test_two_workers_tell_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    classroom()
    db.session.rollback()
    meet_at(monkeypatch, reminding, "write")

    def work() -> int:
        with app.app_context():
            return remind_due(START)

    assert sorted(at_once(work, work)) == [0, 1]
    assert queued() == ["assigned"]


def test_a_sweep_looks_at_each_assignment_every_few_minutes(clock: FakeClock) -> None:
    classroom()
    remind_due(START)
    seen = db.session.scalar(sa.select(Assignment.reminded_at))
    remind_due(clock.advance(minutes=1))
    assert db.session.scalar(sa.select(Assignment.reminded_at)) == seen == START

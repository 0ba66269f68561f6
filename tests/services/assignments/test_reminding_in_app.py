"""What learners are told of assignments in the app, beside the mail about them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import mail_choices, notices, outbox
from interview.services.assignments import reminding
from interview.services.notifying import KINDS
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.db import db
from interview.store.mail import OutgoingMail
from interview.web.config import Settings
from tests.support import accounts
from tests.support.assigned import classroom
from tests.support.classes import add_learners, principal
from tests.support.clock import START, FakeClock

DAY = timedelta(days=1)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return accounts.with_mail(settings)


@pytest.fixture(autouse=True)
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def shown_to(user: int) -> list[str]:
    """What somebody reads in the app, the oldest first."""
    return [one.words for one in notices.listing(principal(user), None).notices][::-1]


def mails() -> list[str]:
    return list(db.session.scalars(sa.select(OutgoingMail.kind).order_by(OutgoingMail.id)))


def test_assignments_are_told_of_in_the_app_once_and_with_no_second_mail(
    clock: FakeClock,
) -> None:
    room = classroom(title="Midterm", closes_at=START + 3 * DAY)
    reminding.remind_due(START)
    (one,) = notices.listing(principal(room.learner), None).notices
    assert one.words == "“Midterm” is open for you in Web 101."
    assert (one.target, one.target_id) == ("assignment", room.assignment)
    reminding.remind_due(clock.advance(days=2.5))
    reminding.remind_due(clock.advance(minutes=10))
    with write() as session:
        # As a change of dates does: everything is looked at anew.
        session.execute(sa.update(Assignment).values(reminded_at=None))
    reminding.remind_due(clock.advance(minutes=10))
    assert shown_to(room.learner)[1:] == ["“Midterm” in Web 101 ends for you within a day."]
    assert mails() == [outbox.ASSIGNED, outbox.DUE_SOON]


@pytest.mark.parametrize("sends_mail", [True, False])
def test_who_wants_no_mail_is_told_of_assignments_in_the_app(
    app: Flask, settings: Settings, sends_mail: bool
) -> None:
    room = classroom()
    if sends_mail:
        mail_choices.choose(principal(room.learner), [])
    else:
        app.extensions["settings"] = replace(settings, mail_url=None)
    assert reminding.remind_due(START) == 0
    assert shown_to(room.learner) == ["“First test” is open for you in Web 101."]
    assert mails() == []


def test_a_reminder_is_in_the_app_once_a_day_whoever_gets_mail(clock: FakeClock) -> None:
    room = classroom(remind=False)
    (ben,) = add_learners(room.class_id, "Ben")
    mail_choices.choose(principal(room.learner), [], KINDS)
    mail_choices.choose(principal(ben), [], [])
    # Nobody gets mail: what was told in the app stands against a second press of the button.
    assert reminding.remind(principal(room.teacher), room.assignment, clock()) == 0
    with pytest.raises(reminding.NotNow):
        reminding.remind(principal(room.teacher), room.assignment, clock.advance(minutes=1))
    clock.set(START)
    words = "An instructor of Web 101 reminds you of “First test”, which you have not started."
    assert shown_to(room.learner) == [words]
    reminding.remind(principal(room.teacher), room.assignment, clock.advance(days=1))
    assert shown_to(room.learner) == [words, words]
    assert shown_to(ben) == []

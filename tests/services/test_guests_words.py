"""What goes along with a guest who registers or logs in besides the attempt."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services import guests, notices, notifying
from interview.services.accounts import registering
from interview.services.accounts.details import Details
from interview.services.notifying import Told
from interview.services.outbox import REMINDER
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.appeals import PersonalWording
from interview.store.db import db
from interview.store.users import User
from tests.support.attempts import add_person
from tests.support.classes import principal
from tests.support.clock import START, FakeClock
from tests.support.personal import Practice, add_wordings, practise, wordings


@pytest.fixture
def practice(app: Flask, clock: FakeClock) -> Any:
    """A guest counted a wording, and was told something."""
    with app.app_context():
        practice = practise(clock)
        practice.count()
        with write() as session:
            values = {"is_guest": True, "email": None}
            session.execute(sa.update(User).values(values))
            told = [Told(practice.person.id, REMINDER, "Come back.")]
            notifying.tell(session, told, START)
        yield practice


def words_of(person: Principal) -> list[str]:
    return [one.words for one in notices.listing(person, None).notices]


def test_who_logs_in_takes_wordings_and_notifications_along(practice: Practice) -> None:
    ada = principal(add_person("Ada"))
    (counted,) = wordings()
    add_wordings(counted, 1)
    with write() as session:
        # Ada counts the very same already.
        row = {**counted._mapping, "id": None, "user_id": ada.id, "submission_id": None}
        del row["id"]
        session.execute(sa.insert(PersonalWording), [row])
    assert guests.hand_over(practice.person.id, ada.id) == 1
    kept = wordings()
    assert {one.user_id for one in kept} == {ada.id}
    assert sorted(one.wording for one in kept) == sorted([counted.wording, "w 1"])
    assert words_of(ada) == ["Come back."]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(User)) == 1


def test_who_registers_keeps_wordings_and_notifications(practice: Practice) -> None:
    details = Details(
        name="Ada", email="ada@example.org", password="correct horse battery", zone="UTC"
    )
    account = registering.register(details, practice.person.id, START)
    assert account.id == practice.person.id
    assert [one.user_id for one in wordings()] == [account.id]
    assert words_of(account) == ["Come back."]

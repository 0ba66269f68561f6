"""The form of the live view that gives time: to whom, once, and what it says."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.classes import Class
from tests.support.candidate import Candidate
from tests.support.classes import add_group
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.running import Running, running


@pytest.fixture
def test(app: Flask, client: CheckingClient, clock: FakeClock) -> Running:
    """Ada is working, Ben and Cleo have not started; Iris looks on."""
    with app.app_context():
        made = running(clock, "Ben", "Cleo")
    client.log_in(made.room.teacher)
    return made


@pytest.fixture
def ada(app: Flask, test: Running) -> Candidate:
    with app.app_context():
        return test.start("Ada")


def path(test: Running, tail: str = "") -> str:
    return f"/assignments/{test.room.assignment}/live{tail}"


def attempt(app: Flask, candidate: Candidate) -> Any:
    with app.app_context():
        return candidate.attempt()


def test_everybody_gets_time_by_the_form(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate
) -> None:
    page = client.get(path(test))
    done = client.submit(page, "extend-form", minutes="7", reason="A fire alarm")
    assert "7 minutes were added for Ada." in done.text
    assert attempt(app, ada).added_seconds == 420


def test_one_learner_gets_time_by_the_link_in_the_row(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate
) -> None:
    with app.app_context():
        ben = test.start("Ben")
    page = client.get(path(test, f"?attempt={ben.attempt_id}"))
    assert page.texts("#extend summary") == ["Add time for Ben"]
    assert page.one("#extend").get("open") is not None
    done = client.submit(page, "extend-form", minutes="1", reason="Asked twice")
    assert "1 minute was added for Ben." in done.text
    assert attempt(app, ben).added_seconds == 60
    assert attempt(app, ada).added_seconds == 0
    assert client.click(page, "Everybody instead").texts("#extend summary") == [
        "Add time for everybody who is working"
    ]


def test_a_second_click_on_the_same_form_changes_nothing_and_says_so(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate
) -> None:
    page = client.get(path(test))
    client.submit(page, "extend-form", minutes="5", reason="A fire alarm")
    done = client.submit(page, "extend-form", minutes="5", reason="A fire alarm")
    assert "5 minutes were added already, for one learner" in done.text
    assert attempt(app, ada).added_seconds == 300


def test_who_has_just_ended_is_named(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate
) -> None:
    page = client.get(path(test, f"?attempt={ada.attempt_id}"))
    with app.app_context():
        ada.finish()
    done = client.submit(page, "extend-form", reason="A fire alarm")
    assert "Ada had already ended; nothing was added there." in done.text
    later = client.get(path(test, f"?attempt={ada.attempt_id}"))
    assert "Ada had already ended; no time can be added." in later.text
    assert client.click(later, "Open the attempt again").path == (
        f"/attempts/{ada.attempt_id}/reopen"
    )


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"minutes": "0"}, "Enter whole minutes from 1 to 60."),
        ({"minutes": "61"}, "Enter whole minutes from 1 to 60."),
        ({"minutes": "some"}, "“some” is no whole number."),
        ({"reason": "  "}, "Say why: it stands in the audit log."),
        ({"reason": "x" * 501}, "A reason can have at most 500 characters."),
        ({"shown": "nonsense"}, "This form was cut on its way. Send it once more."),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    app: Flask,
    client: CheckingClient,
    test: Running,
    ada: Candidate,
    typed: dict[str, str],
    told: str,
) -> None:
    fields: dict[str, Any] = {"minutes": "9", "reason": "A fire alarm", **typed}
    page = client.submit(client.get(path(test)), "extend-form", **fields)
    assert page.status == 422
    assert told in page.text
    assert page.one("#minutes").get("value") == fields["minutes"]
    assert page.one("#reason").get("value") == fields["reason"].strip()
    assert page.one("#extend").get("open") is not None
    assert attempt(app, ada).added_seconds == 0
    again = client.submit(page, "extend-form", minutes="9", reason="A fire alarm")
    assert "9 minutes were added for Ada." in again.text


def test_the_way_back_keeps_group_and_pause(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate
) -> None:
    with app.app_context():
        group = add_group(test.room.class_id, "Monday")
        test.put_into(group, "Ben")
    page = client.get(path(test, f"?group={group}&paused=1"))
    assert page.texts("#extend summary") == ["Add time for everybody working in Monday"]
    done = client.submit(page, "extend-form", reason="A fire alarm")
    assert done.path == path(test, f"?group={group}&paused=1")
    assert "Nobody is working just now" in done.text
    assert attempt(app, ada).added_seconds == 0


def test_an_archived_class_is_read_and_not_changed(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate, clock: FakeClock
) -> None:
    page = client.get(path(test))
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=clock()))
    refused = client.submit(page, "extend-form", reason="A fire alarm")
    assert refused.status == 409
    assert "This class is archived" in refused.text
    assert not refused.select("#extend-form")
    assert attempt(app, ada).added_seconds == 0

"""A member's place: role, group and time factor changed, and the place taken away."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from tests.support.classes import (
    add_instructor,
    add_member,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.people import (
    add_invitation,
    add_taught,
    change_class,
    invited_to,
    members_of,
    noted,
    number_of,
    place,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def web(app: Flask, client: CheckingClient) -> int:
    return add_taught(app, client)


def test_a_role_and_a_group_are_changed_without_a_reason(
    app: Flask, client: CheckingClient, web: int
) -> None:
    user = number_of(app, web)
    page = client.submit(
        place(client, web, user), "place", role="assistant", group="", new_group="Late"
    )
    assert "The place of Ada is saved." in page.text
    with app.app_context():
        assert members_of(web)[user] == ("assistant", "Late", 1.5)
        (entry,) = noted(web)
        assert (entry.kind, entry.subject, entry.learner_id) == ("member.changed", "Ada", user)
        assert entry.details == {"role": ["learner", "assistant"], "group": ["Monday", "Late"]}


def test_a_named_group_that_there_is_already_is_not_made_twice(
    app: Flask, client: CheckingClient, web: int
) -> None:
    user = number_of(app, web)
    client.submit(place(client, web, user), "place", group="", new_group="  MONDAY ")
    with app.app_context():
        assert members_of(web)[user][1] == "Monday"
        assert noted(web) == []


def test_another_time_factor_needs_a_reason(app: Flask, client: CheckingClient, web: int) -> None:
    user = number_of(app, web)
    page = client.submit(place(client, web, user), "place", time_factor="2", reason="  ")
    assert page.status == 422
    assert page.texts("#reason-error") == ["Say why the time factor changes."]
    assert page.one("#time_factor").get("value") == "2"
    client.submit(page, "place", reason="A doctor's\r\nnote")
    with app.app_context():
        assert members_of(web)[user][2] == 2.0
        (entry,) = noted(web)
        assert (entry.kind, entry.reason) == ("member.accommodated", "A doctor's\nnote")
        assert entry.details == {"time_factor": [1.5, 2.0]}


@pytest.mark.parametrize(
    ("field", "typed"),
    [("time_factor", "11"), ("role", "boss"), ("new_group", "g" * 61), ("reason", "r" * 501)],
)
def test_a_place_that_cannot_be_is_refused(
    app: Flask, client: CheckingClient, web: int, field: str, typed: str
) -> None:
    user = number_of(app, web)
    fields: dict[str, Any] = {"reason": "Why", field: typed}
    page = client.submit(place(client, web, user), "place", **fields)
    assert page.status == 422
    assert page.texts(f"#{field}-error")
    with app.app_context():
        assert members_of(web)[user] == ("learner", "Monday", 1.5)


def test_a_form_that_has_grown_stale_changes_nothing(
    app: Flask, client: CheckingClient, web: int
) -> None:
    user = number_of(app, web)
    before = place(client, web, user)
    client.submit(before, "place", time_factor="2", reason="Note")
    page = client.submit(before, "place", group="")
    assert page.status == 409
    assert "Somebody else changed this place meanwhile" in page.text
    assert page.one("#time_factor").get("value") == "2"
    with app.app_context():
        assert members_of(web)[user] == ("learner", "Monday", 2.0)


def test_the_last_instructor_stays_one(app: Flask, client: CheckingClient, web: int) -> None:
    iris = number_of(app, web, "instructor")
    page = place(client, web, iris)
    demoted = client.submit(page, "place", role="learner")
    assert (demoted.status, demoted.texts("#role-error")) == (
        422,
        ["Nobody else teaches this class. Make somebody else an instructor first."],
    )
    removed = client.submit(page, "Remove from the class")
    assert removed.status == 409
    assert "Nobody else teaches this class." in removed.text
    with app.app_context():
        assert members_of(web)[iris][0] == "instructor"
        add_member(web, add_instructor("Otto"), "instructor")
    gone = client.submit(page, "Remove from the class")
    assert gone.path == "/classes"
    with app.app_context():
        assert iris not in members_of(web)


def test_a_removed_learner_no_longer_sees_the_class(
    app: Flask, client: CheckingClient, web: int
) -> None:
    user = number_of(app, web)
    page = client.submit(place(client, web, user), "Remove from the class")
    assert "Ada is not in the class any more." in page.text
    assert place(client, web, user).status == 404
    with app.app_context():
        entry = noted(web)[-1]
        assert (entry.kind, entry.subject, entry.learner_id) == ("member.removed", "Ada", user)
    client.log_in(user)
    assert client.get(f"/classes/{web}").status == 404


def test_nothing_is_changed_in_an_archived_class(
    app: Flask, client: CheckingClient, web: int
) -> None:
    user = number_of(app, web)
    with app.app_context():
        add_invitation(web, "grace@example.org")
    new: dict[str, Any] = {"invite-email": "new@example.org"}
    people, own = client.get(f"/classes/{web}/people"), place(client, web, user)
    with app.app_context():
        change_class(web, archived_at=START)
        before = (members_of(web), invited_to(web))
    for answer in (
        client.submit(people, "invite", **new),
        client.submit(people, "Withdraw the invitation of grace@example.org"),
        client.submit(own, "place", group=""),
        client.submit(own, "Remove from the class"),
    ):
        assert answer.status == 409
        assert "This class is archived" in answer.text
    with app.app_context():
        assert (members_of(web), invited_to(web)) == before
    page = client.get(f"/classes/{web}/people")
    assert page.select("#invite, form[action*=withdraw]") == []
    assert "Take it up again" in place(client, web, user).text

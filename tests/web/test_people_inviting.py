"""Inviting an address from the page of people, and taking the invitation back."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.support.accounts import outbox
from tests.support.attempts import add_person
from tests.support.client import CheckingClient
from tests.support.people import (
    add_taught,
    invite,
    invited_to,
    names,
    noted,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def web(app: Flask, client: CheckingClient) -> int:
    return add_taught(app, client)


def test_an_invitation_waits_and_one_mail_tells_of_it(
    app: Flask, client: CheckingClient, web: int
) -> None:
    page = invite(
        client, web, email=" Grace@Example.org ", name="Grace", role="assistant",
        new_group="Early  birds", time_factor="1,25",
    )  # fmt: skip
    assert "grace@example.org is invited." in page.text
    with app.app_context():
        assert invited_to(web) == {"grace@example.org": ("Grace", "assistant", "Early birds", 1.25)}
        (entry,) = noted(web)
        assert (entry.kind, entry.subject) == ("member.invited", "grace@example.org")
        assert entry.details == {
            "name": "Grace", "role": "assistant", "group": "Early birds", "time_factor": 1.25
        }  # fmt: skip
    assert [(one.kind, one.address) for one in outbox(app)] == [("invitation", "grace@example.org")]
    changed = invite(client, web, email="grace@example.org", group="Monday")
    assert "was changed" in changed.text
    assert "just so already" in invite(client, web, email="GRACE@example.org", group="Monday").text
    assert len(outbox(app)) == 1
    with app.app_context():
        assert invited_to(web)["grace@example.org"] == ("Grace", "learner", "Monday", 1.0)


def test_inviting_does_not_tell_whether_there_is_an_account(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        add_person("Known", email="known@example.org")
    pages = [invite(client, web, email=f"{name}@example.org") for name in ("known", "other")]
    known, other = (page.text.replace("other@", "known@") for page in pages)
    assert known.partition("Invite Nobody")[0] == other.partition("Invite Nobody")[0].replace(
        "known@example.org Learner – – 2 Mar 2026 UTC Withdraw known@example.org",
        "known@example.org",
    )
    assert len(outbox(app)) == 2


def test_who_is_in_the_class_is_not_invited_again(
    app: Flask, client: CheckingClient, web: int
) -> None:
    assert "is in this class already" in invite(client, web, email="ADA@example.org").text
    with app.app_context():
        assert invited_to(web) == {}
    assert outbox(app) == []


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("email", "nobody", "@-sign"),
        ("email", "", "Enter"),
        ("name", "n" * 81, "80 characters"),
        ("new_group", "g" * 61, "60 characters"),
        ("time_factor", "0,5", "from 1 to 10"),
        ("time_factor", "", "from 1 to 10"),
    ],
)
def test_an_invitation_that_cannot_be_made_keeps_what_was_typed(
    app: Flask, client: CheckingClient, web: int, field: str, typed: str, said: str
) -> None:
    page = invite(client, web, **{"email": "a@example.org", "name": "Grace", field: typed})
    assert page.status == 422
    assert said in " ".join(page.texts(f"#invite-{field}-error"))
    assert page.one(f"#invite-{field}").get("value", "") == typed
    assert names(page) == ["Iris", "Ada", "Zoë"]
    with app.app_context():
        assert invited_to(web) == {}


def test_a_withdrawn_invitation_is_gone_and_noted(
    app: Flask, client: CheckingClient, web: int
) -> None:
    invite(client, web, email="grace@example.org")
    page = client.get(f"/classes/{web}/people")
    withdrawn = client.submit(page, "Withdraw the invitation of grace@example.org")
    assert "is withdrawn" in withdrawn.text
    assert client.submit(page, "Withdraw the invitation of grace@example.org").status == 404
    with app.app_context():
        assert invited_to(web) == {}
        assert noted(web)[-1].kind == "member.uninvited"

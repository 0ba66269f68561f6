"""Invitations, as the people whom they wait for see and answer them."""

import pytest
from flask import Flask

from interview.services.classes import invitations
from interview.web.config import Settings
from tests.support import accounts
from tests.support.accounts import Postbox
from tests.support.attempts import add_person
from tests.support.classes import add_class, add_group, add_instructor, add_member, principal
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.people import (
    add_invitation,
    change_class,
    invite,
    invited_to,
    members_of,
    noted,
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return accounts.with_mail(settings)


@pytest.fixture
def web(app: Flask) -> int:
    with app.app_context():
        return add_class(instructor=add_instructor(), joining=False)


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    with app.app_context():
        user = add_person("Ada", email="ada@example.org")
    client.log_in(user)
    return user


def test_an_invitation_is_shown_to_whom_it_is_for_and_accepted(
    app: Flask, client: CheckingClient, web: int, ada: int
) -> None:
    with app.app_context():
        add_invitation(
            web, "ada@example.org", role="assistant", group_id=add_group(web), time_factor=1.5
        )
    page = client.get("/classes")
    (card,) = page.texts(".invitations .card")
    for part in ("Web 101", "Iris invites you to assist", "“Monday”", "1.5 times as long"):
        assert part in card
    accepted = client.submit(page, "Accept")
    assert accepted.path == f"/classes/{web}"
    with app.app_context():
        assert members_of(web)[ada] == ("assistant", "Monday", 1.5)
        assert invited_to(web) == {}
        (entry,) = noted(web)
        assert (entry.kind, entry.learner_id) == ("member.joined", ada)
        assert entry.details == {
            "role": "assistant", "group": "Monday", "time_factor": 1.5, "by": "invitation"
        }  # fmt: skip
    assert client.submit(page, "Accept").status == 404


@pytest.mark.usefixtures("ada")
def test_a_declined_invitation_is_gone_and_does_not_tell_who_declined(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        add_invitation(web, "ada@example.org")
    page = client.submit(client.get("/classes"), "Decline")
    assert "You declined the invitation to “Web 101”." in page.text
    with app.app_context():
        assert invited_to(web) == {}
        (entry,) = noted(web)
        assert (entry.kind, entry.actor_name) == ("member.uninvited", "ada@example.org")
        assert entry.details == {"invitation": ["waiting", "declined"]}
        assert entry.learner_id is None


@pytest.mark.usefixtures("ada")
def test_nobody_answers_an_invitation_of_somebody_else(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        number = add_invitation(web, "alan@example.org")
    assert client.get("/classes").select(".invitations") == []
    for answer in ("accept", "decline"):
        assert client.post(f"/invitations/{number}/{answer}").status == 404
        assert client.post(f"/invitations/{2**40}/{answer}").status == 404
    with app.app_context():
        assert list(invited_to(web)) == ["alan@example.org"]


@pytest.mark.usefixtures("ada")
def test_an_invitation_to_an_archived_class_does_not_wait(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        number = add_invitation(web, "ada@example.org")
        change_class(web, archived_at=START)
    assert client.get("/classes").select(".invitations") == []
    assert client.post(f"/invitations/{number}/accept").status == 404


def test_invitations_wait_for_an_account_that_is_made_later(app: Flask, web: int) -> None:
    with app.app_context():
        add_invitation(web, "late@example.org")
        late = principal(add_person("Late", email="late@example.org"))
        guest = principal(add_person("Guest", email=None, is_guest=True))
        (one,) = invitations.waiting(late)
        assert (one.title, one.teachers, one.role) == ("Web 101", ("Iris",), "learner")
        assert invitations.waiting(guest) == ()


def test_the_mail_names_the_product_and_no_word_that_somebody_typed(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        client.log_in(add_member(web, add_instructor("Mallory"), "instructor"))
    invite(client, web, email="ada@example.org", name="Buy now")
    box = Postbox(app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interview.services.mail.post", box.post)
        (letter,) = box.collect()
    assert letter.address == "ada@example.org"
    assert letter.subject == "You are invited to a class at Mock Interview"
    assert f"{accounts.PUBLIC_URL}/classes" in letter.text
    for word in ("Web 101", "Mallory", "Buy now"):
        assert word not in letter.text


def test_no_mail_is_sent_for_an_invitation_that_was_withdrawn(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        client.log_in(add_member(web, add_instructor("Otto"), "instructor"))
    listed = invite(client, web, email="ada@example.org")
    client.submit(listed, "Withdraw the invitation of ada@example.org")
    box = Postbox(app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("interview.services.mail.post", box.post)
        assert box.collect() == []

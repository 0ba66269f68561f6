"""Joining a class by its code, and by the link that holds it."""

import re

import pytest
from flask import Flask

from interview.services.classes import codes
from tests.support.accounts import ADA, add_account
from tests.support.attempts import add_person
from tests.support.classes import add_class, add_group, add_instructor, add_member
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.people import (
    add_invitation,
    change_class,
    invited_to,
    members_of,
    noted,
)

CODE = "CDFGHJKMNP"
LETS_NOBODY_IN = "This code lets nobody in."


@pytest.fixture
def web(app: Flask) -> int:
    with app.app_context():
        return add_class(instructor=add_instructor(), join_code=CODE)


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    with app.app_context():
        user = add_person("Ada", email="ada@example.org")
    client.log_in(user)
    return user


@pytest.mark.parametrize("typed", [CODE, "cdfgh-jkmnp", "  CDFGH JKMNP ", "c-d-f-g-h_jk–mnp"])
def test_a_code_is_read_whatever_its_case_dashes_and_blanks(
    app: Flask, client: CheckingClient, web: int, ada: int, typed: str
) -> None:
    found = client.submit(client.get("/classes/join"), "join", code=typed)
    assert found.texts("h1") == ["Web 101"]
    assert "Taught by Iris" in found.text
    with app.app_context():
        assert ada not in members_of(web)
    joined = client.submit(found, "join")
    assert joined.path == f"/classes/{web}"
    with app.app_context():
        assert members_of(web)[ada] == ("learner", None, 1.0)
        (entry,) = noted(web)
        assert (entry.kind, entry.learner_id, entry.actor_id) == ("member.joined", ada, ada)


def test_codes_hold_forty_bits_in_letters_that_are_not_mistaken() -> None:
    assert len(codes.ALPHABET) ** codes.LENGTH >= 2**40
    assert not set(codes.ALPHABET) & set("0O1IL2Z5S8BUAEIY")
    assert re.fullmatch(f"[{codes.ALPHABET}]{{{codes.LENGTH}}}", codes.draw())
    assert len({codes.draw() for _ in range(50)}) == 50


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("change", [{"joining": False}, {"archived_at": START}, {"join_code": "X"}])
def test_a_code_that_lets_nobody_in_does_not_tell_why(
    app: Flask, client: CheckingClient, web: int, change: dict[str, object]
) -> None:
    with app.app_context():
        change_class(web, **change)
    typed = client.submit(client.get("/classes/join"), "join", code=CODE)
    assert typed.status == 422
    assert typed.one("#code").get("value") == CODE
    opened = client.get(f"/classes/join/{CODE}")
    assert opened.status == 404
    sent = client.post(f"/classes/join/{CODE}")
    assert sent.status == 422
    for page in (typed, opened, sent):
        assert LETS_NOBODY_IN in page.text
        assert "Web 101" not in page.html
        assert "Iris" not in page.html


def test_who_is_in_the_class_is_told_so_even_where_it_is_closed(
    app: Flask, client: CheckingClient, web: int, ada: int
) -> None:
    with app.app_context():
        add_member(web, ada)
        change_class(web, joining=False)
    page = client.get(f"/classes/join/{CODE}")
    assert "You are in this class already." in page.text
    assert client.post(f"/classes/join/{CODE}").location == f"/classes/{web}"
    with app.app_context():
        assert noted(web) == []


def test_joining_twice_is_joining_once(
    app: Flask, client: CheckingClient, web: int, ada: int
) -> None:
    page = client.get(f"/classes/join/{CODE}")
    client.submit(page, "join")
    assert "You were in this class already." in client.submit(page, "join").text
    with app.app_context():
        assert len(noted(web)) == 1


def test_a_link_works_through_the_log_in(app: Flask, client: CheckingClient, web: int) -> None:
    add_account(app)
    asked = client.get(f"/classes/join/{CODE}", follow=True)
    page = client.submit(asked, "log-in", email=ADA.email, password=ADA.password)
    assert page.path == f"/classes/join/{CODE}"
    assert client.submit(page, "join").path == f"/classes/{web}"


@pytest.mark.usefixtures("web")
def test_a_guest_registers_first(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        client.log_in(add_person("Guest", email=None, password_hash=None, is_guest=True))
    for path in ("/classes/join", f"/classes/join/{CODE}", "/classes/join/NOSUCHCODE"):
        page = client.get(path)
        assert page.texts("h1") == ["Register first"]
        assert "Web 101" not in page.html
        assert client.post(path).status == 403
    assert "A class needs to know who is in it" in client.get("/classes").text


def test_joining_by_code_takes_what_the_invitation_offers_and_ends_it(
    app: Flask, client: CheckingClient, web: int, ada: int
) -> None:
    with app.app_context():
        add_invitation(
            web, "ada@example.org", role="assistant", group_id=add_group(web), time_factor=1.5
        )
        add_invitation(web, "alan@example.org")
    client.submit(client.get(f"/classes/join/{CODE}"), "join")
    with app.app_context():
        assert members_of(web)[ada] == ("assistant", "Monday", 1.5)
        assert list(invited_to(web)) == ["alan@example.org"]
        assert noted(web)[-1].details["by"] == "invitation"


@pytest.mark.usefixtures("ada", "web")
def test_guessing_codes_is_slowed_down(client: CheckingClient) -> None:
    statuses = [client.get(f"/classes/join/GUESS{number}").status for number in range(11)]
    assert statuses == [404] * 10 + [429]
    typed = [client.post("/classes/join", {"code": f"GUESS{n}"}).status for n in range(11)]
    assert typed == [422] * 10 + [429]


@pytest.mark.usefixtures("ada", "web")
def test_opening_a_link_that_works_is_not_slowed_down(client: CheckingClient) -> None:
    assert {client.get(f"/classes/join/{CODE}").status for _ in range(12)} == {200}


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("typed", ["", "x" * 101, "\x00", "%"])
def test_what_is_no_code_is_refused(client: CheckingClient, typed: str) -> None:
    page = client.submit(client.get("/classes/join"), "join", code=typed)
    assert page.status == 422
    assert page.texts("#code-error")

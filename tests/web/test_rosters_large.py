"""Inviting a roster: as large as it says, and no larger."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from interview.formats.delimited import LARGEST_BYTES
from tests.support.classes import add_class, add_instructor
from tests.support.client import CheckingClient
from tests.support.people import (
    GOOD,
    figures,
    invited,
    send,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def web(app: Flask, client: CheckingClient) -> int:
    """A class whose instructor is logged in."""
    with app.app_context():
        iris = add_instructor()
        class_id = add_class(instructor=iris)
    client.log_in(iris)
    return class_id


def test_limits_are_stated_before_they_are_broken(client: CheckingClient, web: int) -> None:
    page = client.get(f"/classes/{web}/people/import")
    assert "At most 5 MB and 5,000 rows." in page.text


def test_a_file_of_just_over_5_mb_is_refused_in_plain_words(
    app: Flask, client: CheckingClient, web: int
) -> None:
    data = b"name,email\n".ljust(LARGEST_BYTES + 100_000, b"x")
    page = send(client, web, data=data)
    assert page.status == 422
    assert page.texts("#text-error") == [
        "A file can have 5 MB; this one has 5.10 MB. Send it in parts."
    ]
    assert invited(app, web) == {}


def test_a_file_of_just_under_5_mb_is_read(client: CheckingClient, web: int) -> None:
    padding = f"{' ' * 1023}\n" * (LARGEST_BYTES // 1024 - 1)
    assert figures(send(client, web, data=(GOOD + padding).encode()))[0] == "2"


def test_text_of_several_mb_comes_back_with_the_confirmation(
    app: Flask, client: CheckingClient, web: int
) -> None:
    note = "ö" * 2000
    rows = "".join(f"P{n},p{n}@example.org,{note}\n" for n in range(600))
    text = f"name,email,note\n{rows}"
    assert 2 * 1024 * 1024 < len(text.encode()) < LARGEST_BYTES
    trial = send(client, web, data=text.encode())
    client.submit(trial, "Invite these 600 people")
    assert len(invited(app, web)) == 600


def test_what_is_far_too_large_is_refused_unread(client: CheckingClient, web: int) -> None:
    page = send(client, web, data=b"x" * (3 * LARGEST_BYTES + 1))
    assert page.status == 413
    assert page.texts("h1") == ["That roster is too large"]
    assert "A file can have 5 MB; this one has 15.00 MB." in page.text


def test_no_other_route_takes_so_much(client: CheckingClient, web: int) -> None:
    form = {"invite-email": "a@example.org", "invite-name": "n" * 3_000_000}
    assert client.post(f"/classes/{web}/people/invite", form).status == 413
    client.flask.delete_cookie("session")
    assert client.post(f"/classes/{web}/people/import", {"text": "x"}).status in (303, 400)


def test_a_roster_of_the_largest_size_costs_few_statements(
    app: Flask, client: CheckingClient, web: int, statements: Count
) -> None:
    rows = "".join(f"P{n},p{n}@example.org,G{n % 100}\n" for n in range(5000))
    trial = send(client, web, f"name,email,group\n{rows}")
    assert "And 4,800 people more." in trial.text
    with statements() as seen:
        client.submit(trial, "Invite these 5,000 people", follow=False)
    assert len(seen) < 100
    assert len(invited(app, web)) == 5000

"""The settings of a class: changed, its code replaced, the class archived and taken up again."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.support.classes import (
    add_class,
    add_instructor,
    add_learners,
)
from tests.support.client import CheckingClient
from tests.support.people import class_row, noted
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def iris(app: Flask, client: CheckingClient) -> int:
    """An instructor who is logged in."""
    with app.app_context():
        user = add_instructor(zone="Europe/Berlin")
    client.log_in(user)
    return user


@pytest.fixture
def taught(app: Flask, iris: int) -> int:
    """A class of hers."""
    with app.app_context():
        return add_class(instructor=iris)


def log_in_learner(app: Flask, client: CheckingClient, class_id: int, name: str = "Ada") -> int:
    with app.app_context():
        (user,) = add_learners(class_id, name)
    client.log_in(user)
    return user


def test_settings_are_changed_and_the_change_is_noted(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    page = client.get(f"/classes/{taught}/settings")
    saved = client.submit(page, "settings", title="Web 102", joining=None)
    assert "The settings are saved." in saved.text
    with app.app_context():
        row = class_row(taught)
        assert (row.title, row.joining) == ("Web 102", False)
        (entry,) = noted(taught)
        assert entry.kind == "class.changed"
        assert entry.details == {"title": ["Web 101", "Web 102"], "joining": [True, False]}
    assert "Joining is closed" in client.get(f"/classes/{taught}").text


def test_saving_without_a_change_notes_nothing(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    client.submit(client.get(f"/classes/{taught}/settings"), "settings")
    with app.app_context():
        assert noted(taught) == []


def test_a_new_code_ends_the_old_one_and_stands_in_no_log(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    with app.app_context():
        old = class_row(taught).join_code
    page = client.submit(client.get(f"/classes/{taught}/settings"), "Draw a new code")
    assert "has a new join code" in page.text
    with app.app_context():
        new = class_row(taught).join_code
        (entry,) = noted(taught)
    assert new != old
    assert len(set(new)) > 1
    assert new not in str(entry.details)
    assert old not in str(entry.details)


def test_an_archived_class_is_read_and_not_changed_until_it_is_taken_up_again(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    settings = client.get(f"/classes/{taught}/settings")
    page = client.submit(settings, "Archive the class")
    assert "This class is archived" in page.text
    for refused in (
        client.submit(settings, "settings", title="New"),
        client.submit(settings, "Draw a new code"),
    ):
        assert refused.status == 409
        assert "Nothing was changed" in refused.text
    with app.app_context():
        assert class_row(taught).title == "Web 101"
    again = client.submit(client.get(f"/classes/{taught}/settings"), "Take it up again")
    assert "taken up again" in again.text
    with app.app_context():
        assert class_row(taught).archived_at is None
        assert [one.details for one in noted(taught)] == [
            {"archived": [False, True]},
            {"archived": [True, False]},
        ]


def test_archiving_twice_keeps_the_first_moment(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    settings = client.get(f"/classes/{taught}/settings")
    client.submit(settings, "Archive the class")
    with app.app_context():
        first = class_row(taught).archived_at
    client.submit(settings, "Archive the class")
    with app.app_context():
        assert class_row(taught).archived_at == first
        assert len(noted(taught)) == 1

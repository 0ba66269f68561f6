"""Classes: made and listed, and what of them each of their people sees."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from tests.support.attempts import add_person
from tests.support.classes import (
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_member,
    add_set_version,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.people import add_invitation, change_class, class_row, members_of, noted
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


def test_who_makes_a_class_teaches_it(app: Flask, client: CheckingClient, iris: int) -> None:
    page = client.click(client.get("/classes"), "Make a class")
    assert page.one("#time_zone option[selected]").get("value") == "Europe/Berlin"
    made = client.submit(page, "new-class", title="  Web\u202e 101 ", description="Mondays\r\nat 9")
    assert made.texts("h1") == ["Web 101"]
    assert "Taught by Iris" in made.text
    class_id = int(made.path.rpartition("/")[2])
    with app.app_context():
        assert members_of(class_id) == {iris: ("instructor", None, 1.0)}
        row = class_row(class_id)
        assert (row.description, row.time_zone) == ("Mondays\nat 9", "Europe/Berlin")
        assert [one.kind for one in noted(class_id)] == ["class.made"]


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "Enter a title."),
        ("title", "t" * 121, "120 characters; this one has 121"),
        ("description", "d" * 5_001, "5,000 characters; this one has 5,001"),
        ("time_zone", "Mars/Olympus", "Choose a time zone from the list."),
    ],
)
def test_a_class_that_cannot_be_made_keeps_what_was_typed(
    client: CheckingClient, field: str, typed: str, said: str
) -> None:
    fields: dict[str, Any] = {"title": "Kept", "description": "Kept too", field: typed}
    page = client.submit(client.get("/classes/new"), "new-class", **fields)
    assert page.status == 422
    assert said in " ".join(page.texts(f"#{field}-error"))
    if field != "description":
        assert page.one("#description").text == "Kept too"


def test_learners_make_no_classes(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        client.log_in(add_person())
    assert client.get("/classes/new").status == 403
    assert "Make a class" not in client.get("/classes").text


def test_the_list_has_what_is_taught_joined_and_archived_apart(
    app: Flask, client: CheckingClient, iris: int
) -> None:
    with app.app_context():
        add_class("Taught", instructor=iris)
        add_member(add_class("Joined", instructor=add_instructor("Otto")), iris)
        add_class("Over", instructor=iris, archived_at=START)
        add_class("Not mine")
    page = client.get("/classes")
    assert page.texts("h2") == ["You teach", "You learn"]
    assert page.texts(".card h3") == ["Taught", "Joined"]
    archived = client.click(page, "Archived classes")
    assert archived.texts(".card h3") == ["Over"]
    assert "Archived 2 Mar 2026" in archived.text


@pytest.mark.usefixtures("iris")
def test_somebody_in_no_class_is_told_how_to_get_into_one(client: CheckingClient) -> None:
    page = client.get("/classes")
    assert page.texts(".empty-state h2") == ["You are in no class yet"]
    assert "Nothing is archived" in client.get("/classes?archived=yes").text


def test_many_classes_are_shown_a_page_at_a_time(
    app: Flask, client: CheckingClient, iris: int, statements: Count
) -> None:
    with app.app_context():
        for number in range(52):
            add_class(f"Class {number}", instructor=iris)
    with statements() as seen:
        first = client.get("/classes")
    assert len(seen) <= 7
    assert len(first.select(".card")) == 50
    assert client.click(first, "Older classes").texts(".card h3") == ["Class 1", "Class 0"]
    assert client.get("/classes?before=-5").status == 200
    assert client.get(f"/classes?before={10**30}").status == 200


def test_those_who_help_see_counts_and_the_way_in(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    with app.app_context():
        add_learners(taught, "Ada", "Alan")
        add_invitation(taught, "grace@example.org")
        change_class(taught, join_code="CDFGHJKMNP")
    page = client.get(f"/classes/{taught}")
    assert page.texts(".figures dd") == ["2", "1", "1", "0"]
    assert page.texts(".join-code code") == ["CDFGH-JKMNP"]
    assert page.one("#join-link").get("value") == "http://localhost/classes/join/CDFGH-JKMNP"
    for name in ("People", "Gradebook", "Audit log", "Settings"):
        assert client.get(page.link(name)).status == 200


def test_an_assistant_is_not_offered_what_is_for_instructors(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    with app.app_context():
        assistant = add_member(taught, add_person("Asa"), "assistant")
    client.log_in(assistant)
    page = client.get(f"/classes/{taught}")
    tabs = ["Overview", "People", "Gradebook", "Marking", "Analytics"]
    assert page.texts(".class-tabs li") == tabs
    assert "New assignment" not in page.text
    assert client.get(f"/classes/{taught}/settings").status == 403


def test_a_learner_sees_who_teaches_and_what_is_given_and_no_code(
    app: Flask, client: CheckingClient, taught: int, iris: int
) -> None:
    with app.app_context():
        change_class(taught, description="Bring\npaper", join_code="CDFGHJKMNP")
        add_assignment(taught, add_set_version(iris), title="First test")
    log_in_learner(app, client, taught)
    page = client.get(f"/classes/{taught}")
    assert "Taught by Iris" in page.text
    assert page.one(".class-description").text == "Bring\npaper"
    assert page.texts(".card h3") == ["First test"]
    assert "CDFGH" not in page.html
    assert page.select(".class-tabs, .figures") == []


def test_a_class_is_nothing_to_those_who_are_not_in_it(
    app: Flask, client: CheckingClient, taught: int
) -> None:
    with app.app_context():
        client.log_in(add_instructor("Otto"))
    for path in ("", "/settings", "/people", "/people/import", "/people.csv"):
        assert client.get(f"/classes/{taught}{path}").status == 404
    for path in ("/archive", "/new-code", "/settings", "/people/invite"):
        assert client.post(f"/classes/{taught}{path}").status == 404


def test_a_class_costs_the_same_however_many_are_in_it(
    app: Flask, client: CheckingClient, taught: int, statements: Count
) -> None:
    def cost() -> int:
        with statements() as seen:
            client.get(f"/classes/{taught}")
        return len(seen)

    before = cost()
    with app.app_context():
        add_learners(taught, *(f"Learner {number}" for number in range(30)))
    assert cost() == before

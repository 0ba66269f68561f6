"""The people of a class: listed, filtered, paged and taken along."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.attempts import add_person
from tests.support.classes import (
    add_learners,
    add_member,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.people import (
    add_invitation,
    add_taught,
    names,
    number_of,
)
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def web(app: Flask, client: CheckingClient) -> int:
    return add_taught(app, client)


def test_members_stand_by_role_and_name_with_group_factor_and_day(
    client: CheckingClient, web: int
) -> None:
    page = client.get(f"/classes/{web}/people")
    assert page.texts("#people h2") == ["Teach and assist", "Learners"]
    assert names(page) == ["Iris", "Ada", "Zoë"]
    assert page.texts("#people tbody tr")[1] == (
        "Ada ada@example.org Monday × 1.5 2 Mar 2026 UTC Change"
    )


def test_an_assistant_reads_the_people_without_addresses_or_invitations(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        add_invitation(web, "grace@example.org")
        client.log_in(add_member(web, add_person("Asa"), "assistant"))
    page = client.get(f"/classes/{web}/people")
    assert names(page) == ["Iris", "Asa", "Ada", "Zoë"]
    assert "@example.org" not in page.html
    assert "Change" not in page.text
    assert page.select("#invite") == []
    assert client.get(f"/classes/{web}/people.csv").status == 403
    assert client.post(f"/classes/{web}/people/invite").status == 403


def test_learners_do_not_read_the_people(app: Flask, client: CheckingClient, web: int) -> None:
    client.log_in(number_of(app, web))
    assert client.get(f"/classes/{web}/people").status == 403
    assert client.get(f"/classes/{web}/people/import").status == 403


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("q=AD", ["Ada"]),
        ("q=zoË", ["Zoë"]),
        ("q=%25", []),
        ("group=Monday", ["Ada"]),
        ("group=-", ["Iris", "Zoë"]),
        ("role=instructor", ["Iris"]),
        ("role=learner&q=a&group=Monday", ["Ada"]),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_filters_narrow_the_list_and_stay_in_the_form(
    client: CheckingClient, web: int, query: str, listed: list[str], htmx: bool
) -> None:
    page = client.get(f"/classes/{web}/people?{query}", htmx=htmx)
    assert names(page) == listed
    assert page.is_full is not htmx
    assert page.select("#people-clear")
    if not listed:
        assert "Nobody fits these filters" in page.text


@pytest.mark.parametrize("query", ["group=Sunday", "role=boss", "q=" + "x" * 81])
def test_a_wrong_filter_is_named(client: CheckingClient, web: int, query: str) -> None:
    page = client.get(f"/classes/{web}/people?{query}")
    assert page.status == 422
    assert page.texts(".field-error")
    assert names(page) == []


@pytest.mark.parametrize("spot", ["after=nonsense", "before=x.ada", "after=99999999999.a"])
def test_a_damaged_place_leads_back_to_the_first(
    client: CheckingClient, web: int, spot: str
) -> None:
    page = client.get(f"/classes/{web}/people?{spot}")
    assert page.status == 422
    assert client.click(page, "Start from the first").status == 200


def test_many_learners_are_paged_there_and_back_at_a_fixed_cost(
    app: Flask, client: CheckingClient, web: int, statements: Count
) -> None:
    with app.app_context():
        add_learners(web, *(f"Same Name {n % 2}" for n in range(118)))
    with statements() as seen:
        first = client.get(f"/classes/{web}/people?role=learner")
    assert len(seen) <= 7
    second = client.click(first, "Later names")
    third = client.click(second, "Later names")
    listed = [name for page in (first, second, third) for name in names(page)]
    assert [len(names(page)) for page in (first, second, third)] == [50, 50, 20]
    rows = [row for page in (first, second, third) for row in page.texts("#people tbody th")]
    assert len(set(rows)) == 120
    assert (listed[0], listed[-1]) == ("Ada", "Zoë")
    assert names(client.click(third, "Earlier names")) == names(second)
    assert names(client.click(second, "Earlier names")) == names(first)
    assert third.select("#people-after") == []


def test_many_invitations_are_paged_by_address(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        for number in range(52):
            add_invitation(web, f"p{number:02}@example.org")
    first = client.get(f"/classes/{web}/people")
    assert len(first.select("form[action*=withdraw]")) == 50
    second = client.click(first, "Later addresses")
    assert len(second.select("form[action*=withdraw]")) == 2


def test_the_file_of_people_can_be_read_as_a_roster(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        add_member(web, add_person("=Sum", email="sum@example.org"))
        add_invitation(web, "grace@example.org", name="Grace", created_at=START + timedelta(1))
    answer = client.get(f"/classes/{web}/people.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=people-of-class")
    rows = list(csv.reader(io.StringIO(answer.html.removeprefix("\ufeff"))))
    assert rows[0] == ["name", "email", "role", "group", "time_factor", "state", "since"]
    assert [row[0] for row in rows[1:]] == ["'=Sum", "Ada", "Iris", "Zoë", "Grace"]
    assert rows[2][1:6] == ["ada@example.org", "learner", "Monday", "1.5", "joined"]
    assert rows[5][1:6] == ["grace@example.org", "learner", "", "1", "invited"]
    page = client.get(f"/classes/{web}/people/import")
    trial = client.submit(page, "roster", text=answer.html)
    assert "There is nothing to do" in trial.text
    assert trial.texts(".figures dd") == ["0", "0", "1", "4", "0"]

"""Inviting a roster: tried first, and done only as shown."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from flask import Flask

from tests.support.accounts import outbox
from tests.support.attempts import add_person
from tests.support.classes import add_class, add_group, add_instructor, add_member
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.people import (
    GOOD,
    WRONG,
    add_invitation,
    change_class,
    figures,
    invited,
    noted,
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


def test_a_roster_is_tried_first_and_then_done(
    app: Flask, client: CheckingClient, web: int
) -> None:
    trial = send(client, web, GOOD)
    assert trial.texts("h1") == ["What would happen"]
    assert figures(trial) == ["2", "0", "0", "0", "0"]
    assert "New groups: Monday." in trial.text
    assert invited(app, web) == {}
    done = client.submit(trial, "Invite these 2 people")
    assert "Invited: 2. Invitations changed: 0." in done.text
    assert invited(app, web) == {
        "ada@example.org": ("Ada", "learner", "Monday", 1.5),
        "bo@example.org": ("Bo", "learner", None, 1.0),
    }
    assert sorted(one.address for one in outbox(app)) == ["ada@example.org", "bo@example.org"]
    with app.app_context():
        assert [(one.kind, one.subject) for one in noted(web)] == [
            ("member.invited", "ada@example.org"),
            ("member.invited", "bo@example.org"),
        ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_file_is_read_in_the_encodings_of_spreadsheet_programs(
    client: CheckingClient, web: int, encoding: str
) -> None:
    assert figures(send(client, web, data=GOOD.encode(encoding)))[0] == "2"


def test_a_second_roster_tells_what_differs_and_sends_no_second_mail(
    app: Flask, client: CheckingClient, web: int
) -> None:
    with app.app_context():
        monday = add_group(web)
        for name in ("ada", "bo", "di"):
            add_invitation(web, f"{name}@example.org", name=name.title(), role="assistant")
        add_invitation(web, "ed@example.org", name="Ed", group_id=monday)
        add_member(web, add_person("Cy", email="cy@example.org"))
    text = "name,email,group\nAda,ada@example.org,MONDAY\nBo,bo@example.org,\nCy,cy@example.org,X\n"
    trial = send(client, web, f"{text}Ed,ed@example.org,Monday\nDiana,di@example.org,\n")
    assert figures(trial) == ["0", "2", "2", "1", "0"]
    assert "ada@example.org: group nothing → Monday" in trial.text
    assert "New groups" not in trial.text
    client.submit(trial, "Change these 2 invitations")
    left = invited(app, web)
    assert left["ada@example.org"] == ("Ada", "assistant", "Monday", 1.0)
    assert left["di@example.org"] == ("Diana", "assistant", None, 1.0)
    assert "cy@example.org" not in left
    assert outbox(app) == []
    with app.app_context():
        assert noted(web)[0].details == {"group": ["", "Monday"]}


def test_problems_are_named_and_left_out_only_when_told_to(
    app: Flask, client: CheckingClient, web: int
) -> None:
    trial = send(client, web, WRONG)
    assert figures(trial) == ["2", "0", "0", "0", "1"]
    rows = trial.texts("[aria-labelledby=problems-title] tbody tr")
    assert [row[:7] for row in rows] == ["4emailA", "4role“b"]
    refused = client.submit(trial, "Invite these 2 people")
    assert refused.status == 422
    assert "may be left out" in " ".join(refused.texts("#partly-error"))
    assert invited(app, web) == {}
    client.submit(refused, "Invite these 2 people", partly="y")
    assert sorted(invited(app, web)) == ["ada@example.org", "bo@example.org"]


def test_rows_that_are_corrected_in_place_are_shown_anew_before_anything_is_done(
    app: Flask, client: CheckingClient, web: int
) -> None:
    trial = send(client, web, WRONG)
    mended = WRONG.replace("Cy;nobody;boss", "Cy;cy@example.org;")
    shown = client.submit(trial, "Invite these 2 people", text=mended)
    assert shown.status == 409
    assert "Nothing was done yet" in shown.text
    assert invited(app, web) == {}
    checked = client.submit(trial, "Check again", text=mended)
    assert figures(checked) == ["3", "0", "0", "0", "0"]
    client.submit(shown, "Invite these 3 people")
    assert len(invited(app, web)) == 3


def test_nothing_is_done_when_the_class_changed_meanwhile(
    app: Flask, client: CheckingClient, web: int
) -> None:
    trial = send(client, web, GOOD)
    with app.app_context():
        add_invitation(web, "bo@example.org", role="assistant")
    shown = client.submit(trial, "Invite these 2 people")
    assert shown.status == 409
    assert figures(shown) == ["1", "1", "0", "0", "0"]
    assert list(invited(app, web)) == ["bo@example.org"]
    client.submit(shown, "Invite this person, change this invitation")
    assert len(invited(app, web)) == 2


def test_sending_it_twice_invites_once(app: Flask, client: CheckingClient, web: int) -> None:
    trial = send(client, web, GOOD)
    client.submit(trial, "Invite these 2 people")
    again = client.submit(trial, "Invite these 2 people")
    assert again.status == 409
    assert "There is nothing to do" in again.text
    assert len(outbox(app)) == 2


@pytest.mark.parametrize(
    ("text", "data", "said"),
    [
        ("", b"", "Choose a file, or paste the rows of one."),
        ("Ada,ada@example.org", b"", "Line 1: The first row must name the columns"),
        ('name,email\n"Ada,ada@example.org', b"", "Line 2: The quotation marks"),
        ("", "name,email\nJosé,j@example.org".encode("latin-1"), "Line 2: This is no text in UTF"),
        ("", b"PK\x03\x04\x00\x00", "Save the table as “CSV UTF-8”"),
    ],
)
def test_what_is_no_roster_is_refused_and_kept(
    client: CheckingClient, web: int, text: str, data: bytes, said: str
) -> None:
    page = send(client, web, text, data)
    assert page.status == 422
    assert said in " ".join(page.texts("#text-error"))
    assert page.one("#text").text == text


def test_an_archived_class_takes_no_roster(app: Flask, client: CheckingClient, web: int) -> None:
    trial = send(client, web, GOOD)
    with app.app_context():
        change_class(web, archived_at=START)
    assert client.submit(trial, "Invite these 2 people").status == 409
    assert client.get(f"/classes/{web}/people/import").select("#roster") == []
    assert invited(app, web) == {}


def test_the_example_is_a_roster(client: CheckingClient, web: int) -> None:
    answer = client.get(f"/classes/{web}/people/import/example.csv")
    assert "roster-example.csv" in answer.headers["Content-Disposition"]
    assert figures(send(client, web, data=answer.response.data)) == ["3", "0", "0", "0", "0"]


def test_columns_that_say_nothing_are_told(client: CheckingClient, web: int) -> None:
    page = send(client, web, "name,email,Matriculation\nAda,ada@example.org,77\n")
    assert "Columns that are not used: Matriculation." in page.text


def test_what_a_roster_holds_is_shown_as_text(client: CheckingClient, web: int) -> None:
    page = send(
        client, web, "name,email,<i>\n<b>Ada</b>,ada@example.org,\n,<script>,\n</textarea>,x"
    )
    assert page.select("main b, main i, main script") == []
    assert (page.one("#text").text or "").endswith("</textarea>,x")

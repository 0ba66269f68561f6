"""An assignment as staff see and change it: overview, form, withdrawal, reminders."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.assignments import starting
from interview.services.unit import write
from interview.store.classes import Class, ClassInvitation
from interview.web.config import Settings
from tests.support import accounts
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person
from tests.support.classes import (
    add_group,
    add_learners,
    add_member,
    add_set_version,
    give_to,
    principal,
)
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.given import noted, row_of
from tests.support.page import Page
from tests.support.statements import Statements


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return accounts.with_mail(settings)


@pytest.fixture
def room(app: Flask) -> Classroom:
    with app.app_context():
        return classroom(title="Midterm", attempts_allowed=2, access_code="Sesame")


@pytest.fixture
def iris(client: CheckingClient, room: Classroom) -> CheckingClient:
    client.log_in(room.teacher)
    return client


def overview(client: CheckingClient, room: Classroom) -> Page:
    return client.get(f"/assignments/{room.assignment}")


def edit(client: CheckingClient, room: Classroom, **typed: Any) -> Page:
    page = client.get(f"/assignments/{room.assignment}/edit")
    return client.submit(page, "assignment", **typed)


def figures(page: Page) -> dict[str, str]:
    return dict(zip(page.texts("dl.figures dt"), page.texts("dl.figures dd"), strict=True))


def start(app: Flask, room: Classroom, clock: FakeClock) -> None:
    with app.app_context():
        starting.start(principal(room.learner), room.assignment, "Sesame", clock())


def test_the_overview_tells_terms_and_how_it_goes(
    iris: CheckingClient, room: Classroom, app: Flask, clock: FakeClock
) -> None:
    start(app, room, clock)
    page = overview(iris, room)
    assert page.texts("h1") == ["Midterm"]
    assert figures(page) == {
        "Started": "1 of 1", "Finished": "0", "Sitting it now": "1", "Answers to review": "0",
    }  # fmt: skip
    assert "Sesame" in page.text
    assert "Everybody has started." in page.text
    for text, target in (
        ("Live", "live"),
        ("Change", "edit"),
        ("Accommodations", "accommodations"),
    ):
        assert page.link(text) == f"/assignments/{room.assignment}/{target}"
    assert page.link("Gradebook").startswith(f"/classes/{room.class_id}/gradebook")


def test_an_assistant_reads_and_changes_nothing(
    client: CheckingClient, room: Classroom, app: Flask
) -> None:
    with app.app_context():
        helper = add_member(room.class_id, add_person("Tom"), "assistant")
    client.log_in(helper)
    page = overview(client, room)
    assert page.status == 200
    assert "Sesame" not in page.text
    assert "Change" not in page.texts("a")
    assert not page.select("main form")
    path = f"/assignments/{room.assignment}"
    assert client.get(f"{path}/edit").status == 403
    for act in ("edit", "archive", "remind", "start"):
        assert client.post(f"{path}/{act}", {"title": "x"}).status == 403


def test_those_who_have_not_started_are_listed_by_name_and_page(
    iris: CheckingClient, room: Classroom, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview.services.assignments.overseeing.PAGE", 2)
    with app.app_context():
        add_learners(room.class_id, "Dee", "ben", "Cyd")
    page = overview(iris, room)
    assert page.texts(".names li") == ["Ada", "ben"]
    assert "4 learners have not started" in page.text
    page = iris.click(page, "More names")
    assert page.texts(".names li") == ["Cyd", "Dee"]
    assert "More names" not in page.text


@pytest.mark.parametrize("after", ["x", "1", "1.a%00b"])
def test_a_place_that_was_cut_is_said_to_be_none(
    iris: CheckingClient, room: Classroom, after: str
) -> None:
    page = iris.get(f"/assignments/{room.assignment}?after={after}")
    assert page.status == 422
    assert page.texts("h1") == ["This address names no place in the list"]


def test_people_who_were_invited_are_counted(
    iris: CheckingClient, room: Classroom, app: Flask
) -> None:
    with app.app_context():
        group = add_group(room.class_id)
        for number, (role, own) in enumerate((("learner", None), ("learner", group),
                                              ("assistant", None))):  # fmt: skip
            row = {"class_id": room.class_id, "email": f"{number}@example.org", "role": role,
                   "group_id": own, "created_at": START}  # fmt: skip
            with write() as session:
                session.execute(sa.insert(ClassInvitation).values(**row))
    assert "2 more are invited and not in the class yet" in overview(iris, room).text
    with app.app_context():
        give_to(room.assignment, group=group)
    assert "1 is invited" in overview(iris, room).text


def test_the_form_holds_the_present_terms(iris: CheckingClient, room: Classroom,
                                          app: Flask) -> None:  # fmt: skip
    with app.app_context():
        before = row_of(room.assignment)
    page = edit(iris, room)
    assert page.path == f"/assignments/{room.assignment}"
    with app.app_context():
        assert row_of(room.assignment) == before
        assert noted(room.class_id) == []


def test_a_change_is_kept_and_shown(iris: CheckingClient, room: Classroom, app: Flask) -> None:
    page = edit(iris, room, title="Final", whole_minutes="90", closes="", review="usual")
    assert "The assignment was changed." in page.text
    assert page.texts("h1") == ["Final"]
    with app.app_context():
        row = row_of(room.assignment)
    assert (row.whole_limit_seconds, row.closes_at, row.reference_when) == (5400, None, "finish")


def test_once_somebody_sits_it_the_form_says_what_follows(
    iris: CheckingClient, room: Classroom, app: Flask, clock: FakeClock
) -> None:
    start(app, room, clock)
    page = iris.get(f"/assignments/{room.assignment}/edit")
    assert "1 learner is sitting it now." in page.text
    assert not page.select("select[name=version_id]")
    assert not page.select("input[type=checkbox][name=shuffle]")
    refused = iris.submit(page, "assignment", whole_minutes="20")
    assert refused.status == 422
    assert refused.texts(".field-error") == [
        "Somebody has started: say why their dates, limits or scores change."
    ]
    done = iris.submit(refused, "assignment", reason="The room is needed")
    assert "The assignment was changed." in done.text


def test_questions_are_not_swapped_behind_the_form(
    iris: CheckingClient, room: Classroom, app: Flask, clock: FakeClock
) -> None:
    page = iris.get(f"/assignments/{room.assignment}/edit")
    with app.app_context():
        other = add_set_version(room.teacher)
    page = iris.get(f"/assignments/{room.assignment}/edit")
    start(app, room, clock)
    late = iris.submit(page, "assignment", version_id=str(other), shuffle="y")
    assert late.status == 422
    assert late.texts(".field-error") == [
        "Somebody has started: the questions stay as they are.",
        "Somebody has started: the order stays as it is.",
    ]


def test_withdrawing_is_undone_by_giving_again(iris: CheckingClient, room: Classroom) -> None:
    page = iris.submit(overview(iris, room), "Withdraw")
    assert "It is withdrawn: nobody can start it." in page.text
    assert page.texts("h1 + .lead .pill") == ["Withdrawn"]
    assert "at present" in iris.get(f"/assignments/{room.assignment}/edit").text
    page = iris.submit(page, "Give it again")
    assert page.texts("h1 + .lead .pill") == ["Open"]


def test_an_archived_class_can_be_read_and_not_changed(
    iris: CheckingClient, room: Classroom, app: Flask
) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    page = overview(iris, room)
    assert page.status == 200
    assert not page.select("main form")
    path = f"/assignments/{room.assignment}"
    assert iris.get(f"{path}/edit").status == 409
    assert iris.post(f"{path}/archive").status == 409
    assert iris.post(f"{path}/edit", {"title": "x"}).status == 409


def test_the_button_reminds_once_a_day(
    iris: CheckingClient, room: Classroom, app: Flask, clock: FakeClock
) -> None:
    button = "Remind those who have not started"
    page = iris.submit(overview(iris, room), button)
    assert "1 reminder is on the way." in page.text
    assert "They were reminded 2 Mar 2026, 09:00 UTC. You can remind them again 3 Mar" in page.text
    assert button not in page.texts("button")
    again = iris.post(f"/assignments/{room.assignment}/remind", follow=True)
    assert "Nobody was reminded: see below why." in again.text
    assert len(accounts.outbox(app)) == 1
    clock.advance(days=1)
    assert button in overview(iris, room).texts("button")


def test_the_overview_costs_the_same_for_a_large_class(
    iris: CheckingClient,
    room: Classroom,
    app: Flask,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    costs = []
    for _ in range(2):
        with statements() as seen:
            overview(iris, room)
        costs.append(len(seen))
        with app.app_context():
            add_learners(room.class_id, *(f"Learner {n}" for n in range(60)))
    assert costs[0] == costs[1] < 14

"""The list of what one was told, where it leads, and the bell that counts it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.notifying import APPEAL_DECIDED, COMMENT, KINDS, Told, tell
from interview.services.unit import write
from interview.store.db import db
from interview.store.notices import Notification
from interview.web.notice_targets import WAYS, path_of
from tests.support.accounts import try_it
from tests.support.attempts import Item, add_attempt, add_person
from tests.support.candidate import add_bank
from tests.support.classes import add_instructor
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.marking import marked
from tests.support.people import add_taught, invite
from tests.support.sitter import sit
from tests.support.statements import Statements

Say = Callable[..., None]
TARGETS = {
    "answer": "/attempts/7/results#q2",
    "results": "/attempts/7/results",
    "appeal": "/appeals/7",
    "run": "/regrades/7",
    "question": "/bank/7",
    "report": "/reports?after=8",
    "assignment": "/assignments/7",
    "class": "/classes/7",
    "invitation": "/classes",
}
NOTICE = Told(0, APPEAL_DECIDED, "“Midterm”, question 2: your appeal was declined.")


@pytest.fixture
def ada(app: Flask, client: CheckingClient) -> int:
    with app.app_context():
        person = add_person()
    client.log_in(person)
    return person


@pytest.fixture
def say(app: Flask, ada: int) -> Say:
    def say(*told: Told) -> None:
        with app.app_context(), write() as session:
            tell(session, [replace(one, user_id=one.user_id or ada) for one in told], START)

    return say


def bell(client: CheckingClient, path: str = "/history") -> str | None:
    return client.get(path).one(".site-header a[href='/notifications']").get("aria-label")


def test_an_empty_list_says_what_will_be_there(client: CheckingClient, ada: int) -> None:
    page = client.click(client.get("/history"), "Notifications")
    assert page.texts("h1, .empty-state h2") == ["Notifications", "Nothing yet"]
    assert not page.select("form#read")


def test_the_newest_comes_first_unread_and_quotes_what_was_written(
    client: CheckingClient, say: Say
) -> None:
    say(Told(0, COMMENT, "Tom wrote to you.", "Look:\n<b>here</b>"), NOTICE)
    assert bell(client) == "Notifications, 2 unread"
    page = client.get("/notifications")
    assert page.texts(".told-words") == [f"New {NOTICE.words}", "New Tom wrote to you."]
    assert page.one(".told-detail").text_content() == "Look:\n<b>here</b>"
    assert "Appeals decided, 2 Mar 2026, 09:00 UTC" in page.text
    assert bell(client) == "Notifications, 2 unread", "reading a page changes nothing"


def test_what_the_assignment_keeps_back_is_not_quoted(client: CheckingClient, app: Flask) -> None:
    with app.app_context():
        found = marked(answer_when="never")
        with write() as session:
            told = Told(found.ada, COMMENT, "Tom wrote.", "Look here.", "answer", found.attempt, 1)
            tell(session, [told], START)
    client.log_in(found.ada)
    page = client.get("/notifications")
    assert "Tom wrote." in page.text
    assert "Look here." not in page.html


def test_all_that_the_page_showed_is_marked_as_read(client: CheckingClient, say: Say) -> None:
    say(NOTICE, NOTICE)
    page = client.get("/notifications")
    say(replace(NOTICE, words="It came meanwhile."))
    page = client.submit(page, "Mark all as read")
    assert page.path == "/notifications"
    assert page.texts(".told[data-unread] .told-words") == ["New It came meanwhile."]
    assert bell(client) == "Notifications, 1 unread"
    for odd in ({}, {"upto": "x"}, {"upto": "-1"}):
        assert client.post("/notifications/read", odd).status == 303
    assert bell(client) == "Notifications, 1 unread"
    client.post("/notifications/read", {"upto": "9" * 30})
    assert bell(client) == "Notifications"


@pytest.mark.parametrize("target", WAYS)
def test_each_target_has_its_page(app: Flask, target: str) -> None:
    with app.app_context():
        assert path_of(target, 7, 2 if target == "answer" else None) == TARGETS[target]


def test_a_notice_is_opened_where_it_leads_and_read_with_that(
    client: CheckingClient, app: Flask, ada: int, say: Say
) -> None:
    with app.app_context():
        attempt = add_attempt(ada, items=[Item(), Item()])
    say(replace(NOTICE, target="answer", target_id=attempt, position=2))
    page = client.get("/notifications")
    opened = client.submit(page, f"Open the answer: {NOTICE.words}", follow=False)
    assert (opened.status, opened.location) == (303, f"/attempts/{attempt}/results#q2")
    assert client.get(f"/attempts/{attempt}/results").one("#q2") is not None
    assert bell(client) == "Notifications"
    page = client.get("/notifications")
    assert page.link(f"Open the answer: {NOTICE.words}") == opened.location
    assert page.texts(".told-words") == [NOTICE.words]


def test_what_leads_nowhere_is_marked_as_read_and_the_form_says_nothing_of_where(
    client: CheckingClient, say: Say
) -> None:
    say(NOTICE)
    page = client.get("/notifications")
    assert client.submit(page, f"Mark as read: {NOTICE.words}").path == "/notifications"
    typed = {"next": "https://elsewhere.example", "target": "class", "target_id": "1"}
    assert client.post("/notifications/1/open", typed).location == "/notifications"


def test_nobody_sees_or_opens_what_another_was_told(
    client: CheckingClient, app: Flask, say: Say
) -> None:
    say(NOTICE)
    with app.app_context():
        client.log_in(add_person("Ben"))
    assert NOTICE.words not in client.get("/notifications").text
    assert client.post("/notifications/1/open").status == 404
    client.post("/notifications/read", {"upto": "1"})
    with app.app_context():
        assert db.session.scalar(sa.select(Notification.read_at)) is None


def test_older_ones_are_on_pages_of_their_own(client: CheckingClient, say: Say) -> None:
    say(*(replace(NOTICE, words=f"Number {n}.") for n in range(123)))
    assert bell(client) == "Notifications, 99+ unread"
    first = client.get("/notifications")
    older = client.click(first, "Older notifications")
    assert [len(page.select(".told")) for page in (first, older)] == [20, 20]
    assert older.texts(".told-words")[0] == "New Number 102."
    page = client.submit(older, "Mark these and older ones as read")
    assert bell(client) == "Notifications, 20 unread"
    assert page.texts(".told-words")[-1] == "New Number 103."
    end = client.get("/notifications?before=1")
    assert client.click(end, "Back to the newest").path == "/notifications"
    assert client.get(f"/notifications?before={'9' * 30}").status == 200


def test_the_bell_costs_one_statement_and_a_sitting_has_none(
    client: CheckingClient,
    app: Flask,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    sitter = sit(client, app.extensions["clock"])
    with statements() as seen:
        assert bell(client) == "Notifications"
    assert sum("notifications" in sql for sql in seen.sql) == 1
    with statements() as seen:
        page = sitter.open()
        assert client.get("/nowhere").status == 404
    assert not page.select("a[href='/notifications']")
    assert not any("notifications" in sql for sql in seen.sql)


def test_a_guest_has_a_list_and_no_switches(client: CheckingClient, app: Flask) -> None:
    with app.app_context():
        add_bank(3, "django-taster")
    try_it(client)
    page = client.get("/notifications")
    assert "What concerns you will stand here." in page.text
    assert not page.select("a[href='/profile/mail']")


def test_every_kind_has_its_switch_for_each_channel(client: CheckingClient, ada: int) -> None:
    page = client.get("/profile/mail")
    for name in ("kind", "in_app"):
        assert {box.get("value") for box in page.select(f"input[name={name}]")} == set(KINDS)
    page = client.submit(page, "mail", in_app=[COMMENT])
    assert [box.get("value") for box in page.select("input[name=in_app][checked]")] == [COMMENT]
    assert len(page.select("input[name=kind][checked]")) == len(KINDS)


def test_an_invitation_is_told_to_who_has_an_account(app: Flask, client: CheckingClient) -> None:
    class_id = add_taught(app, client)
    with app.app_context():
        grace = add_person("Grace", email="grace@example.org")
    invite(client, class_id, email="grace@example.org")
    invite(client, class_id, email="nobody@example.org")
    client.log_in(grace)
    page = client.get("/notifications")
    assert page.texts(".told-words") == ["New You are invited to the class “Web 101”."]
    page = client.submit(page, "See the invitation: You are invited to the class “Web 101”.")
    assert "Accept" in page.texts("button")


def test_an_answered_report_is_told_to_who_made_it(
    app: Flask, client: CheckingClient, ada: int
) -> None:
    with app.app_context():
        add_attempt(ada, items=[Item()])
        iris = add_instructor()
    form = client.get("/attempts/1/answers/1/report")
    client.submit(form, "Send the report", kind="wrong", told="It is wrong.")
    client.log_in(iris)
    queue = client.get("/bank/reports")
    client.submit(queue, "Send the answer", status="declined", reply="<i>No</i>.")
    client.log_in(ada)
    page = client.get("/notifications")
    assert page.texts(".told-words")[0].startswith("New A question that you reported was left")
    assert page.texts(".told-detail") == ["<i>No</i>."]
    (button,) = page.texts(".told button")
    page = client.submit(page, button)
    assert page.texts("h1") == ["Problems you reported"]
    assert "It is wrong." in page.text

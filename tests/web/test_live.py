"""The live view by its pages: what it shows, to whom, and the way it refreshes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from flask import Flask

from interview.services.assignments import watching
from tests.support.attempts import add_person
from tests.support.candidate import Candidate
from tests.support.classes import add_group, add_learners, add_member
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.running import Running, running
from tests.support.statements import Statements

Count = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def test(app: Flask, client: CheckingClient, clock: FakeClock) -> Running:
    """Ada is working, Ben and Cleo have not started; Iris looks on."""
    with app.app_context():
        made = running(clock, "Ben", "Cleo")
    client.log_in(made.room.teacher)
    return made


@pytest.fixture
def ada(app: Flask, test: Running) -> Candidate:
    with app.app_context():
        return test.start("Ada")


def path(test: Running, tail: str = "") -> str:
    return f"/assignments/{test.room.assignment}/live{tail}"


def row(page: Page, name: str) -> list[str]:
    (found,) = [one for one in page.select("#live-table tbody tr") if name in one.text_content()]
    return [" ".join(cell.text_content().split()) for cell in found.cssselect("th, td")]


def attempt(app: Flask, candidate: Candidate) -> Any:
    with app.app_context():
        return candidate.attempt()


def test_it_shows_who_is_where(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate, clock: FakeClock
) -> None:
    with app.app_context():
        page = ada.question(1)
        ada.save(1, "Half", writer=page.writer)
    clock.advance(seconds=90)
    shown = client.get(path(test))
    assert row(shown, "Ada") == [
        "Ada", "Working", "1 of 3, 0 handed in", "58 min 30 s", "1 min 30 s ago", "Never",
        "Add time for Ada",
    ]  # fmt: skip
    assert row(shown, "Ben") == ["Ben", "Not started", "–", "–", "–", "–", ""]
    assert shown.texts("#live-numbers dl") == ["Not started2 Running1 Ended0"]
    assert "As of 09:01:30 UTC" in shown.text


def test_what_was_heard_is_told_with_its_age(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate, clock: FakeClock
) -> None:
    learner = CheckingClient(app)
    learner.log_in(ada.user_id)
    assert learner.put(f"/attempts/{ada.attempt_id}/presence").status == 200
    clock.advance(seconds=12)
    assert row(client.get(path(test)), "Ada")[5] == "12 s ago"
    clock.advance(seconds=108)
    assert row(client.get(path(test)), "Ada")[5] == "No sign for 2 min"


def test_it_refreshes_itself_by_a_fragment_that_leaves_the_form_alone(
    client: CheckingClient, test: Running
) -> None:
    page = client.get(path(test))
    live = page.one("#live")
    assert (live.get("hx-trigger"), live.get("hx-target")) == ("every 5s", "#live-table")
    assert not page.select("#live form")
    fragment = client.get(str(live.get("hx-get")), htmx=True)
    assert not fragment.is_full
    assert len(fragment.select("#live-table")) == 1
    assert len(fragment.select("form")) == 0
    assert "Refreshes every 5 seconds." in fragment.text


def test_refreshing_can_be_stopped_and_begun_again(client: CheckingClient, test: Running) -> None:
    paused = client.click(client.get(path(test)), "Stop refreshing")
    assert paused.one("#live").get("hx-trigger") is None
    assert "Refreshing is stopped." in paused.text
    again = client.click(paused, "Refresh by itself again")
    assert again.one("#live").get("hx-trigger") == "every 5s"


def test_without_scripts_there_is_a_link_to_reload(client: CheckingClient, test: Running) -> None:
    page = client.get(path(test))
    assert client.click(page, "Reload").path == path(test)
    assert "otherwise press Reload" in page.text


def test_groups_can_be_looked_at_alone(app: Flask, client: CheckingClient, test: Running) -> None:
    with app.app_context():
        group = add_group(test.room.class_id, "Monday")
        test.put_into(group, "Ben")
    page = client.submit(client.get(path(test)), "Show", group=str(group))
    assert page.texts("#live-table tbody th") == ["Ben Monday"]
    assert f"group={group}" in str(page.one("#live").get("hx-get"))


def test_pages_are_reached_by_key_and_refresh_in_place(
    client: CheckingClient, test: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PAGE", 2)
    second = client.click(client.get(path(test)), "Next page")
    assert second.texts("#live-table tbody th") == ["Cleo"]
    assert "after=" in str(second.one("#live").get("hx-get"))
    assert client.click(second, "First page").texts("#live-table tbody th") == ["Ada", "Ben"]


def test_an_address_that_was_cut_is_told_and_does_not_refresh(
    client: CheckingClient, test: Running
) -> None:
    page = client.get(path(test, "?after=nonsense"))
    assert page.status == 422
    assert "names no place in the list" in page.text
    assert page.one("#live").get("hx-trigger") is None


@pytest.mark.parametrize("query", ["?attempt=999999999999999999999", "?attempt=99"])
def test_an_attempt_that_is_not_of_the_assignment_is_not_found(
    client: CheckingClient, test: Running, query: str
) -> None:
    assert client.get(path(test, query)).status == 404


def test_learners_and_strangers_do_not_look_on(
    app: Flask, client: CheckingClient, test: Running, ada: Candidate
) -> None:
    with app.app_context():
        tom = add_member(test.room.class_id, add_person("Tom"), "assistant")
        stranger = add_person("Sam", role="instructor")
    token = client.get(path(test)).one("#shown").get("value")
    for person, status in ((test.room.learner, 403), (stranger, 404)):
        client.log_in(person)
        assert client.get(path(test)).status == status
        typed = {"minutes": "5", "reason": "Please", "shown": token}
        assert client.post(path(test, "/extend"), typed).status == status
    client.log_in(tom)
    assert client.get(path(test)).status == 200
    assert not client.get(path(test)).select("a[href$=accommodations]")
    assert attempt(app, ada).added_seconds == 0


@pytest.mark.parametrize("many", [0, 60])
def test_a_refresh_is_a_few_statements_however_large_the_class(
    app: Flask, client: CheckingClient, test: Running, many: int, statements: Count
) -> None:
    with app.app_context():
        add_learners(test.room.class_id, *(f"Learner {number}" for number in range(many)))
    with statements() as told:
        client.get(path(test), htmx=True)
    # Who asks; the assignment and the class, its groups, the numbers, the lines.
    assert (len(told), told.commits) == (6, 0), str(told)


def test_names_and_reasons_are_shown_as_text(
    app: Flask, client: CheckingClient, clock: FakeClock
) -> None:
    with app.app_context():
        made = running(clock, "<b>Bold</b>")
        made.start("<b>Bold</b>")
    client.log_in(made.room.teacher)
    page = client.submit(client.get(path(made)), "extend-form", reason="<i>why</i>")
    assert "<b>Bold</b>" in page.text
    assert not page.select("main b, main i")

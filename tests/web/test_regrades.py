"""Regrades: asked for, read, applied, taken back, each for those who may."""

import csv
from typing import Any

import pytest
from flask import Flask

from interview.services.jobs.running import run_due
from interview.services.regrading import as_csv, deciding, reading
from interview.services.unit import write
from interview.store.classes import Class
from tests.support.attempts import add_person
from tests.support.classes import add_instructor, add_member, principal
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page
from tests.support.regraded import SAID, Regraded, moves, practise, put_score, regraded

WHY = "The accepted wording was missing."
LOOKING = ["Looking for grades that would change"]


@pytest.fixture
def world(app: Flask, client: CheckingClient) -> Regraded:
    """Ada and Ben said what the rubric now knows, Cyd did not; Iris is logged in."""
    with app.app_context():
        made = regraded()
    client.log_in(made.iris.id)
    return made


def let_work(app: Flask, clock: FakeClock) -> None:
    with app.app_context():
        run_due(clock)


def compared(
    app: Flask, client: CheckingClient, clock: FakeClock, world: Regraded, **wish: Any
) -> Page:
    """The page of a run whose dry run is made."""
    with app.app_context():
        run_id = world.ask(**wish)
    let_work(app, clock)
    return client.get(f"/regrades/{run_id}")


def test_a_run_is_asked_for_watched_read_applied_and_taken_back(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    assignment = client.get(f"/assignments/{world.assignment}")
    waiting = client.submit(client.click(assignment, "Grade it anew"), "regrade-form", reason=WHY)
    assert waiting.texts("h1") == LOOKING
    assert waiting.one("#regrade").get("hx-trigger") == "every 1s"
    let_work(app, clock)
    assert client.get(waiting.path, htmx=True).one("#regrade").get("hx-trigger") is None
    shown = client.click(waiting, "Look again")
    assert shown.texts("h1") == ["2 grades would change"]
    assert shown.texts(".regrade-legend li") == ["2 rise", "0 fall", "1 stays as it is"]
    assert moves(shown) == [(name, "Score: 36 % →to 90 %") for name in ("Ada", "Ben")]
    assert shown.texts(".reason-verdicts")[0].endswith(
        "○ not found →to ✓ found in checks that you yourself pressed the button"
    )
    writing = client.submit(shown, "Change 2 grades")
    assert writing.texts("h1") == ["Changing 2 grades"]
    let_work(app, clock)
    done = client.get(writing.path)
    assert done.texts("h1") == ["2 grades were changed"]
    asked = client.submit(client.click(done, "Take it back"), "undo-form", reason=" ")
    assert asked.status == 422
    undoing = client.submit(asked, "undo-form", reason="It went too far.")
    let_work(app, clock)
    undone = client.get(undoing.path)
    assert undone.texts("h1") == ["2 grades are as before"]
    assert client.click(undone, "The run that was taken back").texts("h1") == ["Taken back"]
    assert len(client.get("/regrades").select(".regrades-table tbody tr")) == 2


def test_the_accepted_appeal_and_answers_that_said_the_same_come_first(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    with app.app_context():
        appeal = world.appeal("Ada")
    page = compared(app, client, clock, world, appeal_id=appeal, version_id=world.new)
    assert "Ada’s contested answer goes from 36 % to 90 %." in page.text
    assert "2 answers gain the key point “Another site cannot forge" in page.text
    assert page.texts(".regrade-equivalents small") == ["Ada", "Ben"]
    assert client.click(page, "Said the same 2").select(".regrade-equivalents") == []
    hidden = client.click(page, "Hide names")
    table = client.get(hidden.link("As CSV")).response.text
    for text in (hidden.text, table):
        assert "Ada" not in text
        assert "Ben" not in text
    assert len(moves(hidden)) == 2


def test_it_is_said_plainly_when_the_contested_answer_or_nothing_would_change(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    with app.app_context():
        appeal = world.appeal("Cyd")
    page = compared(app, client, clock, world, appeal_id=appeal, version_id=world.new)
    assert "Cyd’s contested answer would not change." in page.text
    assert f"/attempts/{world.attempts['Cyd']}/read/1/override" in page.link("Adjust its grade")
    same = compared(app, client, clock, world, version_id=world.old)
    assert same.texts("h1") == ["No grade would change"]
    assert same.texts("#apply-form button") == [
        "Use it for answers still to come",
        "Leave everything as it is",
    ]


def test_filters_stand_in_the_address_and_the_policy_says_what_each_would_change(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    with app.app_context():
        put_score(world.attempts["Cyd"], 0.8)
    page = compared(app, client, clock, world)
    assert page.texts(".regrade-policy label strong") == ["As computed", "Never lower"]
    assert "3 grades change" in page.texts(".regrade-policy label")[0]
    assert "2 grades change" in page.texts(".regrade-policy label")[1]
    lowered = client.click(page, "Lowered 1")
    assert lowered.path.endswith("?show=lowered")
    assert moves(lowered) == [("Cyd", "Score: 80 % →to 36 %")]
    client.submit(page, "apply-form", policy="never_lower")
    let_work(app, clock)
    done = client.get(page.path)
    assert "1 was kept, because it would have fallen." in done.text
    kept = client.click(done, "Not changed 1")
    assert kept.texts(".regrade-change .pill") == ["Kept: it would have fallen"]


def test_whoever_comes_second_is_told_and_sees_how_it_stands(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    page = compared(app, client, clock, world)
    with app.app_context():
        deciding.cancel(world.iris, int(page.path.rsplit("/", 1)[1]), clock())
    refused = client.submit(page, "apply-form")
    assert refused.status == 409
    assert refused.texts("h1") == ["Cancelled"]
    assert "has moved on since you opened it" in refused.text
    assert client.get(f"{page.path}/undo").status == 409
    again = client.submit(refused, "Look for changes again")
    assert again.texts("h1") == LOOKING
    assert client.submit(again, "cancel-form").texts("h1") == ["Cancelled"]


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(
    app: Flask, client: CheckingClient, world: Regraded
) -> None:
    form = client.get(f"/regrades/new?question={world.question}&scope=classes")
    assert form.one("[name=scope]:checked").get("value") == "classes"
    assert client.submit(form, "regrade-form").status == 422
    long = client.submit(form, "regrade-form", reason="x" * 501)
    assert (long.status, long.one("#reason").text) == (422, "x" * 501)
    assert client.submit(form, "regrade-form", reason=WHY).texts("h1") == LOOKING
    odd = {"scope": "everywhere", "question": "", "policy": "computed", "reason": WHY}
    assert client.post(f"/regrades/new?assignment={world.assignment}", odd).status == 422


def test_own_practice_is_counted_and_never_shown(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    with app.app_context():
        root = principal(add_person("Root", role="admin"))
        practise(world, add_person("Zora"), SAID + " Zebra.")
    client.log_in(root.id)
    page = compared(app, client, clock, world, person=root, scope="everywhere", assignment_id=None)
    assert page.texts("h1") == ["3 grades would change"]
    assert page.texts(".regrade-change h3")[-1] == "An answer of own practice"
    table = client.get(page.link("As CSV")).response.text
    for text in (page.text, table):
        assert "Zora" not in text
        assert "Zebra" not in text
        assert "Ada" in text


def test_the_list_goes_on_where_it_ended_and_the_table_has_all_of_it(
    app: Flask,
    client: CheckingClient,
    world: Regraded,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "PAGE", 1)
    monkeypatch.setattr(as_csv, "_AT_A_TIME", 1)
    page = compared(app, client, clock, world)
    following = client.click(client.click(page, "Raised 2"), "More of them")
    assert [who for who, _ in moves(page) + moves(following)] == ["Ada", "Ben"]
    assert "There are no more" in client.get(f"{page.path}?after=99").text
    assert len(client.get(page.link("As CSV")).response.text.splitlines()) == 3


def test_the_table_says_why_and_has_no_formula(
    app: Flask, client: CheckingClient, clock: FakeClock
) -> None:
    with app.app_context():
        world = regraded(**{"=Ada": SAID})
    client.log_in(world.iris.id)
    page = compared(app, client, clock, world)
    text = client.get(page.link("As CSV")).response.text
    head, row = csv.reader(text.lstrip("\ufeff").splitlines())
    told = dict(zip(head, row, strict=True))
    assert told["learner"] == "'=Ada"
    assert (told["old band"], told["new band"]) == ("partly there", "strong")
    assert told["key points"].endswith("with the session.: not found → found")
    assert told["outcome"] == "pending"


def test_a_run_of_an_assignment_is_for_those_who_teach_it(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    page = compared(app, client, clock, world)
    with app.app_context():
        colleague = add_member(world.class_id, add_instructor("Otto"), "instructor")
        assistant = add_member(world.class_id, add_person("Tom"), "assistant")
        stranger = add_instructor("Olga")
        own = world.ask(scope="classes", assignment_id=None)
    for person, status in ((colleague, 200), (assistant, 403), (stranger, 404)):
        client.log_in(person)
        assert client.get(page.path).status == status
    client.log_in(colleague)
    assert client.get(f"/regrades/{own}").status == 404
    assert "Nothing was graded anew yet" in client.get("/regrades").text
    listed = client.get(f"/regrades?assignment={world.assignment}")
    assert len(listed.select(".regrades-table tbody tr")) == 1
    client.log_in(stranger)
    assert client.get("/regrades/new").status == 403
    assert client.get(f"/regrades/new?assignment={world.assignment}").status == 404


def test_nothing_is_changed_in_an_archived_class(
    app: Flask, client: CheckingClient, world: Regraded, clock: FakeClock
) -> None:
    page = compared(app, client, clock, world)
    with app.app_context(), write() as session:
        found = session.get(Class, world.class_id)
        assert found is not None
        found.archived_at = clock()
    refused = client.submit(page, "apply-form")
    assert refused.status == 409
    assert refused.texts("h1") == ["This class is archived"]
    shown = client.get(page.path)
    assert shown.select("#apply-form") == []
    assert "can be read and not applied" in shown.text

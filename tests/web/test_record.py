"""A learner's record as staff and as the learner see it."""

from datetime import timedelta

import pytest
from flask import Flask

from interview.services.gradebook import learner
from tests.support.classes import (
    accommodate,
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
)
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.gradebook import ask_for_review, sat

DAY = timedelta(days=1)


@pytest.fixture
def people(app: Flask, client: CheckingClient) -> dict[str, int]:
    """Iris in Berlin, logged in, and Ada, who has sat one assignment and not begun another."""
    with app.app_context():
        iris = add_instructor(zone="Europe/Berlin")
        add_class(instructor=iris)
        ada, ben = add_learners(1, "Ada", "Ben", time_factor=1.5)
        version = add_set_version(iris)
        due = START - 2 * DAY
        shown = add_assignment(1, version, title="Shown", due_at=due, closes_at=None)
        sat(shown, ada, 0.25, ended_at=due)
        late = sat(shown, ada, 0.75, 2, ended_at=due + DAY)
        ask_for_review(late)
        hidden = add_assignment(1, version, title="Hidden", score_when="never")
        sat(hidden, ada, 0.66)
        waiting = add_assignment(1, version, title="Waiting")
        accommodate(waiting, ada, closes_at=START + 9 * DAY, extra_attempts=1)
    client.log_in(iris)
    return {"iris": iris, "ada": ada, "ben": ben, "late": late}


def path(people: dict[str, int]) -> str:
    return f"/classes/1/learners/{people['ada']}"


def test_staff_see_every_attempt_and_what_became_of_it(
    client: CheckingClient, people: dict[str, int]
) -> None:
    page = client.get(path(people))
    assert page.texts("h1") == ["Ada"]
    assert page.texts("main h2") == ["Waiting", "Hidden", "Shown"]
    assert page.texts(".record-score") == ["Not started", "66 %", "75 %"]
    rows = page.texts("main tbody tr")
    first = "1 28 Feb 2026, 09:50 CET 28 Feb 2026, 10:00 CET, handed in 25 %"
    second = "2 1 Mar 2026, 09:50 CET 1 Mar 2026, 10:00 CET, handed in 75 %"
    assert rows[-2:] == [first, f"{second} counts 1 day late 1 to review"]
    assert "A doctor's note" in page.text
    assert "70 % on average over 2 finished assignments. Time factor 1.5." in page.text


def test_each_attempt_can_be_read(client: CheckingClient, people: dict[str, int]) -> None:
    page = client.click(client.get(path(people)), f"Attempt 2 at Shown ({people['late']})")
    assert page.texts("h1") == ["Ada, attempt 2"]


def test_learners_see_their_own_as_far_as_it_is_shown(
    client: CheckingClient, people: dict[str, int]
) -> None:
    client.log_in(people["ada"])
    page = client.get(path(people))
    assert page.texts("h1") == ["Your record"]
    assert page.texts(".record-score") == ["Not started", "not shown yet", "75 %"]
    for secret in ("66", "on average", "to review", "A doctor's note", "Gradebook"):
        assert secret not in page.text
    file = client.click(page, "Download as CSV")
    assert "not shown yet" in file.html
    assert "66" not in file.html
    read = client.click(page, f"Attempt 2 at Shown ({people['late']})")
    assert read.path == f"/attempts/{people['late']}/results"


def test_nobody_else_sees_it(client: CheckingClient, people: dict[str, int]) -> None:
    for person in ("ada", "ben"):
        client.log_in(people[person])
        other = people["ben" if person == "ada" else "ada"]
        assert client.get(f"/classes/1/learners/{other}").status == 404
        assert client.get(f"/classes/1/learners/{other}.csv").status == 404


def test_a_learner_without_assignments_is_told_what_comes(
    app: Flask, client: CheckingClient
) -> None:
    with app.app_context():
        iris = add_instructor()
        add_class(instructor=iris)
        (ada,) = add_learners(1, "Ada")
    client.log_in(iris)
    assert "No assignment yet" in client.get(f"/classes/1/learners/{ada}").text


def test_older_assignments_are_a_page_further(
    client: CheckingClient, people: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(learner, "PAGE", 2)
    first = client.get(path(people))
    second = client.click(first, "Older")
    assert second.texts("main h2") == ["Shown"]
    assert client.click(second, "Newer").texts("main h2") == ["Waiting", "Hidden"]
    damaged = client.get(f"{path(people)}?older=x")
    assert damaged.status == 422
    assert client.click(damaged, "Start from the newest").texts("main h2") == first.texts("main h2")

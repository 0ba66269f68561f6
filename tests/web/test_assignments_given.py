"""Giving a set in the browser: the form, its words, and what becomes of what was typed."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.classes import Class
from interview.store.db import db
from tests.support.attempts import add_person
from tests.support.classes import add_group, add_instructor, add_member
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.given import Course, course, row_of, targets_of
from tests.support.page import Page


@pytest.fixture
def berlin(app: Flask) -> Course:
    with app.app_context():
        return course()


@pytest.fixture
def iris(client: CheckingClient, berlin: Course) -> CheckingClient:
    client.log_in(berlin.iris.id)
    return client


def path(berlin: Course) -> str:
    return f"/classes/{berlin.class_id}/assignments/new"


def form(client: CheckingClient, berlin: Course, **typed: Any) -> Page:
    page = client.get(path(berlin))
    return client.submit(page, "assignment", **{"title": "Midterm", **typed})


def assignments(app: Flask) -> list[Any]:
    with app.app_context():
        return [row_of(number) for number in db.session.scalars(sa.select(Assignment.id))]


def errors(page: Page) -> list[str]:
    assert page.status == 422
    return page.texts(".field-error")


def test_a_title_is_all_that_must_be_typed(
    iris: CheckingClient, berlin: Course, app: Flask
) -> None:
    page = form(iris, berlin)
    (given,) = assignments(app)
    assert page.path == f"/assignments/{given.id}"
    assert page.texts("h1") == ["Midterm"]
    assert "“Midterm” is given." in page.text
    assert (given.attempts_allowed, given.counts, given.reference_when) == (1, "best", "close")
    assert given.time_zone == "Europe/Berlin"


def test_every_term_that_is_typed_is_kept(iris: CheckingClient, berlin: Course, app: Flask) -> None:
    with app.app_context():
        group = add_group(berlin.class_id)
    form(
        iris, berlin, instructions="Read\nfirst", audience="groups", groups=[str(group)],
        opens="2026-03-03T08:00", due="2026-03-10T12:00", closes="2026-03-12T12:00",
        zone="America/New_York", whole_minutes="45", question_minutes="5", attempts="3",
        counts="mean", delay_hours="2", delay_minutes="30", shuffle="y", returnable=None,
        late_percent="10", access_code="Sesame", review="close", remind=None,
    )  # fmt: skip
    (given,) = assignments(app)
    assert given.opens_at.isoformat() == "2026-03-03T13:00:00+00:00"
    # New York puts its clocks on on 8 March.
    assert given.due_at.isoformat() == "2026-03-10T16:00:00+00:00"
    assert (given.whole_limit_seconds, given.question_limit_seconds) == (2700, 300)
    assert (given.attempts_allowed, given.counts, given.delay_seconds) == (3, "mean", 9000)
    assert (given.shuffle, given.returnable, given.remind) == (True, False, False)
    assert (given.late_percent, given.access_code, given.score_when) == (10, "Sesame", "close")
    with app.app_context():
        assert targets_of(given.id) == [(group, None)]


def test_people_are_ticked_by_name(iris: CheckingClient, berlin: Course, app: Flask) -> None:
    ben = berlin.learners[1]
    form(iris, berlin, audience="people", people=[str(ben)])
    (given,) = assignments(app)
    with app.app_context():
        assert targets_of(given.id) == [(None, ben)]


def test_the_form_tells_what_the_set_expects(iris: CheckingClient, berlin: Course) -> None:
    (option,) = iris.get(path(berlin)).texts("#version_id option")
    assert option.endswith("version 1 (2 questions, about 3 min)")


def test_a_short_limit_is_warned_of_and_kept(iris: CheckingClient, berlin: Course) -> None:
    page = form(iris, berlin, whole_minutes="2")
    warned = page.texts(".notice[data-kind=warn]")
    assert warned[0] == "The limit is short: a prepared candidate needs about 3 min for this set."
    assert "The limit of 2 min is short" in warned[1]


def test_an_hour_that_comes_twice_is_taken_and_said(iris: CheckingClient, berlin: Course) -> None:
    page = form(iris, berlin, closes="2026-10-25T02:30")
    assert "comes twice in Europe/Berlin" in page.text
    assert "The first one counts (CEST)" in page.text


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"title": ""}, "Enter a title."),
        ({"title": "x" * 121}, "A title can have 120 characters."),
        ({"instructions": "x" * 5001}, "This can have at most 5000 characters."),
        ({"opens": ""}, "Say from when it is open."),
        ({"opens": "soon"}, "This is no day and time. Write it like 2026-03-31 09:30."),
        ({"closes": "2026-03-29T02:30"}, "There is no 02:30 on 29 March 2026"),
        ({"closes": "2026-03-01T00:00"}, "It must close after it opens."),
        ({"due": "2026-03-30T00:00"}, "It cannot be due after it has closed."),
        ({"due": "9999-01-01T00:00"}, "Choose a day from 2000 to 2099."),
        ({"whole_minutes": "0"}, "Enter 1 to 300 minutes, or nothing for no limit."),
        ({"whole_minutes": "301"}, "Enter 1 to 300 minutes, or nothing for no limit."),
        ({"question_minutes": "an hour"}, "Enter 1 to 60 minutes, or nothing for no limit."),
        ({"attempts": "21"}, "Enter 1 to 20, or nothing for as many as they like."),
        ({"delay_hours": "721"}, "Enter 0 to 720 hours."),
        ({"late_percent": "101"}, "Enter 0 to 100 percent."),
        ({"access_code": "x" * 41}, "This can have at most 40 characters."),
        ({"audience": "groups"}, "Choose at least one group."),
        ({"audience": "people", "people": ["99"]}, "no longer in the class"),
        ({"closes": "", "review": "close"}, "“After close” needs a closing time"),
        ({"review": "own", "score_when": "date"}, "Say from which date."),
        ({"zone": "Nowhere"}, "Choose a time zone from the list."),
    ],
)
def test_what_cannot_be_kept_is_told_in_words_and_stays_typed(
    iris: CheckingClient, berlin: Course, app: Flask, typed: dict[str, Any], word: str
) -> None:
    data: dict[str, Any] = {"title": "Kept", "opens": "2026-03-02T10:00", **typed}
    data = {"closes": "2026-03-20T10:00", "zone": "Europe/Berlin", "review": "usual",
            "audience": "class", "version_id": str(berlin.version), **data}  # fmt: skip
    page = iris.post(path(berlin), data)
    found = errors(page)
    assert len(found) == 1, found
    assert word in found[0]
    assert assignments(app) == []
    assert page.select("[role=alert]")
    field, value = next(iter(typed.items()))
    typed_still = page.select(f"[name={field}]")
    assert typed_still
    if isinstance(value, str) and field not in ("audience", "review", "zone", "score_when"):
        kept = typed_still[0].get("value") or typed_still[0].text or ""
        assert kept.lstrip("\n") == value


def test_a_set_that_is_not_ones_own_cannot_be_given(
    iris: CheckingClient, berlin: Course, app: Flask
) -> None:
    data = {"title": "x", "opens": "2026-03-02T10:00", "version_id": "999", "zone": "UTC"}
    assert iris.post(path(berlin), data).status == 422
    assert assignments(app) == []


def test_without_a_published_set_the_next_step_is_told(client: CheckingClient, app: Flask) -> None:
    with app.app_context():
        berlin, olga = course(), add_instructor("Olga")
        add_member(berlin.class_id, olga, "instructor")
    client.log_in(olga)
    page = client.get(path(berlin))
    assert page.texts("h2")[0] == "You have no published set yet"
    assert not page.select("form#assignment")


def test_a_large_class_is_named_by_addresses_as_well(
    iris: CheckingClient, berlin: Course, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("interview.services.assignments.audience.LISTED", 2)
    page = iris.get(path(berlin))
    assert page.texts("#people label") == ["Ada", "Ben"]
    assert page.select("textarea[name=addresses]")
    page = form(iris, berlin, audience="people", addresses="nobody@example.org")
    assert errors(page) == ["No learner of the class has: nobody@example.org."]


@pytest.mark.parametrize(("who", "status"), [("learner", 403), ("assistant", 403), ("none", 404)])
def test_only_who_teaches_the_class_gives(
    client: CheckingClient, app: Flask, berlin: Course, who: str, status: int
) -> None:
    with app.app_context():
        person = {
            "learner": berlin.learners[0],
            "assistant": add_member(berlin.class_id, add_person("Tom"), "assistant"),
            "none": add_instructor("Olga"),
        }[who]
    client.log_in(person)
    assert client.get(path(berlin)).status == status
    assert client.post(path(berlin), {"title": "x"}).status == status


def test_an_archived_class_says_that_nothing_changes(
    iris: CheckingClient, berlin: Course, app: Flask
) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.update(Class).values(archived_at=START))
    page = iris.get(path(berlin))
    assert (page.status, page.texts("h1")) == (409, ["This class is archived"])
    assert iris.post(path(berlin), {"title": "x"}).status == 409


def test_a_visitor_is_sent_to_log_in(client: CheckingClient, berlin: Course) -> None:
    assert client.get(path(berlin)).location == f"/log-in?next={path(berlin)}"


def test_a_set_can_be_chosen_by_the_address(
    iris: CheckingClient, berlin: Course, app: Flask
) -> None:
    page = iris.get(f"{path(berlin)}?version={berlin.version}")
    assert page.one("#version_id option[selected]").get("value") == str(berlin.version)
    assert iris.get(f"{path(berlin)}?version=x").status == 200

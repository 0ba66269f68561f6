"""The page before an assigned attempt: what it tells, why not, and the start."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.classes import Class
from interview.store.db import db
from tests.support.assigned import Classroom, classroom
from tests.support.classes import accommodate
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.page import Page
from tests.support.statements import Statements

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def meet(app: Flask, client: CheckingClient) -> Callable[..., tuple[Classroom, Page]]:
    """Make an assignment with some terms, and open its page as the learner."""

    def open_page(**terms: Any) -> tuple[Classroom, Page]:
        with app.app_context():
            room = classroom(**terms)
        client.log_in(room.learner)
        return room, client.get(f"/assignments/{room.assignment}")

    return open_page


Meet = Callable[..., tuple[Classroom, Page]]


def terms(page: Page) -> dict[str, str]:
    return dict(zip(page.texts("dl.terms dt"), page.texts("dl.terms dd"), strict=True))


def change(app: Flask, model: Any, **values: Any) -> None:
    with app.app_context(), write() as session:
        session.execute(sa.update(model).values(**values))


def attempts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Attempt.id))) or 0


def test_the_page_tells_whose_it_is_and_what_it_asks(meet: Meet) -> None:
    _, page = meet(title="Midterm", instructions="Take your time.\n<b>Really</b>.")
    assert page.texts("h1") == ["Midterm"]
    assert page.texts(".eyebrow") == ["Taught by Iris"]
    assert page.texts(".lead") == ["3 questions, about 4 min 30 s for a prepared candidate."]
    assert page.one("p.instructions").text == "Take your time.\n<b>Really</b>."


def test_dates_are_told_in_the_readers_zone_and_in_the_assignments(meet: Meet) -> None:
    _, page = meet(due_at=START + DAY, late_percent=10)
    told = terms(page)
    assert told["Opens"] == "2 Mar 2026, 08:00 UTC (2 Mar 2026, 09:00 CET in Europe/Berlin)"
    assert told["Due"] == (
        "3 Mar 2026, 09:00 UTC (3 Mar 2026, 10:00 CET in Europe/Berlin). Afterwards 10 % of the "
        "score are taken off for each day begun."
    )


def test_one_zone_is_told_once(app: Flask, client: CheckingClient) -> None:
    with app.app_context():
        room = classroom(time_zone="UTC")
    client.log_in(room.learner)
    page = client.get(f"/assignments/{room.assignment}")
    assert terms(page)["Opens"] == "2 Mar 2026, 08:00 UTC"


def test_limits_are_the_readers_own_and_say_why(meet: Meet) -> None:
    _, page = meet(factor=1.5, whole_limit_seconds=3600, question_limit_seconds=120)
    told = terms(page)
    assert told["Time"] == "1 h 30 min for all questions (1 h × 1.5)"
    assert told["For each question"] == "3 min (2 min × 1.5), or what it states itself"
    assert "What arrives up to 8 s late" in page.text
    assert "there is no way back" in page.text


def test_who_has_less_than_the_full_time_is_told_before(meet: Meet) -> None:
    _, page = meet(closes_at=START + timedelta(minutes=23), whole_limit_seconds=3600)
    (warned,) = page.texts(".chance .notice")
    assert warned == (
        "If you start now you have 23 min of 1 h: it closes 2 Mar 2026, 09:23 UTC (2 Mar 2026, "
        "10:23 CET in Europe/Berlin)."
    )


def test_the_full_time_is_told_as_well(meet: Meet) -> None:
    _, page = meet()
    assert "If you start now you have the full 1 h, until 2 Mar 2026, 10:00 UTC." in page.text


def test_attempts_and_what_counts_are_told(meet: Meet) -> None:
    _, page = meet(attempts_allowed=3, counts="mean", delay_seconds=3600)
    assert terms(page)["Attempts"] == (
        "3 of 3 left; the mean of all attempts counts, with at least 1 h between two"
    )


def test_what_is_shown_when_is_told(meet: Meet) -> None:
    _, page = meet(
        answer_when="each", points_when="never", reference_when="date",
        reference_from=START + 9 * DAY, time_zone="UTC",
    )  # fmt: skip
    told = terms(page)
    assert told["Your score"] == "once you have finished"
    assert told["Your own answer"] == "after each answer"
    assert told["Which key points were found"] == "not shown"
    assert told["The reference answer"] == "from 11 Mar 2026, 09:00 UTC, once you have finished"


@pytest.mark.parametrize(
    ("given", "head", "word"),
    [
        ({"opens_at": START + HOUR}, "Not open yet", "It opens 2 Mar 2026, 10:00 UTC"),
        ({"opens_at": START - DAY, "closes_at": START}, "Closed", "It closed 2 Mar 2026, 09:00"),
        ({"archived_at": START}, "It cannot be started", "Your instructor has withdrawn it."),
    ],
)
def test_what_cannot_be_started_says_why_and_has_no_button(
    meet: Meet, client: CheckingClient, given: dict[str, Any], head: str, word: str
) -> None:
    room, page = meet(**given)
    assert head in page.texts("h2")
    assert word in page.text
    assert not page.select("form#start")
    again = client.post(f"/assignments/{room.assignment}/start")
    assert again.status == 409
    assert head in again.texts("h2")


def test_an_archived_class_is_said_to_be(meet: Meet, app: Flask, client: CheckingClient) -> None:
    room, _ = meet()
    change(app, Class, archived_at=START)
    page = client.get(f"/assignments/{room.assignment}")
    assert "The class is archived." in page.text


def test_nothing_of_the_questions_is_told_before_the_start(meet: Meet) -> None:
    _, page = meet()
    assert "question-" not in page.text


def test_the_page_costs_the_same_after_many_attempts(
    meet: Meet,
    client: CheckingClient,
    app: Flask,
    clock: FakeClock,
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    room, _ = meet(attempts_allowed=None)
    costs = []
    for _ in range(2):
        with statements() as seen:
            client.get(f"/assignments/{room.assignment}")
        costs.append(len(seen))
        with app.app_context():
            for _ in range(3):
                room.start(clock).finish()
    assert costs[0] == costs[1] < 10


def test_an_accommodation_is_told_as_the_learners_own(
    meet: Meet, client: CheckingClient, app: Flask
) -> None:
    room, _ = meet(time_zone="UTC")
    with app.app_context():
        accommodate(room.assignment, room.learner, time_factor=2.0, closes_at=START + 9 * DAY)
    told = terms(client.get(f"/assignments/{room.assignment}"))
    assert told["Closes"].startswith("11 Mar 2026, 10:00 UTC")
    assert "(1 h × 2)" in told["Time"]

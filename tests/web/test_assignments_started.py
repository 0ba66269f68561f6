"""Starting an assigned attempt in the browser, going on with it, and its access code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.store.sets import SetVersion
from interview.web.config import Settings
from tests.support.assigned import Classroom, classroom
from tests.support.attempts import add_person
from tests.support.classes import add_learners, give_to
from tests.support.client import CheckingClient
from tests.support.clock import START, FakeClock
from tests.support.page import Page, words

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


def attempts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count(Attempt.id))) or 0


def test_start_leads_to_the_first_question(meet: Meet, client: CheckingClient) -> None:
    _, page = meet()
    question = client.submit(page, "Start")
    assert question.path.endswith("/questions/1")
    assert question.select("textarea[name=answer]")


def test_an_open_attempt_is_continued(meet: Meet, client: CheckingClient, app: Flask) -> None:
    room, page = meet(attempts_allowed=2)
    question = client.submit(page, "Start")
    attempt = question.path.split("/")[2]
    page = client.get(f"/assignments/{room.assignment}")
    assert page.link("Continue") == f"/attempts/{attempt}/continue"
    again = client.post(f"/assignments/{room.assignment}/start")
    assert (again.status, again.location) == (303, f"/attempts/{attempt}/continue")
    assert attempts(app) == 1


def test_earlier_attempts_are_listed_with_what_may_be_seen(
    meet: Meet, client: CheckingClient, app: Flask, clock: FakeClock
) -> None:
    room, _ = meet(attempts_allowed=2, score_when="close", delay_seconds=3600)
    with app.app_context():
        candidate = room.start(clock)
        candidate.finish()
    page = client.get(f"/assignments/{room.assignment}")
    assert "A pause between attempts" in page.texts("h2")
    assert "You can start again 2 Mar 2026, 10:00 UTC" in page.text
    assert page.texts("tbody td")[-1] == "Not shown yet"
    assert page.link("Attempt 1") == f"/attempts/{candidate.attempt_id}/results"
    clock.set(START + 8 * DAY)
    page = client.get(f"/assignments/{room.assignment}")
    assert page.texts("tbody td")[-1] == "0 %"


def test_no_attempt_left_is_said(meet: Meet, client: CheckingClient, app: Flask,
                                 clock: FakeClock) -> None:  # fmt: skip
    room, _ = meet()
    with app.app_context():
        room.start(clock).finish()
    page = client.get(f"/assignments/{room.assignment}")
    assert "You have used the one attempt that is allowed." in page.text
    assert terms(page)["Attempts"] == "0 of 1 left"


def test_a_wrong_code_is_told_beside_the_field(meet: Meet, client: CheckingClient) -> None:
    _, page = meet(access_code="Open Sesame")
    wrong = client.submit(page, "Start", code="Simsim")
    assert wrong.status == 422
    assert wrong.texts(".field-error")[0].startswith("This is not the access code.")
    assert wrong.one("input[name=code]").get("value") == "Simsim"
    assert "Sesame" not in wrong.text
    right = client.submit(wrong, "Start", code="opensesame")
    assert right.path.endswith("/questions/1")


def test_that_no_question_is_left_is_told_and_to_whom_to_turn(
    meet: Meet, app: Flask, client: CheckingClient
) -> None:
    _, page = meet()
    with app.app_context(), write() as session:
        session.execute(sa.update(SetVersion).values(content={"slots": [], "bound": 1}))
    refused = client.submit(page, "Start")
    assert refused.status == 409
    assert "Tell your instructor." in words(refused.one("[role=alert]"))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, log_in_limit="3 per minute")


def test_codes_cannot_be_tried_for_ever(meet: Meet, client: CheckingClient) -> None:
    room, _ = meet(access_code="x")
    path = f"/assignments/{room.assignment}/start"
    for _ in range(3):
        assert client.post(path, {"code": "y"}).status == 422
    page = client.post(path, {"code": "x"})
    assert page.status == 429
    assert "That was tried too often." in words(page.one("[role=alert]"))


def test_a_visitor_who_tries_for_ever_is_sent_to_log_in(meet: Meet, app: Flask) -> None:
    room, _ = meet()
    visitor = CheckingClient(app)
    for _ in range(5):
        assert visitor.post(f"/assignments/{room.assignment}/start").status == 303


def test_it_is_as_good_as_absent_to_whom_it_is_not_for(
    meet: Meet, client: CheckingClient, app: Flask
) -> None:
    room, _ = meet()
    with app.app_context():
        (ben,) = add_learners(room.class_id, "Ben")
        give_to(room.assignment, person=room.learner)
        strangers = [ben, add_person("Zoe"), add_person("Olga", role="instructor")]
    for stranger in strangers:
        client.log_in(stranger)
        assert client.get(f"/assignments/{room.assignment}").status == 404
        assert client.post(f"/assignments/{room.assignment}/start").status == 404
    assert client.get("/assignments/99999999999").status == 404

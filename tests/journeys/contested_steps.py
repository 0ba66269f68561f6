"""A class in which two say the same in words that the rubric does not know, and what it does."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from playwright.sync_api import Page, expect

from interview.services.assignments import starting
from interview.services.jobs import running
from interview.services.marking.overriding import Decision, override
from interview.store.bank import Question
from interview.store.db import db
from interview.store.grades import Grade
from tests.journeys.steps import give_log_in, press
from tests.support.browser import Visitor
from tests.support.candidate import Candidate
from tests.support.classes import (
    add_assignment,
    add_class,
    add_instructor,
    add_learners,
    add_set_version,
    principal,
)
from tests.support.marking import grades

CLASS, TITLE = "Web 101", "Forms and their dangers"
POINT = "The token stops another site from forging a request with a logged-in user's session."
SAME = "pressed the button yourself and were not tricked"
SAID = "It proves that you pressed the button yourself and were not tricked into it by strangers."
ALIKE = "It proves that you really pressed the button yourself and were not tricked into it."
ANSWERS = {
    "Ada": f"The tag renders a hidden input that holds a secret value. {SAID}",
    "Ben": f"A request whose token is missing is refused with 403. {ALIKE}",
    "Cleo": f"GET requests are not checked. {SAID}",
    "Dora": "The token encrypts the form data on its way to the server.",
}
CLEOS = 0.8
HOUR = timedelta(hours=1)


@dataclass
class Court:
    """The class on the server, and the server's worker.

    Attributes
    ----------
    people, attempts : dict of str to int
        By name; Iris teaches.
    """

    app: Flask
    class_id: int = 0
    people: dict[str, int] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)

    def enter(self, visitor: Visitor, name: str, path: str) -> Page:
        """Log a browser in as one of them."""
        with self.app.app_context():
            person = principal(self.people[name])
        give_log_in(visitor, self.app, person)
        return visitor.page(path)

    def results(self, name: str) -> str:
        return f"/attempts/{self.attempts[name]}/results"

    def work(self) -> None:
        """Let the worker do the one thing that is due."""
        with self.app.app_context():
            assert running.run_due(self.app.extensions["clock"]) == 1

    def regrades_written(self) -> int:
        """How many grades regrades have given."""
        given = sa.select(sa.func.count()).where(Grade.regrade_run_id.is_not(None))
        with self.app.app_context():
            return db.session.scalar(given) or 0


def convene(app: Flask) -> Court:
    """Have everybody hand in, and Cleo's answer graded by Iris."""
    court = Court(app)
    with app.app_context():
        clock = app.extensions["clock"]
        now = clock()
        iris = add_instructor("Iris")
        court.class_id = add_class(CLASS, instructor=iris, time_zone="UTC")
        learners = zip(ANSWERS, add_learners(court.class_id, *ANSWERS), strict=True)
        court.people = {"Iris": iris, **dict(learners)}
        csrf = sa.select(Question.current_version_id).where(Question.slug == "django-csrf-token")
        version = add_set_version(iris, [db.session.scalars(csrf).one() or 0])
        dates = {"opens_at": now - HOUR, "closes_at": now + HOUR}
        test = add_assignment(court.class_id, version, title=TITLE, **dates)
        for name, text in ANSWERS.items():
            court.attempts[name] = hand_in(clock, court.people[name], test, text)
        base = grades(court.attempts["Cleo"], 1)[-1].id
        decision = Decision(base, {}, CLEOS, "You said the point of it.")
        override(principal(iris), court.attempts["Cleo"], 1, decision, now)
    return court


def hand_in(clock: Callable[[], datetime], user: int, assignment: int, text: str) -> int:
    """Let somebody answer an assignment's only question, and return the attempt."""
    attempt = starting.start(principal(user), assignment, "", clock())
    candidate = Candidate(user, attempt, clock)
    candidate.question(1)
    candidate.submit(1, text)
    candidate.finish()
    return attempt


def percent(page: Page) -> int:
    """The score on top of one's results."""
    return int(page.locator(".lead .score").inner_text().removesuffix("%"))


def story(page: Page) -> list[str | None]:
    """How the grade of the first question came to be, one kind of step after the other."""
    steps = page.locator("#q1 .story-moments li").all()
    return [step.get_attribute("data-moment") for step in steps]


def notices(page: Page) -> list[str]:
    """What somebody was told, the newest first."""
    page.get_by_role("link", name="Notifications").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notifications")
    return page.locator(".told-words").all_inner_texts()


def gradebook(page: Page, court: Court) -> dict[str, str]:
    """Each learner's score of the assignment as the gradebook shows it."""
    page.goto(f"/classes/{court.class_id}/gradebook")
    rows = page.locator(".gradebook-table tbody tr")
    cells = "(rows) => rows.map((row) => [row.cells[0], row.cells[3]].map((c) => c.innerText))"
    return {name.split()[0]: told.split()[0] for name, told in rows.evaluate_all(cells)}


def open_marking(page: Page) -> None:
    """By the class's tab."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Classes").click()
    page.get_by_role("link", name=CLASS).click()
    page.get_by_role("navigation", name="This class").get_by_role("link", name="Marking").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Marking")


def contest(page: Page) -> None:
    """Say of the first key point that one's second sentence says it."""
    page.get_by_role("link", name=re.compile("^I did say this ?: key point 1 ")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("I did say this")
    page.get_by_label(SAID).check()
    page.get_by_label("In your own words").fill("A stranger's page is another site.")
    press(page, "Contest it")

"""An assignment that is being sat, in real browsers whose time can be put on."""

from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Page, expect

from tests.journeys.steps import give_log_in
from tests.support.browser import Visitor
from tests.support.candidate import Candidate
from tests.support.classes import principal
from tests.support.running import running

HOUR = timedelta(hours=1)


class Scene:
    """A running assignment, with Ada's page and the time in our hands."""

    def __init__(self, app: Flask, visitor: Visitor, **terms: Any) -> None:
        self.app, self.visitor = app, visitor
        self.clock = app.extensions["clock"]
        visitor.context.clock.install()
        now = self.clock()
        dates = {"opens_at": now - HOUR, "closes_at": now + timedelta(days=7)}
        with app.app_context():
            self.test = running(self.clock, "Ben", "Cleo Kowalski", **{**dates, **terms})
            self.ada: Candidate = self.test.start("Ada")

    def enter(self, user_id: int) -> None:
        """Log the browser in as one of them."""
        with self.app.app_context():
            person = principal(user_id)
        give_log_in(self.visitor, self.app, person)

    def open(self) -> Page:
        """Ada's first question."""
        self.enter(self.ada.user_id)
        self.page = self.visitor.page(f"/attempts/{self.ada.attempt_id}/questions/1")
        expect(self.page.get_by_label("Your answer", exact=True)).to_be_focused()
        return self.page

    def pass_time(self, seconds: float) -> None:
        """Put the server's clock and the browser's on."""
        self.clock.advance(seconds=seconds)
        self.page.clock.fast_forward(round(seconds * 1000))

    def run_out(self) -> None:
        """Let the time of the first clock on the page run out just now."""
        deadline = self.page.locator("[data-clock]").first.get_attribute("data-deadline")
        self.pass_time(int(deadline or 0) / 1000 - self.clock().timestamp() + 0.2)

    def extend(self, minutes: int) -> None:
        """Let Iris give Ada time."""
        with self.app.app_context():
            assert self.test.extend(minutes, attempt_id=self.ada.attempt_id).given == ["Ada"]

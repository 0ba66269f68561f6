"""Somebody who sits an attempt by the web pages, without scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from interview.rules.attempt import Plan
from tests.support.candidate import GOOD, MOCK, Candidate, start
from tests.support.client import CheckingClient
from tests.support.clock import FakeClock
from tests.support.page import Page

BUTTONS = {
    "submit": "Submit answer",
    "skip": "Skip",
    "flag": "Flag",
    "reveal": "Show me the answer",
    "pause": "Pause",
    "overview": "Overview and finish",
}


@dataclass
class Sitter:
    """A person at a client, logged in, with one attempt."""

    client: CheckingClient
    candidate: Candidate

    @property
    def attempt_id(self) -> int:
        return self.candidate.attempt_id

    @contextmanager
    def behind(self) -> Iterator[Candidate]:
        """Look at what the database holds of the attempt."""
        with self.client.app.app_context():
            yield self.candidate

    def url(self, tail: str = "") -> str:
        return f"/attempts/{self.attempt_id}{tail}"

    def question_url(self, position: int = 1) -> str:
        return self.url(f"/questions/{position}")

    def open(self, position: int = 1, **options: Any) -> Page:
        return self.client.get(self.question_url(position), **options)

    def press(self, button: str, text: str = GOOD, *, position: int = 1, **options: Any) -> Page:
        """Open a question, type an answer and press one of the buttons."""
        options.setdefault("answer", text)
        return self.client.submit(self.open(position), BUTTONS[button], **options)

    def save(
        self,
        text: str,
        *,
        position: int = 1,
        base: object = 0,
        writer: object = "page",
        sequence: object = 1,
        **options: Any,
    ) -> Page:
        """Save a draft as the page's script does."""
        body = {"text": text, "base": base, "writer": writer, "sequence": sequence}
        return self.client.put(f"{self.question_url(position)}/draft", json=body, **options)

    def sit_through(self, text: str = GOOD, count: int = 3) -> Page:
        """Answer every question and end on the results."""
        for position in range(1, count):
            self.press("submit", text, position=position)
        return self.press("submit", text, position=count)


def sit(
    client: CheckingClient, clock: FakeClock, plan: Plan = MOCK, *, count: int = 3, slug: str = ""
) -> Sitter:
    """Log a new person in at the client, with an attempt that has just begun."""
    with client.app.app_context():
        candidate = start(clock, plan, count=count, slug=slug)
    client.log_in(candidate.user_id)
    return Sitter(client, candidate)


def typed(page: Page) -> str:
    """What stands in the field for the answer, as a browser reads it."""
    return page.one("textarea[name=answer]").text or ""

"""Questions as authors write them: whole ones, drafts, and what is typed for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask

from interview.services.authoring import publishing, saving
from interview.services.authoring.content import blank
from interview.services.authoring.records import Content
from interview.services.principals import Principal
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page

PROMPT = "What is a mutex in concurrent programming?"
REFERENCE = (
    "A mutex is a lock that lets only one thread enter a critical section at a time. "
    "Other threads block until the owner releases it. Only the thread that locked it may "
    "unlock it."
)
GOOD = (
    "It's basically a lock, so just a single thread gets into the critical section at once, "
    "everyone else has to wait until the holder lets go of it, and only the holder can unlock."
)
WRONG = "A mutex makes several threads run faster by sharing the same memory without any waiting."


KEY_POINTS: list[dict[str, Any]] = [
    {
        "id": "one-thread",
        "text": "A mutex lets only one thread into a critical section at a time.",
        "phrasings": [
            "a single thread gets in at once",
            "no two threads are inside together",
        ],
        "weight": 2.0,
        "required": True,
        "derived": False,
    },
    {
        "id": "others-wait",
        "text": "Other threads block until the mutex is released.",
        "phrasings": ["everybody else has to wait until it is free"],
        "weight": 1.0,
        "required": False,
        "derived": False,
    },
    {
        "id": "owner-unlocks",
        "text": "Only the thread that locked a mutex may unlock it.",
        "phrasings": ["only the holder can unlock it"],
        "weight": 1.0,
        "required": False,
        "derived": False,
    },
]


def a_content(**changes: Any) -> Content:
    """A question that lacks nothing and tells right from wrong."""
    return {
        **blank(),
        "prompt": PROMPT,
        "topic": "Concurrency",
        "tags": ["locks", "threads"],
        "references": [REFERENCE],
        "key_points": [dict(one) for one in KEY_POINTS],
        "misconceptions": [
            {
                "id": "faster",
                "text": "A mutex makes programs faster.",
                "phrasings": ["it speeds a program up"],
                "feedback": "A mutex makes threads wait: it is there for safety, not for speed.",
            }
        ],
        "samples": [{"label": "good", "text": GOOD}, {"label": "wrong", "text": WRONG}],
        "sources": [{"title": "The manual", "url": "https://example.org/mutex"}],
        "valid_for": {"product": "POSIX", "from": "2008", "to": "2024"},
        "last_verified": "2026-03-01",
        **changes,
    }  # fmt: skip


def a_draft(person: Principal, now: datetime = START, **changes: Any) -> int:
    """Make a draft of somebody's, whole but for these changes."""
    return saving.make(person, a_content(**changes), now)


def a_question(person: Principal, now: datetime = START, **changes: Any) -> int:
    """Publish a question of somebody's."""
    made = publishing.publish(person, None, 0, a_content(**changes), "as an example", now)
    return made.question_id


def fields_like(page: Page) -> dict[str, list[object]]:
    """Every field of the question on a page, as a browser would send it."""
    return page.submission("question-form", {}).values


def press(
    client: CheckingClient,
    page: Page,
    do: str,
    typed: Mapping[str, object] | None = None,
    *,
    htmx: bool = False,
    follow: bool = True,
) -> Page:
    """Press a button of the editor after typing something."""
    filled = page.submission("question-form", {})
    values = {**filled.values, **(typed or {}), "do": do}
    return client.post(filled.action, values, htmx=htmx, follow=follow)


def in_app(app: Flask, make: Any, *arguments: Any, **named: Any) -> Any:
    """Call something with a database session of its own."""
    with app.app_context():
        return make(*arguments, **named)


def area(page: Page, name: str) -> str:
    """A text area's text as a browser sends it."""
    return str(page.submission("question-form", {}).values[name][0])

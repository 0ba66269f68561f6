"""A question bank in use: questions in every state, files on their way in, and reports."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from interview.services.authoring import retiring, saving
from interview.services.importing import accepting, receiving
from interview.services.importing.receiving import Upload
from interview.services.importing.records import Choices
from interview.services.jobs import running
from interview.services.principals import Principal
from interview.services.reporting import answering, telling
from interview.services.reporting.answering import Answer
from tests.journeys.bank_article import ARTICLE
from tests.support.authoring import a_content, a_draft, a_question
from tests.support.classes import principal
from tests.support.imports import as_file, bare, whole

HOUR = timedelta(hours=1)
LONG = (
    "A service answers slowly at noon and fast at night. Which measurements do you take first, "
    "in which order, and what would each of them rule out?\n\n"
    "```sql\nSELECT state, count(*) FROM pg_stat_activity GROUP BY state ORDER BY 2 DESC\n```"
)
DERIVED = [
    {"id": f"p{number}", "text": text, "phrasings": [], "weight": 1.0, "required": False,
     "derived": True}
    for number, text in enumerate(("A mutex is a lock.", "Only its owner unlocks it."))
]  # fmt: skip


class Numbered(Protocol):
    """Who knows people and things by name."""

    numbers: dict[str, int]


def add_bank(term: Numbered, clock: Callable[[], datetime]) -> None:
    """Give Iris questions and imports, and let Chiara report problems with what she was asked."""
    iris = principal(term.numbers["iris"])
    _questions(term, iris, clock())
    _imports(term, iris, clock)
    _reports(term, iris, clock())


def _questions(term: Numbered, iris: Principal, now: datetime) -> None:
    asked = a_question(iris, now, audience="authors")
    changed = a_content(prompt="What is a mutex, and who may unlock it?", audience="authors")
    saving.save(iris, asked, 1, changed, now)
    retired = a_question(iris, now, prompt="What is a spinlock?", last_verified=None)
    retiring.retire(iris, retired, retired=True, now=now)
    lasting = a_draft(iris, now, prompt=LONG, topic="Databases", samples=[], valid_for=None)
    term.numbers |= {
        "asked": asked,
        "long": lasting,
        "half": a_draft(iris, now, prompt="What is a `mutex`?", key_points=DERIVED),
    }


def _imports(term: Numbered, iris: Principal, clock: Callable[[], datetime]) -> None:
    def send(name: str, content: bytes, when: datetime, **choices: Any) -> int:
        return receiving.receive(iris, Upload(content, name), Choices(**choices), when)

    sets = [{"title": "Friday", "slots": [{"question": "what-is-it"}]}]
    two = as_file(whole(), bare("second", "What `else`?"), authored_sets=sets)
    wrong = as_file(whole("third"), whole("fourth", prompt="And what?", difficulty="no"))
    now = clock()
    term.numbers |= {
        "article": send("containers.txt", ARTICLE.encode(), now, topic="Containers"),
        "imported": send("friday.json", two, now),
        "mistaken": send("mistaken.json", wrong, now),
        "unreadable": send("photo.png", b"\x89PNG\r\n\x1a\n\0\0", now),
        "dropped": send("dropped.json", two, now),
    }
    running.run_due(clock)
    accepting.accept(iris, term.numbers["imported"], now, copies=False)
    accepting.drop(iris, term.numbers["dropped"], now)
    running.run_due(clock)
    term.numbers["waiting"] = send("a-name_without_any_space_" * 6 + ".csv", two, now - HOUR)


def _reports(term: Numbered, iris: Principal, now: datetime) -> None:
    chiara, attempt = principal(term.numbers["chiara"]), term.numbers["ended"]
    told = {1: "It says MVC, but the documentation says MTV.", 2: "Which token?\nThere are two."}
    for position, text in told.items():
        about = telling.look(chiara, attempt, position)
        telling.tell(chiara, about, "outdated", text, now - HOUR)
    waiting = answering.queue(iris, "open", None, None).reports
    said = Answer("mended", "Thank you: it says so now.", "")
    answering.answer(iris, waiting[-1].id, said, now)
    term.numbers["report"] = waiting[0].id

"""Files of questions on their way into the bank, and what became of them."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.services.importing import accepting, jobs, receiving, showing
from interview.services.importing.receiving import Upload
from interview.services.importing.records import Choices, ImportScreen
from interview.services.jobs import running
from interview.services.principals import Principal
from interview.store.authoring import QuestionDraft
from interview.store.bank import Question, QuestionSet, QuestionSetItem
from interview.store.db import db
from interview.store.imports import Import
from tests.support.bank_files import bank_file, question
from tests.support.clock import START

Clock = Callable[[], datetime]

GOOD = "First of all it is one thing, besides that another thing, and lastly a third thing."
WRONG = "Bananas are yellow fruit that monkeys like to eat in the morning sun."


def whole(slug: str = "what-is-it", **changes: Any) -> dict[str, Any]:
    """A question with key points and samples that come out in the right order."""
    samples = [{"label": "good", "text": GOOD}, {"label": "wrong", "text": WRONG}]
    return question(slug, **{"samples": samples, **changes})


def bare(slug: str, prompt: str, answer: str = "It is one thing. It is another.") -> dict[str, Any]:
    """A question that has nothing but an answer."""
    told = {"slug": slug, "prompt": prompt, "difficulty": "easy", "target_seconds": 60}
    return {**told, "references": [answer]}


def as_file(*questions: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({**bank_file(*questions), **more}, default=str, indent=1).encode()


def send(
    person: Principal, content: bytes, choices: Choices | None = None, name: str = "bank.json"
) -> int:
    return receiving.receive(person, Upload(content, name), choices or Choices(), START)


def work(clock: Clock) -> int:
    """Let the worker do what is due, after its sweep."""
    jobs.forget(clock())
    return running.run_due(clock)


def shown(person: Principal, import_id: int, **which: Any) -> ImportScreen:
    return showing.screen(person, import_id, START, **which)


def imported(
    person: Principal, content: bytes, clock: Clock, *, copies: bool = False, **choices: Any
) -> ImportScreen:
    """Send a file in, accept what is shown, and let it be written."""
    import_id = send(person, content, Choices(**choices))
    work(clock)
    accepting.accept(person, import_id, clock(), copies=copies)
    work(clock)
    return shown(person, import_id)


def row(import_id: int) -> Any:
    found = db.session.execute(
        sa.select(*sa.inspect(Import).columns).where(Import.id == import_id)
    ).one()
    db.session.rollback()
    return found


def questions_of(owner_id: int | None) -> dict[str, Any]:
    """Somebody's questions, or the installation's, by slug."""
    rows = db.session.execute(
        sa.select(*sa.inspect(Question).columns)
        .where(Question.owner_id.is_(None) if owner_id is None else Question.owner_id == owner_id)
        .order_by(Question.id)
    ).all()
    db.session.rollback()
    return {one.slug: one for one in rows}


def draft_of(question_id: int) -> dict[str, Any]:
    content: dict[str, Any] | None = db.session.scalar(
        sa.select(QuestionDraft.content).where(QuestionDraft.question_id == question_id)
    )
    db.session.rollback()
    assert content is not None
    return content


def set_of(slug: str) -> list[str]:
    """The questions of a set to study, in order."""
    found = db.session.scalars(
        sa.select(Question.slug)
        .join(QuestionSetItem, QuestionSetItem.question_id == Question.id)
        .join(QuestionSet, QuestionSet.id == QuestionSetItem.set_id)
        .where(QuestionSet.slug == slug)
        .order_by(QuestionSetItem.position)
    )
    slugs = list(found)
    db.session.rollback()
    return slugs


def row_counts() -> dict[str, int]:
    """How many rows each table has that an import writes to."""
    names = (
        "questions", "question_versions", "question_drafts", "question_tags", "question_terms",
        "question_sets", "question_set_items", "authored_sets", "set_slots", "audit_entries",
    )  # fmt: skip
    tables = {name: sa.table(name) for name in names}
    counted = {
        name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for name, table in tables.items()
    }
    db.session.rollback()
    return counted

"""A bank large enough to draw from, and sets as instructors make them."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

import sqlalchemy as sa

from interview.services.principals import Principal
from interview.services.sets import editing, making, publishing, reading
from interview.services.sets.changing import Edit, Terms
from interview.services.sets.picking import Pick
from interview.services.sets.records import Editor
from interview.services.unit import write
from interview.store.bank import Question, QuestionTag, QuestionVersion
from interview.store.db import db
from tests.support.classes import add_instructor, principal
from tests.support.client import CheckingClient
from tests.support.clock import START
from tests.support.page import Page

RUBRIC: dict[str, Any] = {
    "references": ["A complete answer."],
    "key_points": [{"id": "one", "text": "The point.", "phrasings": [], "weight": 2.0}],
    "misconceptions": [],
}
DIFFICULTIES = ("easy", "medium", "hard")
ANYBODY = 0
"""Nobody's number, for reading the bank as an author who has written nothing."""


def an_author(name: str = "Iris") -> Principal:
    return principal(add_instructor(name))


def chance(seed: int = 1) -> Random:
    """The same chance in every run."""
    return Random(seed)  # noqa: S311 - nobody gains by guessing it


def many_questions(
    count: int, *, topic: str = "Django", tag: str = "", first: int = 1, seconds: int = 60
) -> list[int]:
    """Add ready questions, of each difficulty in turn, and return them."""
    rows = [
        {
            "slug": f"{topic}-{tag}-{number}", "topic": topic, "status": "ready",
            "audience": "everyone",
            "difficulty": DIFFICULTIES[number % 3], "target_seconds": seconds, "sources": [],
            "valid_for": {}, "last_verified": date(2026, 1, 1), "created_at": START,
        }
        for number in range(first, first + count)
    ]  # fmt: skip
    with write() as session:
        session.execute(sa.insert(Question), rows)
        query = sa.select(Question.id).where(Question.slug.in_([row["slug"] for row in rows]))
        ids = list(session.scalars(query.order_by(Question.id)))
        versions = [
            {
                "question_id": number, "content_hash": "first", "prompt": f"What is {number}?",
                "rubric": RUBRIC, "created_at": START,
            }
            for number in ids
        ]  # fmt: skip
        session.execute(sa.insert(QuestionVersion), versions)
        current = sa.select(sa.func.max(QuestionVersion.id)).where(
            QuestionVersion.question_id == Question.id
        )
        session.execute(
            sa.update(Question)
            .where(Question.id.in_(ids))
            .values(current_version_id=current.scalar_subquery())
        )
        if tag:
            tags = [{"question_id": number, "tag": tag} for number in ids]
            session.execute(sa.insert(QuestionTag), tags)
    return ids


def version_of(question_id: int) -> int:
    """The current version of a question."""
    query = sa.select(Question.current_version_id).where(Question.id == question_id)
    found = db.session.scalar(query)
    assert found
    return found


def revise(question_id: int, *, prompt: str = "", rubric: dict[str, Any] | None = None) -> int:
    """Give a question a newer version, which becomes the current one."""
    old = db.session.execute(
        sa.select(QuestionVersion.prompt, QuestionVersion.rubric).where(
            QuestionVersion.id == version_of(question_id)
        )
    ).one()
    row = {
        "question_id": question_id, "content_hash": f"{prompt}{rubric}",
        "prompt": prompt or old.prompt, "rubric": rubric or old.rubric, "created_at": START,
    }  # fmt: skip
    with write() as session:
        version: int = session.execute(
            sa.insert(QuestionVersion).values(row).returning(QuestionVersion.id)
        ).scalar_one()
        change = sa.update(Question).where(Question.id == question_id)
        session.execute(change.values(current_version_id=version))
    return version


def own(question_id: int, owner_id: int, audience: str) -> None:
    """Make a question somebody's, for those whom they let ask it."""
    with write() as session:
        change = sa.update(Question).where(Question.id == question_id)
        session.execute(change.values(owner_id=owner_id, audience=audience))


def retire(question_id: int) -> None:
    with write() as session:
        change = sa.update(Question).where(Question.id == question_id)
        session.execute(change.values(status="retired"))


def a_set(
    person: Principal, questions: Sequence[int] = (), *picks: Pick, title: str = "Web"
) -> int:
    """Make a set of fixed questions, and of random slots after them."""
    set_id = making.make(person, title, "", START)
    for question in questions:
        editing.add_question(person, set_id, edit_of(person, set_id), version_of(question), START)
    for pick in picks:
        editing.put_random(person, set_id, edit_of(person, set_id), None, pick, START)
    return set_id


def read(person: Principal, set_id: int) -> Editor:
    return reading.editor(person, set_id)


def edit_of(person: Principal, set_id: int, **terms: Terms) -> Edit:
    """An edit of the set as it is now; terms are named ``slot_12``."""
    slots = {int(name.removeprefix("slot_")): one for name, one in terms.items()}
    return Edit(read(person, set_id).revision, slots)


def publish(person: Principal, set_id: int) -> publishing.Publication:
    return publishing.publish(person, set_id, edit_of(person, set_id), START)


def press(client: CheckingClient, page: Page, do: str, *, htmx: bool = False) -> Page:
    """Press a button of the editor that stands outside its form, as those of the bank do."""
    filled = page.submission("slots-form", {})
    shown = [field.get("value") for field in page.select("input[name=shown]")]
    values = {**filled.values, "do": do, "shown": shown}
    return client.post(filled.action, values, htmx=htmx, follow=True)


def sent(fields: dict[str, str]) -> Any:
    """Fields of a form whose names are known when the test runs."""
    return fields


def number(address: str) -> int:
    return int(address.rsplit("/", 1)[1])


def slots(page: Page) -> list[str]:
    return page.texts(".slot-prompt")


def points_fields(page: Page) -> list[str]:
    return [str(field.get("name")) for field in page.select(".slot-field input[name$=points]")]


def button(page: Page, do: str) -> str:
    """The name of the button that does something, for `CheckingClient.submit`."""
    found = page.one(f"button[value='{do}']")
    return found.get("aria-label") or " ".join(found.text_content().split())

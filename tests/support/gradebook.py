"""Gradebooks as rows, and answers that ask for a person's eye."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from lxml.html import HtmlElement

from interview.services.assignments import entries
from interview.services.unit import write
from interview.store.assignments import GradebookEntry
from interview.store.attempts import Attempt
from interview.store.classes import ClassMember
from interview.store.db import db
from interview.store.grades import Grade, Submission
from tests.support.attempts import Item
from tests.support.classes import (
    add_assigned,
    add_assignment,
    add_group,
    add_learners,
    add_set_version,
    give_to,
)
from tests.support.clock import START
from tests.support.page import Page

DAY = timedelta(days=1)


def add_entries(assignment_id: int, class_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write entries of the gradebook as they are, without attempts."""
    usual = {
        "assignment_id": assignment_id, "class_id": class_id, "attempts": 1, "is_open": False,
        "attempt_id": None, "score": 0.5, "late_days": 0, "needs_review": 0,
        "overridden": False, "started_at": START, "finished_at": START,
    }  # fmt: skip
    with write() as session:
        session.execute(sa.insert(GradebookEntry), [{**usual, **row} for row in rows])


def set_mean(class_id: int, user_id: int, mean: float | None, finished: int = 1) -> None:
    with write() as session:
        session.execute(
            sa.update(ClassMember)
            .where(ClassMember.class_id == class_id, ClassMember.user_id == user_id)
            .values(mean_score=mean, finished_count=finished)
        )


def sat(
    assignment_id: int, user_id: int, score: float | None, number: int = 1, **values: Any
) -> int:
    """An attempt of one answer that got this score."""
    items = values.pop("items", [Item(score=score)])
    return add_assigned(assignment_id, user_id, number, score=score, items=items, **values)


def ask_for_review(attempt_id: int, position: int = 1) -> None:
    """Let the newest grade of an answer ask for a person's eye."""
    newest = (
        sa.select(sa.func.max(Grade.id))
        .join(Submission, Submission.id == Grade.submission_id)
        .where(Submission.attempt_id == attempt_id, Submission.position == position)
    )
    attempt = db.session.execute(
        sa.select(Attempt.assignment_id, Attempt.user_id).where(Attempt.id == attempt_id)
    ).one()
    with write() as session:
        row = session.get(Grade, session.scalar(newest))
        assert row is not None
        row.needs_review = True
        row.verdict = {**row.verdict, "needs_review": True}
        session.flush()
        entries.refresh(session, attempt.assignment_id, attempt.user_id)


def small_book(teacher: int) -> dict[str, int]:
    """Give class 1 three learners and three assignments, one for a group alone."""
    group = add_group(1, "Monday")
    ada, ben = add_learners(1, "Ada", "Ben")
    (mia,) = add_learners(1, "Mia", group_id=group)
    version = add_set_version(teacher)
    due = START - 2 * DAY
    terms: dict[str, Any] = {"opens_at": START - 5 * DAY, "due_at": due, "closes_at": None}
    first = add_assignment(1, version, title="First", **terms)
    second = add_assignment(1, version, title="Second", opens_at=START - DAY)
    third = add_assignment(1, version, title="Third", opens_at=START)
    give_to(third, group=group)
    late = sat(first, ada, 0.25, ended_at=due)
    best = sat(first, ada, 0.81, 2, ended_at=due + DAY)
    ask_for_review(best)
    sat(first, ben, 0.4, ended_at=due)
    sat(second, ben, None, state="open", ended_at=None)
    sat(second, mia, 0.6)
    return {"ada": ada, "ben": ben, "best": best, "late": late, "first": first, "group": group}


def large_book(teacher: int) -> None:
    """Give class 1 fifty-three learners and twenty-two assignments."""
    people = add_learners(1, *(f"Learner {number:02}" for number in range(53)))
    version = add_set_version(teacher)
    for number in range(22):
        opens = START - (30 - number) * DAY
        title = f"Test {number:02}"
        made = add_assignment(1, version, title=title, opens_at=opens, closes_at=None)
        rows = [{"user_id": u, "score": (n + number) % 40 / 39} for n, u in enumerate(people)]
        add_entries(made, 1, rows)
    for number, user in enumerate(people):
        set_mean(1, user, number / 52, 22)


def table(page: Page) -> list[list[str]]:
    """What the rows say, to those who listen."""
    return [[heard(cell) for cell in row] for row in page.select(".gradebook-table tbody tr")]


def heard(cell: HtmlElement) -> str:
    """The words of a cell, without what is there for the eye alone."""
    silent = "ancestor::*[@aria-hidden='true']"
    return " ".join("".join(map(str, cell.xpath(f".//text()[not({silent})]"))).split())


def names(page: Page) -> list[str]:
    return page.texts(".gradebook-table tbody th a")

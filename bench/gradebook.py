"""Row 13: a page of a large class's gradebook against one of a small class's.

Both pages show the same number of cells, thirty learners by five assignments, so that only
what is behind them differs. A round reads and renders the page in each of the three orders:
by name, by the mean, and by the score in one assignment.
"""

import random
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask import Flask
from flask_login import login_user
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from bench.figures import Figure, spread
from bench.serving import prepared_app
from interview.services.gradebook.reading import open_book, read_page
from interview.services.gradebook.records import Order, Size, Wanted
from interview.services.principals import Principal, load_principal
from interview.services.unit import write
from interview.store.assignments import Assignment, GradebookEntry
from interview.store.classes import Class, ClassMember
from interview.store.db import db
from interview.store.sets import AuthoredSet, SetVersion
from interview.store.users import User
from interview.web.clock import now, system_clock
from interview.web.forms.gradebook import GradebookForm
from interview.web.principal import LogIn
from interview.web.views.gradebook import page_of

LARGE, SMALL = (1_000, 50), (30, 5)
SHOWN = Size(rows=30, columns=5)
ROUNDS = 9
PAGES = 5
"""Pages of each order in a round, which are read in turn."""


def figure(name: str, urls: tuple[str, str], folders: tuple[Path, Path]) -> Figure:
    """Compare reading and rendering a page, and the time of its statements in the driver."""
    books = [
        _Book(prepared_app(url, folder), *size)
        for url, folder, size in zip(urls, folders, (LARGE, SMALL), strict=True)
    ]
    for one in books:
        one.spent()
    rounds = [[one.spent() for one in books] for _ in range(ROUNDS)]
    whole = [large.whole / small.whole for large, small in rounds]
    sql = [large.sql / small.sql for large, small in rounds]
    each = median(large.whole for large, _ in rounds) / (PAGES * 3) * 1e3
    label = f"gradebook page, {LARGE[0]:,} × {LARGE[1]} ÷ {SMALL[0]} × {SMALL[1]}, on {name}"
    note = f"{SHOWN.rows} × {SHOWN.columns} cells, {each:.1f} ms; SQL alone {spread(sql)}"
    return Figure("13", label, spread(whole), "≤ 1.5", note)


@dataclass(frozen=True)
class _Spent:
    whole: float
    sql: float


class _Book:
    """A class with its gradebook, and the clock that its pages are read by."""

    def __init__(self, app: Flask, learners: int, assignments: int) -> None:
        self.app = app
        with app.app_context():
            self.person, self.class_id, self.assignment = _fill(learners, assignments)
            event.listen(db.engine, "before_cursor_execute", self._begin)
            event.listen(db.engine, "after_cursor_execute", self._end)
        self.started = self.sql = 0.0

    def _begin(self, *_: Any) -> None:
        self.started = time.perf_counter()

    def _end(self, *_: Any) -> None:
        self.sql += time.perf_counter() - self.started

    def spent(self) -> _Spent:
        """Read and render some pages, and return the seconds of all and of their SQL."""
        path = f"/classes/{self.class_id}/gradebook"
        with self.app.test_request_context(path):
            login_user(LogIn(self.person))
            self.sql = 0.0
            start = time.perf_counter()
            for _ in range(PAGES):
                for order in (Order(), Order("mean", True), Order(self.assignment, True)):
                    self._page(order)
            return _Spent(time.perf_counter() - start, self.sql)

    def _page(self, order: Order) -> None:
        book = read_page(
            open_book(self.person, self.class_id), Wanted(order=order, size=SHOWN), now()
        )
        assert len(book.rows) == SHOWN.rows
        page_of(book, GradebookForm(MultiDict(), book), order)
        db.session.rollback()


def _fill(learners: int, assignments: int) -> tuple[Principal, int, int]:
    with write() as session:
        people = _people(session, learners + 1)
        class_id = session.execute(
            sa.insert(Class).values(_class()).returning(Class.id)
        ).scalar_one()
        roles = ["instructor", *["learner"] * learners]
        rows = [_member(class_id, *pair) for pair in zip(people, roles, strict=True)]
        session.execute(sa.insert(ClassMember), rows)
        made = _assignments(session, class_id, people[0], assignments)
        session.execute(sa.insert(GradebookEntry), _entries(class_id, people[1:], made))
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    person = load_principal(people[0], 0)
    assert person is not None
    return person, class_id, made[-1]


def _people(session: Session, count: int) -> list[int]:
    rows = [{"display_name": f"Person {n:05}", "created_at": system_clock()} for n in range(count)]
    return list(session.scalars(sa.insert(User).returning(User.id), rows))


def _class() -> dict[str, Any]:
    return {
        "title": "Bench", "time_zone": "UTC", "join_code": "BENCH", "created_at": system_clock(),
    }  # fmt: skip


def _member(class_id: int, user_id: int, role: str) -> dict[str, Any]:
    return {
        "class_id": class_id, "user_id": user_id, "role": role,
        "sort_name": f"person {user_id:05}", "mean_score": _score(), "finished_count": 5,
        "joined_at": system_clock(),
    }  # fmt: skip


def _assignments(session: Session, class_id: int, owner: int, count: int) -> list[int]:
    moment = system_clock()
    made = {"owner_id": owner, "title": "Bench", "created_at": moment, "updated_at": moment}
    set_id = session.execute(sa.insert(AuthoredSet).values(made).returning(AuthoredSet.id)).scalar()
    version: dict[str, Any] = {
        "set_id": set_id, "number": 1, "content_hash": "bench", "title": "Bench", "content": {},
        "question_count": 1, "points": 1.0, "target_seconds": 90, "created_at": moment,
    }  # fmt: skip
    number = session.execute(
        sa.insert(SetVersion).values(version).returning(SetVersion.id)
    ).scalar()
    rows = [
        {
            "class_id": class_id, "set_version_id": number, "title": f"Test {place}",
            "time_zone": "UTC", "opens_at": moment, "created_at": moment,
        }
        for place in range(count)
    ]  # fmt: skip
    return list(session.scalars(sa.insert(Assignment).returning(Assignment.id), rows))


def _entries(class_id: int, people: list[int], assignments: list[int]) -> list[dict[str, Any]]:
    usual = {
        "class_id": class_id, "attempts": 2, "is_open": False, "attempt_id": 1,
        "started_at": system_clock(), "finished_at": system_clock(),
    }  # fmt: skip
    return [
        {**usual, "assignment_id": assignment, "user_id": user, "score": _score()}
        for assignment in assignments
        for user in people
    ]


def _score() -> float:
    return random.random()  # noqa: S311  # scores of nobody

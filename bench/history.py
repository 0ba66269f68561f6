"""Row 8: the step's SQL with a long history behind it against a short one."""

import re
import time
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from bench.figures import Figure, spread
from bench.learner import ANSWER, QUESTIONS, add_learner
from bench.serving import prepared_app
from interview.services.attempts.admitting import Answer
from interview.services.attempts.submitting import submit
from interview.services.unit import write
from interview.store.attempts import Attempt
from interview.store.db import db
from interview.web.clock import system_clock

SHORT, LONG = 1_000, 500_000
PEOPLE = 1_000
ROUNDS = 5

_COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
_PEOPLE = (
    "INSERT INTO users (display_name, role, time_zone, auth_epoch, is_guest, created_at) "
    + _COUNT
    + "SELECT 'Past', 'learner', 'UTC', 0, :no, :now FROM n"
)
_ATTEMPTS = (
    "INSERT INTO attempts (user_id, scope, title, topic, preset, feedback, pausable, "
    "grace_seconds, state, started_at, finished_at, position, item_count, score) "
    + _COUNT
    + "SELECT (SELECT min(id) FROM users WHERE display_name = 'Past') + i % 1000, 'set:1', "
    "'Past', 'Django', 'mock', 'end', :no, 5, 'finished', :now, :now, 1, 1, 0.5 FROM n"
)
_ITEMS = (
    "INSERT INTO attempt_items (attempt_id, position, question_version_id, state, flagged, "
    "seconds_used, score) SELECT id, 1, (SELECT min(id) FROM question_versions), 'submitted', "
    ":no, 60, 0.5 FROM attempts WHERE title = 'Past'"
)
_SUBMISSIONS = (
    "INSERT INTO submissions (attempt_id, position, text, submitted_at, source) "
    "SELECT id, 1, 'An answer of the past.', :now, 'learner' FROM attempts WHERE title = 'Past'"
)
_GRADES = (
    "INSERT INTO grades (submission_id, question_version_id, grader_version, score, "
    "needs_review, verdict, created_at) SELECT id, (SELECT min(id) FROM question_versions), "
    "'1', 0.5, :no, '{}', :now FROM submissions"
)


def figure(name: str, urls: tuple[str, str], folders: tuple[Path, Path]) -> Figure:
    """Compare the time inside the driver for the step's statements, commits left out."""
    apps = [prepared_app(url, folder) for url, folder in zip(urls, folders, strict=True)]
    for app, size in zip(apps, (SHORT, LONG), strict=True):
        with app.app_context():
            _fill(size)
    steps = [_Steps(app) for app in apps]
    for one in steps:
        one.seconds()
    rounds = [[one.seconds() for one in steps] for _ in range(ROUNDS)]
    each = median(long for _, long in rounds) / (QUESTIONS - 1) * 1e6
    value = spread([long / short for short, long in rounds])
    label = f"the step's SQL, {LONG:,} attempts ÷ {SHORT:,}, on {name}"
    return Figure("8", label, value, "≤ 1.25", f"{each:.0f} µs in the driver a step")


def _fill(count: int) -> None:
    values = {"count": count, "now": system_clock(), "no": False}
    types = {"now": Attempt.__table__.c.started_at.type, "no": sa.Boolean()}
    with write() as session:
        for text in (_PEOPLE, _ATTEMPTS, _ITEMS, _SUBMISSIONS, _GRADES):
            names = set(re.findall(r"(?<!\w):(\w+)", text))
            used = {name: values[name] for name in names}
            if text is _PEOPLE:
                used["count"] = PEOPLE
            bound = [sa.bindparam(name, type_=types[name]) for name in names & set(types)]
            session.execute(sa.text(text).bindparams(*bound), used)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


class _Steps:
    """Answers the questions of one attempt a round, and times the statements."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        learner = add_learner(app, ROUNDS + 1)
        self.attempts = iter(learner.attempts)
        with app.app_context():
            query = sa.select(Attempt.user_id).where(Attempt.id == learner.attempts[0])
            self.user_id = db.session.scalars(query).one()
            event.listen(db.engine, "before_cursor_execute", self._begin)
            event.listen(db.engine, "after_cursor_execute", self._end)
        self.started = self.spent = 0.0

    def _begin(self, *_: Any) -> None:
        self.started = time.perf_counter()

    def _end(self, *_: Any) -> None:
        self.spent += time.perf_counter() - self.started

    def seconds(self) -> float:
        """Answer a whole attempt and return the time inside the driver."""
        attempt = next(self.attempts)
        self.spent = 0.0
        with self.app.app_context():
            for position in range(1, QUESTIONS):
                text = ANSWER.format(number=position)
                submit(self.user_id, attempt, Answer(position, text, 0, "bench"), system_clock())
        return self.spent

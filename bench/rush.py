"""Row 11: a large class starts the same assignment within ten seconds."""

import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from bench.figures import Figure, percentile
from bench.learner import FORM, Learner, log_in
from bench.load import Connection
from bench.serving import serving
from interview.services.unit import write
from interview.store.assignments import Assignment
from interview.store.bank import Question
from interview.store.classes import Class, ClassMember
from interview.store.sets import AuthoredSet, SetVersion
from interview.store.users import User
from interview.web.clock import system_clock

LEARNERS = 250
SECONDS = 10.0
SEED = 11


@dataclass
class Rush:
    """What became of everybody.

    Attributes
    ----------
    latencies : list of float
        Seconds from pressing Start until the first question is there.
    failures : int
        Learners who did not see it.
    """

    latencies: list[float] = field(default_factory=list)
    failures: int = 0


def figure(name: str, url: str, folder: Path) -> Figure:
    """Let a class start, each learner at a moment of their own, and say how long they waited."""
    with serving(url, folder) as server:
        assignment, people = _class_of(server.app, LEARNERS)
        learners = [log_in(server.app, person) for person in people]
        rush = _run(server.port, assignment, learners)
    tail = percentile(rush.latencies, 0.95) if rush.latencies else float("nan")
    middle = median(rush.latencies) if rush.latencies else float("nan")
    started = f"{LEARNERS - rush.failures} of {LEARNERS} started, p50 {middle * 1000:.0f} ms"
    label = f"{LEARNERS} learners start within {SECONDS:.0f} s, p95, on {name}"
    return Figure("11", label, f"{tail:.3f} s", "≤ 1 s", started)


def _class_of(app: Flask, size: int) -> tuple[int, list[int]]:
    now = system_clock()
    with app.app_context(), write() as session:
        owner = User(display_name="Bench", role="instructor", created_at=now)
        one = Class(title="Bench", time_zone="UTC", join_code="BENCH", created_at=now)
        people = [User(display_name=f"Learner {n}", created_at=now) for n in range(size)]
        session.add_all([owner, one, *people])
        session.flush()
        ids = [person.id for person in people]
        rows = [
            {"class_id": one.id, "user_id": user, "role": "learner", "sort_name": f"{user}"}
            for user in ids
        ]
        session.execute(sa.insert(ClassMember).values(joined_at=now), rows)
        made = AuthoredSet(owner_id=owner.id, title="Bench", created_at=now, updated_at=now)
        session.add(made)
        session.flush()
        assignment = Assignment(
            class_id=one.id,
            set_version_id=_version(session, made.id),
            title="Bench",
            time_zone="UTC",
            opens_at=now - timedelta(hours=1),
            closes_at=now + timedelta(days=1),
            all_closed_at=now + timedelta(days=1),
            whole_limit_seconds=3600,
            shuffle=True,
            created_at=now,
        )
        session.add(assignment)
        session.flush()
        return assignment.id, ids


def _version(session: Session, set_id: int) -> int:
    """Publish four chosen questions and six drawn ones."""
    rows = session.execute(
        sa.select(Question.id, Question.current_version_id).order_by(Question.id).limit(4)
    ).all()
    fixed = [
        {
            "kind": "fixed", "question_id": row.id, "version_id": row.current_version_id,
            "content_hash": "", "points": 1.0, "seconds": None,
        }
        for row in rows
    ]  # fmt: skip
    drawn = {
        "kind": "random", "topic": "Django", "tag": "", "difficulty": "", "count": 6,
        "points": 1.0, "seconds": None,
    }  # fmt: skip
    version = SetVersion(
        set_id=set_id, number=1, content_hash="bench", title="Bench", question_count=10,
        content={"slots": [*fixed, drawn], "bound": 10**6}, points=10.0, target_seconds=900,
        created_at=system_clock(),
    )  # fmt: skip
    session.add(version)
    session.flush()
    return version.id


def _run(port: int, assignment: int, learners: list[Learner]) -> Rush:
    """Start everybody at a random moment (fixed seed) of the ten seconds."""
    random = Random(SEED)  # noqa: S311 - moments, not secrets
    rush = Rush()
    begin = time.perf_counter() + 0.5
    threads = [
        threading.Thread(
            target=_start, args=(port, assignment, one, begin + random.uniform(0, SECONDS), rush)
        )
        for one in learners
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return rush


def _start(port: int, assignment: int, learner: Learner, moment: float, rush: Rush) -> None:
    time.sleep(max(0.0, moment - time.perf_counter()))
    begun = time.perf_counter()
    try:
        connection = Connection(port)
        form = urlencode({"csrf_token": learner.token})
        head = connection.head(learner.send("POST", f"/assignments/{assignment}/start", form, FORM))
        place = head.partition(b"Location: ")[2].partition(b"\r\n")[0].decode()
        status = connection.status(learner.get(place)) if place else 0
    except OSError:
        status = 0
    if status == 200:
        rush.latencies.append(time.perf_counter() - begun)
    else:
        rush.failures += 1

"""The background process: what it does, and how often."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from interview.services import mail, sweeping
from interview.services.assignments import reminding
from interview.services.jobs import running
from interview.web.worker import task_queue
from tests.support.clock import START


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, datetime]]:
    """What the tasks asked the services to do, and at which moment."""
    calls: list[tuple[str, datetime]] = []
    monkeypatch.setattr(sweeping, "sweep", lambda now: calls.append(("sweep", now)))
    monkeypatch.setattr(mail, "deliver_due", lambda now: calls.append(("mail", now)))
    monkeypatch.setattr(reminding, "remind_due", lambda now: calls.append(("remind", now)))
    monkeypatch.setattr(running, "run_due", lambda clock: calls.append(("job", clock())))
    return calls


@pytest.fixture
def queue(app: Flask) -> Iterator[Any]:
    """The app's task queue, with no consumer at work on it."""
    queue = task_queue(app)
    yield queue
    queue.storage.close()


def run_everything(queue: Any) -> None:
    while (task := queue.dequeue()) is not None:
        task.eta = None
        queue.execute(task)


def test_each_minute_sweeps_reminds_sends_mail_and_works_on_jobs(
    queue: Any, done: list[tuple[str, datetime]]
) -> None:
    (plan,) = queue.read_periodic(START.replace(tzinfo=None))
    queue.execute(plan)
    delays = Counter(task.name for task in queue.pending())
    assert delays == {"sweep": 2, "deliver": 12, "remind": 1, "work_on_jobs": 30}
    run_everything(queue)
    assert Counter(done) == {
        ("sweep", START): 2,
        ("mail", START): 12,
        ("remind", START): 1,
        ("job", START): 30,
    }


def test_a_task_that_was_tampered_with_is_never_unpickled(queue: Any) -> None:
    queue.storage.enqueue(b"cposix\nsystem\n(S'true'\ntR.:0000")
    with pytest.raises(ValueError, match="mismatch"):
        queue.dequeue()

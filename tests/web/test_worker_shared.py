"""Several workers on one queue, which is kept in PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from interview.services.jobs import kinds
from interview.web.config import Settings, SettingsError
from interview.web.queues import make_queue
from interview.web.worker import task_queue
from tests.support.clock import START
from tests.support.databases import SECRET
from tests.support.jobs import KIND, ask, chunks_of, job_row, put_chunks
from tests.support.postgres import Postgres
from tests.support.processes import Program, free_port, running, wait_for
from tests.support.threads import at_once

pytestmark = pytest.mark.postgres
SUBJECTS = range(1, 13)


@pytest.fixture
def opened() -> Iterator[Callable[[Any], Any]]:
    """Closes the connections of queues after the test."""
    with ExitStack() as stack:

        def keep(queue: Any) -> Any:
            stack.callback(queue.storage.close)
            return queue

        yield keep


@pytest.fixture
def backend() -> str:
    return "postgresql"


@pytest.fixture
def queue_url(postgres: Postgres) -> Iterator[str]:
    """A database for the queue alone, still without its tables."""
    name = postgres.create()
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture
def settings(settings: Settings, queue_url: str) -> Settings:
    url = queue_url.replace("postgresql", "postgresql+psycopg")
    return replace(settings, jobs_url=url)


def test_a_queue_in_postgresql_runs_the_plan_of_a_minute(
    app: Flask, opened: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.HANDLERS, KIND, put_chunks)
    with app.app_context():
        job_id = ask()
    first, second = (opened(task_queue(app)) for _ in range(2))
    (plan,) = first.read_periodic(START.replace(tzinfo=None))
    first.execute(plan)
    assert len(second.pending()) > 30
    # What the one laid out, the other finds and does.
    while (task := second.dequeue()) is not None:
        task.eta = None
        second.execute(task)
    with app.app_context():
        assert (job_row(job_id).state, chunks_of()) == ("done", [1, 2, 3, 4])


def test_two_that_make_the_tables_at_once_both_have_them(
    settings: Settings, opened: Callable[[Any], Any]
) -> None:
    queues = at_once(*[lambda: make_queue(settings)] * 2)
    assert [opened(queue).pending() for queue in queues] == [[], []]


def test_two_workers_share_the_queue_and_do_every_job_once(
    app: Flask, database_url: str, queue_url: str, tmp_path: Path
) -> None:
    with app.app_context():
        jobs = [ask(subject) for subject in SUBJECTS]
    environment = {"DATABASE_URL": database_url, "JOBS_URL": queue_url, "SECRET_KEY": SECRET}
    environment |= {"INSTANCE": str(tmp_path / "instance"), "MAIL_URL": "", "PUBLIC_URL": ""}
    with ExitStack() as stack:
        workers = [
            stack.enter_context(
                running("tests.support.job_worker", tmp_path / f"log{number}", **environment)
            )
            for number in range(2)
        ]
        wait_for(lambda: all(is_done(app, job, workers) for job in jobs), "the jobs")
        for worker in workers:
            worker.process.terminate()
        assert [worker.wait() for worker in workers] == [0, 0]
    with app.app_context():
        assert [chunks_of(subject) for subject in SUBJECTS] == [[1, 2, 3, 4]] * len(SUBJECTS)
    assert not (tmp_path / "instance" / "jobs.db").exists()


def is_done(app: Flask, job_id: int, workers: list[Program]) -> bool:
    for worker in workers:
        assert worker.process.poll() is None, worker.output
    with app.app_context():
        return bool(job_row(job_id).state == "done")


def test_a_queue_that_cannot_be_reached_is_one_line_without_its_password(
    settings: Settings,
) -> None:
    url = f"postgresql://ada:hunter2@127.0.0.1:{free_port()}/queue"
    with pytest.raises(SettingsError, match="JOBS_URL names a database that cannot") as refused:
        make_queue(replace(settings, jobs_url=url))
    assert "hunter2" not in str(refused.value)
    assert "\n" not in str(refused.value)

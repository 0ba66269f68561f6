"""Jobs that run, fail, wait and are given up."""

import logging
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from interview.services import outbox
from interview.services.jobs import kinds, queue
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import (
    BUSY_PAUSE,
    ERROR_LIMIT,
    MOST_TRIES,
    PAUSES,
    STALE,
    Clock,
    GivenUp,
    Job,
)
from interview.services.jobs.running import GONE, run_due
from interview.services.unit import write
from tests.support.clock import START, FakeClock
from tests.support.jobs import (
    CHUNKS,
    KIND,
    ask,
    chunks_of,
    job_row,
    put_chunk,
)

MOMENT = timedelta(microseconds=1)


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What the handler raises before it does anything; nothing once it is empty."""
    errors: list[Exception] = []

    def handle(job: Job, heart: Heart, clock: Clock) -> None:
        if errors:
            raise errors[0]
        put_chunk(job.subject_id, 1, heart, clock)

    monkeypatch.setitem(kinds.HANDLERS, KIND, handle)
    return errors


@pytest.fixture
def given_up(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The subjects that were told, which also get a mail in the same transaction."""
    told: list[int] = []

    def hook(session: Session, subject_id: int, now: datetime) -> None:
        outbox.enqueue(session, str(subject_id), "a@example.org", {"number": 99}, now)
        told.append(subject_id)

    monkeypatch.setitem(kinds.FAILED, KIND, hook)
    return told


def test_a_job_that_is_committed_runs_to_its_end(clock: FakeClock) -> None:
    job_id, other = ask(7), ask(8)
    assert (job_row(job_id).state, job_row(job_id).tries) == ("waiting", 0)
    assert run_due(clock) == 2
    row = job_row(job_id)
    assert (row.state, row.progress, row.total, row.tries) == ("done", CHUNKS, CHUNKS, 0)
    assert (row.error, row.finished_at) == ("", START)
    assert (chunks_of(7), chunks_of(8), job_row(other).state) == (
        [1, 2, 3, 4],
        [1, 2, 3, 4],
        "done",
    )
    assert run_due(clock) == 0


def test_a_job_of_a_request_that_fails_is_not_asked_for(clock: FakeClock) -> None:
    def ask_and_fail() -> None:
        with write() as session:
            queue.enqueue(session, KIND, 1, None, START)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_fail()
    assert run_due(clock) == 0


def test_a_kind_that_this_worker_does_not_know_waits_for_one_that_does(clock: FakeClock) -> None:
    job_id = ask(kind="of tomorrow")
    assert run_due(clock) == 0
    assert (job_row(job_id).state, job_row(job_id).tries) == ("waiting", 0)


def test_what_fails_is_tried_again_after_pauses_that_grow(
    clock: FakeClock, mended: list[Exception], given_up: list[int]
) -> None:
    mended.append(RuntimeError("the disk\nis on\x00 fire"))
    job_id = ask()
    for tries, pause in enumerate(PAUSES, 1):
        assert run_due(clock) == 1
        row = job_row(job_id)
        assert (row.state, row.tries, row.due_at) == ("waiting", tries, clock() + pause)
        assert row.error == "RuntimeError: the disk is on\N{REPLACEMENT CHARACTER} fire"
        clock.set(clock() + pause - MOMENT)
        assert run_due(clock) == 0
        clock.set(clock() + MOMENT)
    assert list(PAUSES) == sorted(set(PAUSES))
    assert given_up == []
    assert run_due(clock) == 1
    row = job_row(job_id)
    assert (row.state, row.tries, row.finished_at) == ("failed", MOST_TRIES, clock())
    assert (given_up, chunks_of()) == ([1], [99])
    clock.advance(days=1)
    assert run_due(clock) == 0


def test_what_would_fail_again_is_given_up_at_once(
    clock: FakeClock, mended: list[Exception], given_up: list[int]
) -> None:
    mended.append(GivenUp())
    mended[0].__cause__ = ValueError("never")
    job_id = ask()
    run_due(clock)
    row = job_row(job_id)
    assert (row.state, row.tries, row.error, given_up) == ("failed", 1, "ValueError: never", [1])


def test_what_is_mended_meanwhile_goes_on(clock: FakeClock, mended: list[Exception]) -> None:
    mended.append(RuntimeError())
    job_id = ask()
    run_due(clock)
    mended.clear()
    clock.set(clock() + PAUSES[0])
    assert run_due(clock) == 1
    assert (job_row(job_id).state, job_row(job_id).error) == ("done", "")


def test_a_try_that_gets_further_starts_the_count_again(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handle(job: Job, heart: Heart, clock: Clock) -> None:
        number = len(chunks_of()) + 1
        if number > 2 * MOST_TRIES:
            return
        put_chunk(1, number, heart, clock)
        raise RuntimeError

    monkeypatch.setitem(kinds.HANDLERS, KIND, handle)
    job_id = ask()
    for _ in range(2 * MOST_TRIES):
        assert run_due(clock) == 1
        assert (job_row(job_id).state, job_row(job_id).tries) == ("waiting", 0)
        clock.set(clock() + PAUSES[0])
    assert run_due(clock) == 1
    assert job_row(job_id).state == "done"


def test_a_busy_database_is_waited_for_and_never_counted(
    clock: FakeClock, mended: list[Exception], given_up: list[int]
) -> None:
    mended.append(OperationalError("SELECT", None, Exception("locked")))
    job_id = ask()
    for _ in range(2 * MOST_TRIES):
        assert run_due(clock) == 1
        row = job_row(job_id)
        assert (row.state, row.tries, row.due_at) == ("waiting", 0, clock() + BUSY_PAUSE)
        clock.set(clock() + BUSY_PAUSE)
    mended.clear()
    run_due(clock)
    assert (job_row(job_id).state, given_up) == ("done", [])


def test_a_job_that_ends_its_worker_again_and_again_is_given_up(
    clock: FakeClock, given_up: list[int]
) -> None:
    job_id = ask()
    for _ in range(MOST_TRIES):
        assert queue.claim(clock(), [KIND]) is not None
        clock.set(clock() + STALE + MOMENT)
    assert run_due(clock) == 1
    row = job_row(job_id)
    assert (row.state, row.error, given_up) == ("failed", GONE, [1])
    assert chunks_of() == [99]


def test_one_that_cannot_be_given_up_holds_up_nobody(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setitem(kinds.HANDLERS, "broken", broken)
    monkeypatch.setitem(kinds.FAILED, "broken", broken)
    job_id = ask(5, "broken")
    for pause in PAUSES:
        run_due(clock)
        clock.set(clock() + pause)
    other = ask()
    with caplog.at_level(logging.ERROR):
        assert run_due(clock) == 2
    assert f"job {job_id} could not be ended" in caplog.text
    assert (job_row(job_id).state, job_row(other).state) == ("working", "done")


def test_an_error_is_told_in_a_line_without_what_people_wrote(
    clock: FakeClock, mended: list[Exception]
) -> None:
    mended.append(IntegrityError("INSERT", {"text": "my secret answer"}, Exception("not unique")))
    job_id = ask()
    run_due(clock)
    assert job_row(job_id).error == "Exception: not unique"
    mended[0] = RuntimeError("long " * ERROR_LIMIT)
    clock.set(clock() + PAUSES[0])
    run_due(clock)
    assert len(job_row(job_id).error) == ERROR_LIMIT

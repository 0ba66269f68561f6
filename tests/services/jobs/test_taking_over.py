"""Two workers and one job: it is one's alone, and each part of it is committed once."""

from collections.abc import Callable

import pytest
from flask import Flask

from interview.services.jobs import kinds, queue
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import STALE, Clock, Job, Lost
from interview.services.jobs.running import run_due
from interview.services.unit import write
from tests.support.clock import START, FakeClock
from tests.support.jobs import (
    CHUNKS,
    KIND,
    OLD,
    ask,
    chunks_of,
    job_row,
    put_and_fail,
    put_chunk,
    put_chunks,
)
from tests.support.threads import Halt, at_once, meanwhile, meet_at


def take(clock: FakeClock) -> Job:
    job = queue.claim(clock(), [KIND])
    assert job is not None
    return job


def in_thread(app: Flask, what: Callable[[], Job | None]) -> Callable[[], Job | None]:
    def run() -> Job | None:
        with app.app_context():
            return what()

    return run


def test_of_two_who_want_a_job_at_once_one_gets_it(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = ask()
    meet_at(monkeypatch, queue, "_take")
    claim = in_thread(app, lambda: queue.claim(START, [KIND]))
    first, second = at_once(claim, claim)
    (taken,) = [one for one in (first, second) if one]
    assert (taken.id, taken.tries, taken.taken_at) == (job_id, 1, START)


def test_of_two_who_want_the_same_of_two_jobs_each_gets_one(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {ask(1), ask(2)}
    meet_at(monkeypatch, queue, "_take")
    claim = in_thread(app, lambda: queue.claim(START, [KIND]))
    assert {one.id for one in at_once(claim, claim) if one} == asked


def test_two_workers_at_once_do_every_job_once(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for subject in range(1, 7):
        ask(subject)
    meet_at(monkeypatch, queue, "_take")

    def work() -> int:
        with app.app_context():
            return run_due(clock)

    assert sum(at_once(work, work)) == 6
    assert [chunks_of(subject) for subject in range(1, 7)] == [[1, 2, 3, 4]] * 6


def test_a_killed_workers_job_goes_on_after_its_last_part(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Nothing that a worker catches."""

    def handle(job: Job, heart: Heart, clock: Clock) -> None:
        put_chunk(1, 1, heart, clock)
        put_chunk(1, 2, heart, clock)
        with write() as session:
            heart.step(session, 3, CHUNKS)
            raise Killed

    job_id = ask()
    with monkeypatch.context() as patch:
        patch.setitem(kinds.HANDLERS, KIND, handle)
        with pytest.raises(Killed):
            run_due(clock)
    assert (job_row(job_id).state, job_row(job_id).progress) == ("working", 2)
    clock.set(START + STALE)
    assert run_due(clock) == 0
    clock.set(START + OLD)
    assert run_due(clock) == 1
    assert (job_row(job_id).state, chunks_of()) == ("done", [1, 2, 3, 4])


def test_a_worker_that_was_overtaken_commits_nothing_more(clock: FakeClock) -> None:
    job_id = ask()
    slow = Heart(take(clock), clock)
    put_chunk(1, 1, slow, clock)
    clock.set(START + OLD)
    quick = Heart(take(clock), clock)
    with pytest.raises(Lost):
        slow.beat(2, CHUNKS)
    with pytest.raises(Lost):
        put_chunk(1, 2, slow, clock)
    put_chunk(1, 2, quick, clock)
    assert (chunks_of(), job_row(job_id).tries) == ([1, 2], 0)


def test_a_part_that_is_rolled_back_costs_the_worker_nothing(clock: FakeClock) -> None:
    ask()
    heart = Heart(take(clock), clock)
    clock.advance(seconds=5)
    with pytest.raises(RuntimeError):
        put_and_fail(1, heart)
    put_chunk(1, 1, heart, clock)
    assert chunks_of() == [1]


def test_a_heartbeat_keeps_others_away_and_tells_the_progress(clock: FakeClock) -> None:
    job_id = ask()
    heart = Heart(take(clock), clock)
    clock.set(START + OLD)
    heart.beat(1, CHUNKS)
    heart.beat(2, CHUNKS)
    row = job_row(job_id)
    assert (row.progress, row.total, row.heartbeat_at) == (1, CHUNKS, START + OLD)
    assert queue.claim(clock(), [KIND]) is None


def test_whoever_would_take_over_waits_for_the_part_that_is_being_committed(
    app: Flask, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    heart = Heart(take(clock), clock)
    clock.set(START + OLD)
    halt = Halt(monkeypatch, queue, "move")
    step = in_thread(app, lambda: put_chunk(1, 1, heart, clock))
    claim = in_thread(app, lambda: queue.claim(clock(), [KIND]))
    with meanwhile(step):
        halt.wait()
        with meanwhile(claim) as overtaking:
            halt.let_go()
        assert overtaking.result() is None
    assert chunks_of() == [1]


def test_what_is_cancelled_while_it_is_worked_on_stops_at_once(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handle(job: Job, heart: Heart, clock: Clock) -> None:
        put_chunk(1, 1, heart, clock)
        with write() as session:
            assert queue.cancel(session, KIND, 1, clock())
        put_chunks(job, heart, clock)

    monkeypatch.setitem(kinds.HANDLERS, KIND, handle)
    job_id = ask()
    assert run_due(clock) == 1
    assert (job_row(job_id).state, chunks_of()) == ("cancelled", [1])


def test_a_cancelled_job_is_never_done_and_cancelled_once(clock: FakeClock) -> None:
    job_id, other = ask(), ask(2)
    with write() as session:
        assert queue.cancel(session, KIND, 1, START)
        assert not queue.cancel(session, KIND, 1, START)
    assert run_due(clock) == 1
    assert (job_row(job_id).state, job_row(other).state) == ("cancelled", "done")


def test_a_job_whose_subject_has_moved_on_ends_at_once(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handle(job: Job, heart: Heart, clock: Clock) -> None:
        with write() as session:
            heart.step(session, 1, CHUNKS)
            raise Lost

    monkeypatch.setitem(kinds.HANDLERS, KIND, handle)
    job_id = ask()
    assert run_due(clock) == 1
    row = job_row(job_id)
    assert (row.state, row.finished_at, row.progress) == ("cancelled", START, 0)

"""Workers that take turns in any order: each part of a job is committed once."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview.services.jobs import queue
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Lost
from interview.services.unit import write
from tests.support.clock import FakeClock
from tests.support.jobs import (
    KIND,
    OLD,
    ask,
    change_job,
    chunks_of,
    job_row,
    put_and_fail,
    put_chunk,
)

SUBJECTS = count(1000)

ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), st.integers(0, 2)),
        st.tuples(st.just("prepare"), st.integers(0, 2)),
        st.tuples(st.just("commit"), st.integers(0, 2)),
        st.tuples(st.just("fail"), st.integers(0, 2)),
        st.tuples(st.just("pass"), st.just(0)),
        st.tuples(st.just("cancel"), st.just(0)),
    ),
    max_size=25,
)


class Workers:
    """Three workers, each of which may be at a job and may have prepared a part of it."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock, self.subject = clock, next(SUBJECTS)
        self.job_id = ask(self.subject)
        self.hearts: dict[int, Heart] = {}
        self.prepared: dict[int, int] = {}

    def claim(self, who: int) -> None:
        job = queue.claim(self.clock(), [KIND])
        if job is not None:
            assert job.id == self.job_id
            self.hearts[who] = Heart(job, self.clock)
            self.prepared.pop(who, None)

    def prepare(self, who: int) -> None:
        self.prepared[who] = len(chunks_of(self.subject)) + 1

    def commit(self, who: int) -> None:
        if who in self.hearts and who in self.prepared:
            try:
                put_chunk(self.subject, self.prepared.pop(who), self.hearts[who], self.clock)
            except Lost:
                del self.hearts[who]

    def fail(self, who: int) -> None:
        if who in self.hearts:
            with pytest.raises((Lost, RuntimeError)):
                put_and_fail(99, self.hearts[who])

    def cancel(self, _who: int) -> None:
        with write() as session:
            queue.cancel(session, KIND, self.subject, self.clock())
        self.ended = chunks_of(self.subject)

    def pass_(self, _who: int) -> None:
        self.clock.set(self.clock() + OLD)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_however_workers_take_turns_each_part_is_committed_once(
    clock: FakeClock, actions: list[tuple[str, int]]
) -> None:
    workers = Workers(clock)
    for name, who in actions:
        getattr(workers, "pass_" if name == "pass" else name)(who)
    done = chunks_of(workers.subject)
    assert done == list(range(1, len(done) + 1))
    row = job_row(workers.job_id)
    assert row.progress == len(done)
    if row.state == "cancelled":
        assert done == workers.ended
    change_job(workers.job_id, state="done")

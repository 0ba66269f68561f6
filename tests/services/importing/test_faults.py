"""What fails, stops or comes twice: nothing half-written, and everything once."""

from typing import Any

import pytest
import sqlalchemy as sa

from interview.services.bank_writing import BankWriter
from interview.services.importing import accepting, jobs, running, stages
from interview.services.importing.records import Choices, NotNow
from interview.services.jobs import listing, operating, queue
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import MOST_TRIES, Job, Lost
from interview.services.principals import Principal
from interview.services.spots import Spot
from tests.support.attempts import add_person
from tests.support.classes import principal
from tests.support.clock import START, FakeClock
from tests.support.imports import (
    as_file,
    bare,
    imported,
    questions_of,
    row,
    row_counts,
    send,
    shown,
    whole,
    work,
)
from tests.support.jobs import OLD


def test_an_exception_in_the_middle_of_writing_leaves_no_row(
    person: Principal, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = send(person, as_file(whole(), bare("second", "What else?")), None)
    work(clock)
    accepting.accept(person, import_id, START, copies=False)
    before = row_counts()

    def broken(*_: Any) -> None:
        raise RuntimeError("the disk is on fire")

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "put_items", broken)
        work(clock)
    assert row_counts() == before
    screen = shown(person, import_id)
    assert (screen.state, screen.may_retry) == ("failed", True)
    accepting.retry(person, import_id, START)
    work(clock)
    accepting.accept(person, import_id, START, copies=False)
    work(clock)
    assert shown(person, import_id).state == "done"
    assert len(questions_of(person.id)) == 2


def take(clock: FakeClock) -> Job:
    """Have a worker take the import, and be killed before it does anything."""
    job = queue.claim(clock(), [jobs.KIND])
    assert job is not None
    return job


def work_on(job: Job, clock: FakeClock) -> None:
    running.work(job, Heart(job, clock), clock)


def test_a_stage_that_lost_its_worker_is_begun_again_once_its_heartbeat_is_old(
    person: Principal, clock: FakeClock
) -> None:
    import_id = send(person, as_file(whole()))
    for ends in ("read", "done"):
        assert jobs.begin(take(clock).subject_id) is not None
        assert shown(person, import_id).state in ("reading", "writing")
        assert work(clock) == 0
        clock.advance(seconds=OLD.total_seconds())
        assert work(clock) == 1
        assert shown(person, import_id).state == ends
        if ends == "read":
            accepting.accept(person, import_id, clock(), copies=False)
    clock.advance(seconds=OLD.total_seconds())
    assert work(clock) == 0
    assert len(questions_of(person.id)) == 1


def test_a_worker_that_was_overtaken_writes_nothing(person: Principal, clock: FakeClock) -> None:
    import_id = send(person, as_file(whole()))
    work(clock)
    accepting.accept(person, import_id, clock(), copies=False)
    slow = take(clock)
    assert queue.claim(clock(), [jobs.KIND]) is None
    clock.advance(seconds=OLD.total_seconds())
    quick = take(clock)
    with pytest.raises(Lost):
        work_on(slow, clock)
    assert questions_of(person.id) == {}
    task = jobs.begin(import_id)
    assert task is not None
    work_on(quick, clock)
    with pytest.raises(Lost):
        stages.write_out(task, Heart(slow, clock), clock)
    assert len(questions_of(person.id)) == 1


def test_a_file_that_ends_its_worker_again_and_again_is_given_up(
    person: Principal, clock: FakeClock
) -> None:
    import_id = send(person, as_file(whole()))
    for _ in range(MOST_TRIES):
        take(clock)
        clock.advance(seconds=OLD.total_seconds())
    work(clock)
    screen = shown(person, import_id)
    assert (screen.state, screen.may_retry) == ("failed", True)


def test_what_is_dropped_while_it_is_read_stays_dropped(
    person: Principal, clock: FakeClock
) -> None:
    import_id = send(person, as_file(whole()))
    job = take(clock)
    task = jobs.begin(import_id)
    assert task is not None
    accepting.drop(person, import_id, clock())
    with pytest.raises(Lost):
        stages.read(task, Heart(job, clock), clock)
    assert (shown(person, import_id).state, row(import_id).content) == ("dropped", b"")
    accepting.drop(person, import_id, clock())
    assert jobs.begin(import_id) is None


def test_what_was_given_up_is_read_when_its_job_is_tried_again(
    person: Principal, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_id = send(person, as_file(whole()))
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "put_items", None)
        work(clock)
    root = principal(add_person("Root", role="admin"))
    (line,) = listing.listing(root, "failed", Spot(), clock()).lines
    assert line.error == "TypeError: 'NoneType' object is not callable"
    operating.retry(root, line.id, clock())
    work(clock)
    assert shown(person, import_id).state == "read"


def test_accepting_twice_imports_once(person: Principal, clock: FakeClock) -> None:
    screen = imported(person, as_file(whole()), clock)
    accepting.accept(person, screen.id, START, copies=False)
    assert work(clock) == 0
    with pytest.raises(NotNow):
        accepting.drop(person, screen.id, START)
    assert len(questions_of(person.id)) == 1


def test_a_name_that_is_taken_at_the_same_moment_is_made_another(
    person: Principal, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = iter([True, False])

    def write_questions(self: BankWriter, records: Any) -> Any:
        if next(taken):
            raise sa.exc.IntegrityError("taken", None, Exception())
        return original(self, records)

    original = BankWriter.write_questions
    monkeypatch.setattr(BankWriter, "write_questions", write_questions)
    assert imported(person, as_file(whole()), clock).state == "done"


def test_what_no_database_would_store_breaks_nothing(person: Principal, clock: FakeClock) -> None:
    content = as_file(whole(prompt="What is \ud800 it, \0?")).replace(b"Things", b"Th\\u0000ings")
    choices = Choices(topic="a\0b", tags=("c\0",), set_title="\ud800")
    import_id = send(person, content, choices, name="x\0.json")
    work(clock)
    screen = shown(person, import_id)
    assert screen.state in ("read", "failed")
    assert not screen.may_import

"""What administrators read of the work, and what they do about it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from interview.services import outbox
from interview.services.attempts.loading import LARGEST
from interview.services.attempts.records import NotFound
from interview.services.classes.access import Forbidden
from interview.services.jobs import kinds, listing, operating, queue
from interview.services.jobs.listing import PAGE, PATIENCE, Outbox
from interview.services.jobs.operating import NotNow
from interview.services.jobs.records import MOST_TRIES
from interview.services.jobs.running import run_due
from interview.services.principals import Principal
from interview.services.spots import Spot
from interview.services.unit import write
from interview.store.mail import OutgoingMail
from tests.support.attempts import add_person
from tests.support.classes import principal
from tests.support.clock import START, FakeClock
from tests.support.jobs import KIND, OLD, ask, change_job, chunks_of, job_row

MOMENT = timedelta(seconds=1)


@pytest.fixture
def root() -> Principal:
    return principal(add_person("Root", role="admin"))


def shown(root: Principal, state: str = "", **spot: int) -> list[int]:
    return [one.id for one in listing.listing(root, state, Spot(**spot), START).lines]


def add_mail(**values: object) -> None:
    row = {"kind": "reset", "address": "a@example.org", "payload": {}, "tries": 0, **values}
    with write() as session:
        session.add(OutgoingMail(**{"created_at": START, "due_at": START, **row}))


def test_jobs_are_read_a_page_at_a_time_there_and_back(root: Principal) -> None:
    jobs = [ask(subject) for subject in range(PAGE + 2)]
    newest = listing.listing(root, "", Spot(), START)
    assert [one.id for one in newest.lines] == jobs[:1:-1]
    assert (newest.newer, newest.older) == (None, jobs[2])
    oldest = listing.listing(root, "", Spot(before=jobs[2]), START)
    assert ([one.id for one in oldest.lines], oldest.older) == ([jobs[1], jobs[0]], None)
    assert oldest.newer == jobs[1]
    assert shown(root, after=jobs[1]) == jobs[:1:-1]


def test_a_state_picks_its_jobs_and_all_are_counted(root: Principal, clock: FakeClock) -> None:
    done, waiting = ask(1), ask(2)
    change_job(waiting, due_at=START + OLD)
    run_due(clock)
    assert (shown(root, "done"), shown(root, "waiting"), shown(root, "failed")) == (
        [done],
        [waiting],
        [],
    )
    assert listing.overview(root, START).counts == {
        "waiting": 1,
        "working": 0,
        "done": 1,
        "failed": 0,
        "cancelled": 0,
    }


def test_a_line_says_whose_it_is_and_when_its_worker_was_heard_of(
    root: Principal, clock: FakeClock
) -> None:
    ada = add_person("Ada")
    ask(7, owner_id=ada)
    queue.claim(START, [KIND])
    (line,) = listing.listing(root, "", Spot(), START + MOMENT).lines
    assert (line.owner, line.subject_id, line.tries, line.silent) == ("Ada", 7, 1, MOMENT)
    assert (line.is_lost, line.may_cancel, line.may_retry) == (False, True, False)
    (line,) = listing.listing(root, "", Spot(), START + OLD).lines
    assert line.is_lost


def test_mail_is_counted_with_the_last_refusal(root: Principal) -> None:
    assert listing.overview(root, START).outbox == Outbox(0, 0, 0, "")
    add_mail()
    add_mail(tries=6, done_at=START, error="no such person")
    add_mail(tries=1, error="try later")
    add_mail(tries=1, done_at=START)
    assert listing.overview(root, START).outbox == Outbox(2, 1, 1, "try later")


def test_what_is_due_for_long_shows_that_no_worker_runs(root: Principal) -> None:
    long_after = START + PATIENCE + MOMENT
    assert not listing.overview(root, long_after).is_idle
    job_id = ask()
    assert not listing.overview(root, START + PATIENCE).is_idle
    assert listing.overview(root, long_after).is_idle
    queue.claim(START, [KIND])
    assert listing.overview(root, long_after).is_idle
    change_job(job_id, state="done")
    assert not listing.overview(root, long_after).is_idle
    with write() as session:
        outbox.enqueue(session, "reset", "a@example.org", {}, START)
    assert listing.overview(root, long_after).is_idle


def test_what_failed_goes_on_when_it_is_tried_again(root: Principal, clock: FakeClock) -> None:
    job_id = ask()
    change_job(job_id, state="failed", tries=MOST_TRIES, finished_at=START, error="no")
    operating.retry(root, job_id, START)
    row = job_row(job_id)
    assert (row.state, row.tries, row.finished_at) == ("waiting", 0, None)
    run_due(clock)
    assert (job_row(job_id).state, chunks_of()) == ("done", [1, 2, 3, 4])
    with pytest.raises(NotNow):
        operating.retry(root, job_id, START)


def test_what_is_stopped_tells_its_subject_in_the_same_transaction(
    root: Principal, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hook(session: Session, subject_id: int, now: datetime) -> None:
        outbox.enqueue(session, str(subject_id), "a@example.org", {"number": 99}, now)

    monkeypatch.setitem(kinds.FAILED, KIND, hook)
    job_id = ask()
    operating.stop(root, job_id, START)
    row = job_row(job_id)
    assert (row.state, row.error, row.finished_at) == ("cancelled", "Stopped by Root.", START)
    with pytest.raises(NotNow):
        operating.stop(root, job_id, START)
    assert (run_due(clock), chunks_of()) == (0, [99])
    operating.retry(root, job_id, START)
    assert job_row(job_id).state == "waiting"


def test_jobs_are_for_administrators_alone(root: Principal) -> None:
    ada, job_id = principal(add_person("Ada", role="instructor")), ask()
    for forbidden in (
        lambda: listing.overview(ada, START),
        lambda: listing.listing(ada, "", Spot(), START),
        lambda: operating.retry(ada, job_id, START),
        lambda: operating.stop(ada, job_id, START),
    ):
        with pytest.raises(Forbidden):
            forbidden()
    for number in (job_id + 1, LARGEST + 1):
        with pytest.raises(NotFound):
            operating.stop(root, number, START)

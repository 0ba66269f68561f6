"""What a worker does about jobs: takes what is due, has it done, and notes how it ended.

A job that is cut off has committed its steps and nothing else. Once its heartbeat is old it is
taken over, and goes on after the last of them.
"""

import logging
from threading import BoundedSemaphore

from interview.services.database import busy_errors
from interview.services.jobs import ending, kinds, queue
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import MOST_TRIES, Clock, GivenUp, Job, Lost

MOST_AT_ONCE = 2
"""Threads of a process that work on jobs: a small one need not wait for a large one."""

GONE = f"Its worker stopped {MOST_TRIES} times while it was at it."

_log = logging.getLogger(__name__)
_places = BoundedSemaphore(MOST_AT_ONCE)


def run_due(clock: Clock) -> int:
    """Work on every job that is due, one after another.

    Parameters
    ----------
    clock : callable
        Tells the present moment: a large job takes many of them.

    Returns
    -------
    int
        How many were worked on; 0 where enough threads of this process are at it.
    """
    if not _places.acquire(blocking=False):
        return 0
    try:
        done = 0
        while job := queue.claim(clock(), kinds.HANDLERS):
            _run(job, clock)
            done += 1
        return done
    finally:
        _places.release()


def _run(job: Job, clock: Clock) -> None:
    try:
        _work(job, clock)
    except Lost:
        _log.info("job %s was cancelled or taken over", job.id)
    except Exception:  # noqa: BLE001 - logged; it is taken over once its heartbeat is old
        # One job that cannot even be put back must not hold up everybody else's.
        _log.exception("job %s could not be ended", job.id)


def _work(job: Job, clock: Clock) -> None:
    try:
        if job.tries > MOST_TRIES:
            ending.give_up(job, GONE, clock())
        else:
            kinds.HANDLERS[job.kind](job, Heart(job, clock), clock)
            ending.done(job, clock())
    except Lost:
        # Raised again where the job is another's; else it would look as if its worker had died.
        ending.cancelled(job, clock())
    except busy_errors():
        _log.warning("job %s waits: the database is busy", job.id)
        ending.put_back(job, clock())
    except Exception as error:  # noqa: BLE001 - logged, and mostly tried again after a pause
        _log.exception("job %s (%s %s) failed", job.id, job.kind, job.subject_id)
        if isinstance(error, GivenUp):
            ending.give_up(job, ending.told(error.__cause__ or error), clock())
        else:
            ending.failed(job, error, clock())

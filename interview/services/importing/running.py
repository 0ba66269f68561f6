"""What the worker does about imports: reads files, and writes what was accepted.

A stage that is cut off has written nothing; its import is taken up again once its heartbeat is
old. Everything of a stage is committed together with the state that ends it.
"""

import logging
from datetime import datetime
from threading import Lock

from interview.formats.imported import Notice, Unreadable
from interview.services.database import busy_errors
from interview.services.importing import jobs
from interview.services.importing.jobs import Clock, Job, Lost
from interview.services.importing.telling import told
from interview.services.unit import write

BROKEN = "Something went wrong on our side while this was worked on. Nothing was imported."
GONE = "The worker stopped three times while it was at this file. Nothing was imported."

_log = logging.getLogger(__name__)
_at_work = Lock()


def run_due(clock: Clock) -> int:
    """Work on every import that is due, one after another.

    Parameters
    ----------
    clock : callable
        Tells the present moment: a large file takes many of them.

    Returns
    -------
    int
        How many were worked on; 0 where another thread of this process is at it.
    """
    if not _at_work.acquire(blocking=False):
        return 0
    try:
        jobs.forget(clock())
        done = 0
        while job := jobs.claim(clock()):
            _run(job, clock)
            done += 1
        return done
    finally:
        _at_work.release()


def _run(job: Job, clock: Clock) -> None:
    # The file formats stand on pydantic and YAML, which wait until there is a file.
    from interview.services.importing import stages  # noqa: PLC0415

    try:
        if job.tries > jobs.MOST_TRIES:
            _fail(job, Notice("error", 0, GONE), clock(), may_retry=True)
        elif job.stage == "reading":
            stages.read(job, clock)
        else:
            stages.write_out(job, clock)
    except Unreadable as error:
        _fail(job, Notice("error", error.line, str(error)), clock(), may_retry=False)
    except Lost:
        _log.info("import %s was dropped or taken over", job.id)
    except busy_errors():
        _log.warning("import %s waits: the database is busy", job.id)
    except Exception:  # noqa: BLE001 - logged, and told to whoever sent the file
        # One file that breaks something must not hold up everybody else's.
        _log.exception("import %s failed", job.id)
        _fail(job, Notice("error", 0, BROKEN), clock(), may_retry=True)


def _fail(job: Job, notice: Notice, now: datetime, *, may_retry: bool) -> None:
    summary = {"problems": told([notice]), "may_retry": may_retry}
    try:
        with write() as session:
            jobs.move(session, job, state="failed", summary=summary, finished_at=now)
    except Lost:
        _log.info("import %s was dropped or taken over", job.id)

"""What each kind of job does, and what is to be said when it is given up."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Clock, Job

Handler = Callable[[Job, Heart, Clock], None]
Hook = Callable[[Session, int, datetime], None]


def _regrade(job: Job, heart: Heart, clock: Clock) -> None:
    # The grader is loaded by a worker that has something to grade.
    from interview.services.regrading import running  # noqa: PLC0415

    running.work(job, heart, clock)


def _regrade_failed(session: Session, run_id: int, now: datetime) -> None:
    from interview.services.regrading import running  # noqa: PLC0415

    running.failed(session, run_id, now)


def _import(job: Job, heart: Heart, clock: Clock) -> None:
    from interview.services.importing import running  # noqa: PLC0415

    running.work(job, heart, clock)


def _import_failed(session: Session, import_id: int, now: datetime) -> None:
    from interview.services.importing import running  # noqa: PLC0415

    running.failed(session, import_id, now)


HANDLERS: dict[str, Handler] = {"regrade": _regrade, "import": _import}
"""By kind: does the work, beating and stepping. It may be begun again after any step, and also
for a subject that was told that it failed: an administrator can have that tried again."""

FAILED: dict[str, Hook] = {"regrade": _regrade_failed, "import": _import_failed}
"""By kind: tells the subject, in the transaction that gives the job up."""


def tell_failed(session: Session, kind: str, subject_id: int, now: datetime) -> None:
    """Let the subject of a job know that it will not be done."""
    if hook := FAILED.get(kind):
        hook(session, subject_id, now)

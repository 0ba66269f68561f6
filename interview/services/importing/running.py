"""What the worker does about an import: reads its file, or writes what was accepted of it.

A stage that is cut off has written nothing, and is begun again. Everything of a stage is
committed together with the state that ends it, and with the step of its job.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.formats.imported import Notice, Unreadable
from interview.services.database import busy_errors
from interview.services.importing import jobs
from interview.services.importing.telling import told
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Clock, GivenUp, Job, Lost
from interview.services.unit import UNSYNCED, write
from interview.store.imports import Import

BROKEN = "Something went wrong on our side while this was worked on. Nothing was imported."

_UNFINISHED = ("waiting", "reading", "accepted", "writing")


def work(job: Job, heart: Heart, clock: Clock) -> None:
    """Do the stage that an import is due for.

    Raises
    ------
    Lost
        When the import was dropped, or its job taken over.
    GivenUp
        When something went wrong: whoever sent the file says whether it is tried again.
    """
    task = jobs.begin(job.subject_id)
    if task is None:
        return
    try:
        _work(task, heart, clock)
    except Lost:
        raise
    except busy_errors():
        raise
    except Exception as error:
        raise GivenUp from error


def _work(task: jobs.Task, heart: Heart, clock: Clock) -> None:
    # The file formats stand on pydantic and YAML, which wait until there is a file.
    from interview.services.importing import stages  # noqa: PLC0415

    try:
        (stages.read if task.stage == "reading" else stages.write_out)(task, heart, clock)
    except Unreadable as error:
        notice = Notice("error", error.line, str(error))
        with write() as session:
            heart.step(session, 0, 0)
            jobs.move(session, task, **_failure(notice, clock(), may_retry=False))


def failed(session: Session, import_id: int, now: datetime) -> None:
    """Tell whoever sent the file that it was given up."""
    values = _failure(Notice("error", 0, BROKEN), now, may_retry=True)
    session.execute(
        sa.update(Import)
        .where(Import.id == import_id, Import.state.in_(_UNFINISHED))
        .values(values),
        execution_options=UNSYNCED,
    )


def _failure(notice: Notice, now: datetime, *, may_retry: bool) -> dict[str, object]:
    summary = {"problems": told([notice]), "may_retry": may_retry}
    return {"state": "failed", "summary": summary, "finished_at": now}

"""The two stages of an import: reading its file, and writing what was shown of it."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from interview.formats.imported import Notice
from interview.services import audit
from interview.services.audit import Change
from interview.services.importing import into_sets, jobs, writing
from interview.services.importing.duplicates import Reader
from interview.services.importing.into_sets import NewSet
from interview.services.importing.jobs import Task
from interview.services.importing.planning import Plan, Source, plan
from interview.services.importing.records import Choices
from interview.services.importing.telling import item_rows, summary_of
from interview.services.jobs.heart import Heart
from interview.services.jobs.records import Clock
from interview.services.principals import Principal, load_principal
from interview.services.unit import UNSYNCED, write
from interview.store.db import db
from interview.store.imports import Import
from interview.store.users import User

MOST_COLLISIONS = 3
"""How often others may take the names of the new questions at the same moment."""

NO_AUTHOR = Notice("error", 0, "Your account may not make questions any more.")


def read(task: Task, heart: Heart, clock: Clock) -> None:
    """Read a file, and keep what would be made of it.

    Raises
    ------
    Unreadable
        When it holds nothing that could be imported.
    Lost
        When the import was dropped meanwhile.
    """
    read_now = _plan(task, heart, clock)
    session, choices = db.session(), Choices.of(task.settings)
    imagined = writing.imagined(session, read_now)
    sets = into_sets.new_sets(session, imagined, choices.set_title, Reader(task.owner_id))
    _show(task, heart, _beside(read_now, sets), [one.title for one in sets])


def write_out(task: Task, heart: Heart, clock: Clock) -> None:
    """Write everything of a file, or nothing.

    Raises
    ------
    Unreadable, Lost
        As `read` does.
    """
    read_now = _plan(task, heart, clock)
    person = _owner(task)
    if person is None or not person.is_author:
        read_now = replace(read_now, notices=(*read_now.notices, NO_AUTHOR))
    if person is None or read_now.has_errors:
        _show(task, heart, read_now, [])
        return
    for last in (*(False,) * (MOST_COLLISIONS - 1), True):
        try:
            with write() as session:
                _write_all(session, task, heart, person, read_now, clock())
        except IntegrityError:
            if last:
                raise
        else:
            return


def _plan(task: Task, heart: Heart, clock: Clock) -> Plan:
    source = Source(task.content, task.name)
    choices, reader = Choices.of(task.settings), Reader(task.owner_id)
    return plan(source, choices, reader, clock().date(), heart.beat)


def _show(task: Task, heart: Heart, read_now: Plan, sets: list[str]) -> None:
    summary, total = {**summary_of(read_now), "sets": sets}, len(read_now.items)
    with write() as session:
        heart.step(session, total, total)
        jobs.move(session, task, state="read", summary=summary, progress=total, total=total)
        jobs.put_items(session, task, item_rows(read_now, {}))


def _beside(read_now: Plan, sets: list[NewSet]) -> Plan:
    """The plan with what cannot be made of its sets."""
    return replace(read_now, notices=(*read_now.notices, *(n for one in sets for n in one.notices)))


def _write_all(
    session: Session, task: Task, heart: Heart, person: Principal, read_now: Plan, now: datetime
) -> None:
    choices, reader = Choices.of(task.settings), Reader(task.owner_id)
    # First of all, so that whoever would drop it or take it over waits for this to end.
    heart.step(session, len(read_now.items), len(read_now.items))
    jobs.move(session, task, state="done", content=b"", finished_at=now)
    _hold(session, task.owner_id)
    written = writing.write_questions(session, read_now, reader, now, copies=choices.copies)
    sets = into_sets.new_sets(session, written, choices.set_title, reader)
    made_sets = into_sets.write_sets(session, person, sets, now)
    done = _beside(written.plan, sets)
    jobs.put_items(session, task, item_rows(done, written.made))
    summary = {**summary_of(done), "made_sets": made_sets}
    session.execute(
        sa.update(Import)
        .where(Import.id == task.id)
        .values(summary=summary, progress=len(done.items), total=len(done.items)),
        execution_options=UNSYNCED,
    )
    told = {"questions": summary["made"], "format": done.format, "sets": len(made_sets)}
    audit.note(session, person, Change("question.imported", task.name, details=told), now)


def _hold(session: Session, user_id: int) -> None:
    """Have a person's other imports wait: they look for duplicates of what is written here.

    An update that changes nothing: the one statement that locks on both databases.
    """
    session.execute(
        sa.update(User).where(User.id == user_id).values(id=User.id), execution_options=UNSYNCED
    )


def _owner(task: Task) -> Principal | None:
    epoch = db.session.scalar(sa.select(User.auth_epoch).where(User.id == task.owner_id))
    return None if epoch is None else load_principal(task.owner_id, epoch)

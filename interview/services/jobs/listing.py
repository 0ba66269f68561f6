"""The work of the workers as administrators see it: jobs, and mail that waits to be sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from interview.services import spots
from interview.services.classes.access import Forbidden
from interview.services.jobs.records import STALE
from interview.services.principals import Principal
from interview.services.spots import Spot
from interview.store import jobs as store
from interview.store.db import db
from interview.store.mail import OutgoingMail
from interview.store.types import AnyRow as Row
from interview.store.users import User

PAGE = 25
STATES = ("waiting", "working", "done", "failed", "cancelled")
PATIENCE = timedelta(minutes=2)
"""What has been due for so long without a worker's taking it up shows that none is running."""

_jobs, _mail = store.Job, OutgoingMail


@dataclass(frozen=True, slots=True)
class JobLine:
    """One job.

    Attributes
    ----------
    owner : str
        Who asked for it; empty where the account is gone, or nobody did.
    tries : int
        How often it was begun without getting further.
    due_at : datetime
        Before this moment no worker takes it.
    silent : timedelta or None
        How long its worker has not been heard of; None where no worker has it.
    """

    id: int
    kind: str
    subject_id: int
    owner: str
    state: str
    progress: int
    total: int
    tries: int
    error: str
    created_at: datetime
    due_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    silent: timedelta | None

    @property
    def is_lost(self) -> bool:
        """Whether its worker seems to be gone."""
        return self.silent is not None and self.silent > STALE

    @property
    def may_cancel(self) -> bool:
        """Whether it is not over yet."""
        return self.state in ("waiting", "working")

    @property
    def may_retry(self) -> bool:
        """Whether it ended before it was done."""
        return self.state in ("failed", "cancelled")


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of jobs; ``older`` and ``newer`` are the places beside it, or None."""

    lines: tuple[JobLine, ...]
    older: int | None
    newer: int | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """The mail that waits, and what was not sent for good.

    Attributes
    ----------
    tried : int
        How many of those that wait could not be sent so far.
    last_error : str
        Of the newest mail that could not be sent, for good or so far.
    """

    waiting: int
    tried: int
    failed: int
    last_error: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to do.

    Attributes
    ----------
    counts : dict of str to int
        Jobs by state.
    is_idle : bool
        Whether something has been due for long and no worker has taken it up.
    """

    counts: dict[str, int]
    outbox: Outbox
    is_idle: bool


def overview(person: Principal, now: datetime) -> Overview:
    """Count what there is to do.

    Raises
    ------
    Forbidden
        When the person does not look after the installation.
    """
    _see(person)
    counted = db.session.execute(sa.select(_jobs.state, sa.func.count()).group_by(_jobs.state))
    counts = {row[0]: row[1] for row in counted}
    return Overview(
        counts={state: counts.get(state, 0) for state in STATES},
        outbox=_outbox(),
        is_idle=_is_idle(now),
    )


def listing(person: Principal, state: str, spot: Spot, now: datetime) -> Listing:
    """Read one page of jobs, the newest first.

    Parameters
    ----------
    state : str
        Only those in this state; empty for all.

    Raises
    ------
    Forbidden
        As `overview` does.
    """
    _see(person)
    wanted = _LINES.where(_jobs.state == state) if state else _LINES
    part = spots.read(wanted, _jobs.id, spot, PAGE)
    return Listing(tuple(_line(row, now) for row in part.rows), part.older, part.newer)


_LINES = sa.select(
    *sa.inspect(_jobs).columns, sa.func.coalesce(User.display_name, "").label("owner")
).outerjoin(User, User.id == _jobs.owner_id)


def _see(person: Principal) -> None:
    if not person.is_admin:
        raise Forbidden


def _line(row: Row, now: datetime) -> JobLine:
    working = row.state == "working"
    return JobLine(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        owner=row.owner,
        state=row.state,
        progress=row.progress,
        total=row.total,
        tries=row.tries,
        error=row.error,
        created_at=row.created_at,
        due_at=row.due_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        silent=now - row.heartbeat_at if working and row.heartbeat_at else None,
    )


def _outbox() -> Outbox:
    waits, went_wrong = _mail.done_at.is_(None), _mail.error.is_not(None)
    row = db.session.execute(
        sa.select(
            sa.func.count().filter(waits),
            sa.func.count().filter(waits, went_wrong),
            sa.func.count().filter(~waits, went_wrong),
        ).select_from(_mail)
    ).one()
    last = sa.select(_mail.error).where(went_wrong).order_by(_mail.id.desc()).limit(1)
    return Outbox(*row, last_error=(db.session.scalar(last) or "") if row[1] or row[2] else "")


def _is_idle(now: datetime) -> bool:
    """Whether a mail or a job has been due for long; one that is taken up is due later."""
    long_ago = now - PATIENCE
    mail = sa.exists().where(_mail.done_at.is_(None), _mail.due_at < long_ago)
    waits = sa.exists().where(_jobs.state == "waiting", _jobs.due_at < long_ago)
    lost = sa.exists().where(_jobs.state == "working", _jobs.heartbeat_at < long_ago)
    return bool(db.session.scalar(sa.select(sa.or_(mail, waits, lost))))

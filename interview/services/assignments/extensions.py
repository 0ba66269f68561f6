"""Asking for more time: the form as it was shown, what it asks for, what came of it."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import sqlalchemy as sa

from interview.rules.assigning import MOST_EXTRA
from interview.store.audit import AuditEntry
from interview.store.db import db

MOST_MINUTES = 60
"""What one form may add."""

MOST_HOURS_TOGETHER = MOST_EXTRA // timedelta(hours=1)

_FORM = re.compile(r"(\d{1,18})-(\d{1,13})-[0-9a-f]{16}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it was put on a page, so that sending it twice gives time once.

    Attributes
    ----------
    newest : int
        The newest entry of the audit log at that time: whatever this form has done is noted
        after it.
    shown_at : datetime
        When it was put there: who has ended since is told by name.
    """

    text: str
    newest: int
    shown_at: datetime

    @classmethod
    def parse(cls, text: str) -> "Form":
        """Read what `new_form` wrote.

        Raises
        ------
        ValueError
            When it did not.
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise ValueError("not a form of this page")
        moment = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(found[2]))
        return cls(text, int(found[1]), moment)


def new_form(class_id: int, now: datetime) -> str:
    """Name a form that is put on a page now."""
    newest = db.session.scalar(
        sa.select(sa.func.max(AuditEntry.id)).where(AuditEntry.class_id == class_id)
    )
    return f"{newest or 0}-{round(now.timestamp() * 1000)}-{token_hex(8)}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for.

    Attributes
    ----------
    attempt_id : int or None
        The attempt to extend; None for everybody who is working.
    group_id : int or None
        With everybody: of this group alone.
    """

    minutes: int
    reason: str
    form: Form
    attempt_id: int | None = None
    group_id: int | None = None

    @property
    def length(self) -> timedelta:
        """The time to add."""
        return timedelta(minutes=self.minutes)


@dataclass(slots=True)
class Extended:
    """What became of it; people by name.

    Attributes
    ----------
    given : list of str
        Who has more time now.
    ended : list of str
        Who had already ended.
    full : list of str
        To whom as much has been added as can be.
    untimed : list of str
        Whose attempt nothing ends.
    before : int
        To how many this form had given the time before; then nothing was done again.
    """

    given: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    full: list[str] = field(default_factory=list)
    untimed: list[str] = field(default_factory=list)
    before: int = 0

"""Inviting by address, one at a time or by a roster, which is always tried first."""

from dataclasses import dataclass
from datetime import datetime

from interview.formats import roster
from interview.formats.delimited import LARGEST_BYTES, Unreadable, decode, too_large
from interview.formats.roster import COLUMNS, MOST_ROWS, CellProblem, RosterRow
from interview.rules.typed import clean
from interview.services.accounts.details import DetailError, clean_name, normalise_email
from interview.services.classes.access import TEACH, place_in
from interview.services.classes.changing import hold_class
from interview.services.classes.inviting import Offer, Outlook, apply, outlook
from interview.services.classes.placing import check_group
from interview.services.principals import Principal
from interview.services.unit import write
from interview.store.db import db

__all__ = ["COLUMNS", "LARGEST_BYTES", "MOST_ROWS", "Unreadable", "decode", "too_large"]

EXAMPLE = (
    COLUMNS,
    ("Ada Lovelace", "ada@example.org", "learner", "Monday", ""),
    ("Alan Turing", "alan@example.org", "learner", "Monday", "1.5"),
    ("Grace Hopper", "grace@example.org", "assistant", "", ""),
)


class ProblemsLeft(Exception):
    """Rows are wrong, and nobody said that they may be left out."""


class Differs(Exception):
    """What would be done is not what was shown."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a roster would do.

    Attributes
    ----------
    problems : tuple of CellProblem
        By line; their rows are in none of the lists of the outlook.
    ignored : tuple of str
        Columns that say nothing here.
    """

    outlook: Outlook
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]

    @property
    def wrong_rows(self) -> int:
        """How many rows have a problem."""
        return len({problem.line for problem in self.problems})

    @property
    def count(self) -> int:
        """How many invitations it would make or change."""
        return len(self.outlook.new) + len(self.outlook.altered)


def tried(person: Principal, class_id: int, text: str) -> Trial:
    """Say what a roster would do, and do nothing.

    Raises
    ------
    Unreadable
        When it is no roster.
    NotFound, Forbidden
        As `place_in` does.
    """
    place_in(person, class_id, TEACH)
    read = _read(text)
    return Trial(outlook(db.session(), class_id, read.rows), read.problems, read.ignored)


def invite_all(
    person: Principal, class_id: int, text: str, shown: str, now: datetime, *, partly: bool
) -> Outlook:
    """Invite everybody whom a roster names rightly, all of them or nobody.

    Parameters
    ----------
    shown : str
        The digest of what was shown to the person.
    partly : bool
        Whether rows with problems may be left out.

    Raises
    ------
    Unreadable
        When it is no roster.
    ProblemsLeft
        When rows have problems and may not be left out.
    Differs
        When the text, or the class, is not what it was.
    Archived
        When the class is.
    NotFound, Forbidden
        As `place_in` does.
    """
    place_in(person, class_id, TEACH)
    read = _read(text)
    with write() as session:
        hold_class(session, class_id)
        todo = outlook(session, class_id, read.rows)
        if todo.digest != shown:
            raise Differs
        if read.problems and not partly:
            raise ProblemsLeft
        apply(session, person, class_id, todo, now)
    return todo


def invite(person: Principal, class_id: int, offer: Offer, now: datetime) -> Outlook:
    """Invite one address, or change the invitation that waits for it.

    Raises
    ------
    DetailError
        When the address or another detail cannot be used.
    Archived
        When the class is.
    NotFound, Forbidden
        As `place_in` does.
    """
    place_in(person, class_id, TEACH)
    row = _row(offer)
    with write() as session:
        hold_class(session, class_id)
        todo = outlook(session, class_id, [row])
        apply(session, person, class_id, todo, now)
    return todo


def _row(offer: Offer) -> RosterRow:
    if offer.role not in roster.ROLES:
        raise DetailError(f"A role is one of: {', '.join(roster.ROLES)}.")
    group = check_group(offer.group)
    name = clean_name(offer.name) if offer.name.strip() else ""
    email = normalise_email(offer.email)
    return RosterRow(1, name, email, offer.role, group, offer.time_factor)


def _read(text: str) -> roster.Roster:
    return roster.read(clean(text).text, normalise_email, clean_name)

"""The bank as a list: searched a part at a time, the newest questions first."""

from dataclasses import dataclass
from datetime import date, timedelta

from interview.services.bank import tags_of
from interview.services.bank_check import STALE_AFTER_DAYS
from interview.services.principals import Principal
from interview.services.sets import questions
from interview.services.sets.picking import described
from interview.store import bank_search
from interview.store.bank_search import STATUSES, Stretch, Wanted
from interview.store.db import db
from interview.store.types import AnyRow as Row

PAGE = 30
SEARCHED_AT_ONCE = 2000
"""Questions that one search looks through; the next page goes on where it stopped."""

OWNERS = {"mine": "Mine", "shared": "Other authors", "installation": "This server"}
DIFFICULTIES = questions.DIFFICULTIES

_MOST_WORDS = 8
_OWN_TOPICS = 500


@dataclass(frozen=True, slots=True)
class BankSearch:
    """What is looked for; empty is any.

    Attributes
    ----------
    words : str
        All of them must occur in the prompt, a tag, or the first reference.
    owner : str
        A key of `OWNERS`.
    stale : bool
        Only what nobody has verified for `bank_check.STALE_AFTER_DAYS`.
    after : int
        Where to go on, as the page before said.
    """

    words: str = ""
    topic: str = ""
    tag: str = ""
    difficulty: str = ""
    status: str = ""
    owner: str = ""
    stale: bool = False
    after: int = 0


@dataclass(frozen=True, slots=True)
class BankLine:
    """One question in the list.

    Attributes
    ----------
    owner : str
        Name of whom it belongs to; empty for the installation's own.
    is_changed : bool
        Whether something was saved since it was published; told only to who may edit it.
    is_stale : bool
        Whether nobody has verified it for long.
    """

    id: int
    prompt: str
    topic: str
    difficulty: str
    tags: tuple[str, ...]
    status: str
    audience: str
    owner: str
    is_own: bool
    may_edit: bool
    is_changed: bool
    last_verified: date | None
    is_stale: bool


@dataclass(frozen=True, slots=True)
class BankList:
    """Some questions, and where the search goes on; it may have found none so far."""

    lines: tuple[BankLine, ...]
    next_after: int | None


def wanted(person: Principal, search: BankSearch, today: date) -> Wanted:
    """A search as the store makes it, for whoever asks."""
    return Wanted(
        reader_id=person.id,
        sees_all=person.is_admin,
        words=tuple(described(search.words).split()[:_MOST_WORDS]),
        topic=described(search.topic),
        tag=described(search.tag),
        difficulty=search.difficulty if search.difficulty in DIFFICULTIES else "",
        status=search.status if search.status in STATUSES else "",
        owner=search.owner if search.owner in OWNERS else "",
        not_since=stale_before(today) if search.stale else None,
    )


def search(person: Principal, asked: BankSearch, today: date) -> BankList:
    """Search what the person may see of the bank.

    Returns
    -------
    BankList
        A page may have few questions, or none, and still not be the last: one search looks
        through a part of the bank, however large the bank is.
    """
    session = db.session()
    stretch = Stretch(wanted(person, asked, today), asked.after, SEARCHED_AT_ONCE)
    rows = stretch.search(session, PAGE + 1)
    shown = rows[:PAGE]
    tags = tags_of([row.id for row in shown])
    lines = tuple(_line(person, row, tags.get(row.id, ()), today) for row in shown)
    if len(rows) > PAGE:
        return BankList(lines, shown[-1].id)
    searched, last = stretch.end(session)
    return BankList(lines, last if searched == SEARCHED_AT_ONCE else None)


def _line(person: Principal, row: Row, tags: tuple[str, ...], today: date) -> BankLine:
    may_edit = person.is_admin or row.owner_id == person.id
    verified: date | None = row.last_verified
    return BankLine(
        id=row.id,
        prompt=row.prompt or "",
        topic=row.topic,
        difficulty=row.difficulty,
        tags=tags,
        status=row.status,
        audience=row.audience,
        owner=row.owner or "",
        is_own=row.owner_id == person.id,
        may_edit=may_edit,
        is_changed=may_edit and row.changed and row.current_version_id is not None,
        last_verified=verified,
        is_stale=verified is None or verified < stale_before(today),
    )


def stale_before(today: date) -> date:
    """The day before which a verification counts as long ago."""
    return today - timedelta(days=STALE_AFTER_DAYS)


def topics(person: Principal) -> tuple[str, ...]:
    """Topics to choose from: those that the person may ask, and of their newest questions."""
    own = bank_search.topics(db.session(), person.id, _OWN_TOPICS)
    return tuple(sorted({*questions.topics(person.id), *own} - {""}))

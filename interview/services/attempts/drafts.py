"""Saving what is being typed: one statement, one commit."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from interview.rules.attempt import ANSWER_LIMIT, AttemptState, ItemState
from interview.rules.typed import clean
from interview.services.attempts.loading import Row, attempt_of, item_of
from interview.services.attempts.records import NotFound, Saved
from interview.services.attempts.settling import needs_settling
from interview.services.unit import write
from interview.store import sitting
from interview.store.db import db

LAST_WORD = 2**31 - 1
"""The sequence of a save that ends its page: one still under way comes too late."""


@dataclass(frozen=True, slots=True)
class Save:
    """A draft on its way in.

    Attributes
    ----------
    base : int
        The revision that the page last knew; 0 for none.
    writer : str
        Name of the open page.
    sequence : int
        The page's own count of saves, rising.
    """

    attempt_id: int
    position: int
    text: str
    base: int
    writer: str
    sequence: int


@dataclass(frozen=True, slots=True)
class NotSaved:
    """Why a draft was not saved.

    Attributes
    ----------
    reason : str
        ``newer`` (another page saved since), ``closed`` (handed in, or time is up),
        ``paused``, ``not shown`` or ``long``.
    text : str
        What the server has instead.
    revision : int
        The revision of that text.
    """

    reason: str
    text: str = ""
    revision: int = 0


def save_draft(user_id: int, save: Save, now: datetime) -> Saved | NotSaved:
    """Save a draft unless a newer one, a clock or a submission stands against it.

    Raises
    ------
    NotFound
        When the attempt is not the user's, or has no such question.
    """
    typed = clean(save.text)
    if len(typed.text) > ANSWER_LIMIT:
        return NotSaved("long")
    with write() as session:
        # Whoever is just handing in this attempt comes first, and then this save is refused.
        attempt = attempt_of(session, user_id, save.attempt_id, lock=True)
        if save.position > attempt.item_count:
            raise NotFound
        revision = write_draft(session, user_id, save, typed.text, now)
    if revision is None:
        return _explain(user_id, save, now)
    return Saved(revision, now, typed.replaced)


def write_draft(session: Session, user_id: int, save: Save, text: str, now: datetime) -> int | None:
    """Write a draft inside a transaction.

    Returns
    -------
    int or None
        The new revision; None when some condition of the statement failed.
    """
    return session.execute(
        sitting.SAVE_DRAFT,
        {
            "user": user_id,
            "attempt": save.attempt_id,
            "position": save.position,
            "text": text,
            "base": save.base,
            "writer": clean(save.writer).text,
            "sequence": save.sequence,
            "now": now,
        },
    ).scalar()


def _explain(user_id: int, save: Save, now: datetime) -> NotSaved:
    attempt = attempt_of(db.session(), user_id, save.attempt_id)
    item = item_of(db.session(), save.attempt_id, save.position)
    kept, revision = item.text or "", item.revision or 0
    if attempt.state == AttemptState.OPEN and attempt.paused_at is not None:
        return NotSaved("paused", kept, revision)
    if attempt.state == AttemptState.OPEN and item.state == ItemState.UNSEEN:
        return NotSaved("not shown")
    return NotSaved("newer" if _takes_text(attempt, item, now) else "closed", kept, revision)


def _takes_text(attempt: Row, item: Row, now: datetime) -> bool:
    left_behind = not attempt.returnable and attempt.position != item.position
    is_open = attempt.state == AttemptState.OPEN and item.state == ItemState.OPEN
    return is_open and not left_behind and not needs_settling(attempt, item, now)

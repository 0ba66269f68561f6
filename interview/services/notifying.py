"""Telling people what concerns them, in the transaction that makes it so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.notices import Notification

APPEAL_MADE = "appeal_made"
APPEAL_DECIDED = "appeal_decided"
REGRADED = "regraded"
COMMENT = "comment"
RUN_READY = "run_ready"
WORDING_ACCEPTED = "wording_accepted"
REPORT_ANSWERED = "report_answered"


@dataclass(frozen=True, slots=True)
class Told:
    """What one person is told.

    Attributes
    ----------
    kind : str
        One of the kinds of this module.
    words : str
        One sentence, names and titles included; see `Notification`.
    detail : str
        What somebody wrote to the person.
    target : str
        What it leads to: ``answer`` (an attempt and a position in it), ``results`` (an
        attempt), ``appeal``, ``run``, ``question``, ``report`` or nothing.
    """

    user_id: int
    kind: str
    words: str
    detail: str = ""
    target: str = ""
    target_id: int | None = None
    position: int | None = None


def tell(session: Session, told: Sequence[Told], now: datetime) -> None:
    """Tell people something, if the transaction that this is part of is committed."""
    rows = [
        {
            "user_id": one.user_id,
            "kind": one.kind,
            "words": one.words,
            "detail": one.detail,
            "target": one.target,
            "target_id": one.target_id,
            "position": one.position,
            "in_app": True,
            "created_at": now,
        }
        for one in told
    ]
    if rows:
        session.execute(sa.insert(Notification), rows)

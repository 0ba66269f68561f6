"""Noting who changed what, and why, in the transaction that changes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.services.principals import Principal
from interview.store.audit import AuditEntry

COMMAND_LINE = "the command line"
REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed.

    Attributes
    ----------
    kind : str
        ``subject.verb``, as ``grade.overridden``; see `KINDS`.
    subject : str
        In words that stay readable when the thing is gone, names included.
    class_id : int or None
        The class that it belongs to.
    learner_id : int or None
        The person whom it is about.
    details : dict
        JSON-safe, by what changed: ``{"closes_at": ["2026-…", "2026-…"]}``, before and after.
    reason : str
        As the person gave it.
    """

    kind: str
    subject: str
    class_id: int | None = None
    learner_id: int | None = None
    details: dict[str, Any] | None = None
    reason: str = ""


KINDS = {
    "class.made": "Class made",
    "class.changed": "Class settings changed",
    "class.archived": "Class archived or taken up again",
    "member.joined": "Joined",
    "member.invited": "Invited",
    "member.uninvited": "Invitation withdrawn or declined",
    "member.removed": "Removed",
    "member.changed": "Role or group changed",
    "member.accommodated": "Time factor changed",
    "set.made": "Question set made",
    "set.changed": "Question set changed",
    "set.published": "Question set published",
    "set.archived": "Question set archived or taken up again",
    "assignment.made": "Assignment made",
    "assignment.changed": "Assignment changed",
    "assignment.archived": "Assignment withdrawn or given again",
    "assignment.accommodated": "Accommodation changed",
    "attempt.extended": "Time added",
    "attempt.reopened": "Attempt reopened",
    "grade.overridden": "Grade overridden",
    "grade.regraded": "Grade given anew by a regrade",
    "grade.counted": "Key point counted by the learner, or taken back",
    "grade.commented": "Remark made beside an answer",
    "appeal.made": "Grade contested",
    "appeal.withdrawn": "Appeal withdrawn",
    "appeal.decided": "Appeal decided",
    "regrade.compared": "Dry run of a regrade made",
    "regrade.applied": "Regrade applied",
    "regrade.cancelled": "Regrade cancelled",
    "regrade.undone": "Regrade undone",
    "question.made": "Question made",
    "question.published": "Question published",
    "question.retired": "Question retired or taken up again",
    "question.imported": "Questions imported",
    "report.answered": "Report of a problem answered",
    "role.changed": "Account's role changed",
}
"""Every kind of change, in words."""


def note(session: Session, actor: Principal | None, change: Change, now: datetime) -> None:
    """Note a change, if the transaction that this is part of is committed.

    Parameters
    ----------
    session : Session
        The one that `write` gave the caller.
    actor : Principal or None
        Who made it; None for the operator's command line.
    """
    note_all(session, actor, [change], now)


def note_all(
    session: Session, actor: Principal | None, made: Sequence[Change], now: datetime
) -> None:
    """Note many changes at once, as `note` does one."""
    if made:
        session.execute(sa.insert(AuditEntry), [_row(actor, change, now) for change in made])


def _row(actor: Principal | None, change: Change, now: datetime) -> dict[str, Any]:
    if change.kind not in KINDS:
        raise ValueError(f"{change.kind} is no kind of change")
    return {
        "at": now,
        "actor_id": actor.id if actor else None,
        "actor_name": actor.name if actor else COMMAND_LINE,
        "class_id": change.class_id,
        "kind": change.kind,
        "subject": change.subject,
        "learner_id": change.learner_id,
        "details": change.details or {},
        "reason": change.reason,
    }


def answer_named(learner: str, title: str, attempt: int, position: int) -> str:
    """The subject of a change that is about one answer in an assignment."""
    return f"{learner}: {title}, attempt {attempt}, question {position}"


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """What differs between two states, as `Change.details` has it."""
    return {
        name: [_plain(before.get(name)), _plain(value)]
        for name, value in after.items()
        if before.get(name) != value
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value

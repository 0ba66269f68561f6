"""What learners and the owner of a run are told about it; no score is named."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from interview.services.notifying import REGRADED, RUN_READY, Told, tell
from interview.store import regrade_pages as reads
from interview.store.types import AnyRow as Row

LONG = timedelta(seconds=20)
"""Whoever has waited no longer for a dry run still looks at its page."""

_PROMPT_SHOWN = 80


def named(run: Any) -> str:
    """A run in words: what it was about."""
    where = {
        "assignment": f"“{run.assignment}”",
        "classes": "all classes of its owner",
        "everywhere": "everything",
    }[run.scope]
    words = f"Regrade {run.id} of {where}"
    if not run.prompt:
        return words
    prompt = " ".join(run.prompt.split())
    return f"{words}: {prompt[:_PROMPT_SHOWN]}{'…' if len(prompt) > _PROMPT_SHOWN else ''}"


def tell_learners(session: Session, run: Any, now: datetime) -> None:
    """Tell each learner once that a run has given answers of theirs another grade.

    Parameters
    ----------
    run : Row
        As it was before it ended: one that had failed, and told of it, and went on, tells only
        of what it has changed since.
    """
    rows = reads.concerned(session, run.id, run.finished_at)
    by_learner = groupby(rows, lambda row: row.user_id)
    tell(session, [_told(run, user, list(theirs)) for user, theirs in by_learner], now)


def _told(run: Any, user_id: int, places: Sequence[Row]) -> Told:
    count = sum(row.answers for row in places)
    whose = "One of your answers" if count == 1 else f"{count} of your answers"
    words = f"{whose} in {_where(places)} {_what(run, count)}"
    newest = places[-1]
    return Told(
        user_id,
        REGRADED,
        words,
        detail="" if run.appeal_id is not None else run.reason,
        target="answer" if count == 1 else "results",
        target_id=newest.attempt_id,
        position=newest.position if count == 1 else None,
    )


def _where(places: Sequence[Row]) -> str:
    newest, others = places[-1], len(places) - 1
    where = "your own practice" if newest.assignment_id is None else f"“{newest.title}”"
    return f"{where} and {others} more" if others else where


def _what(run: Any, count: int) -> str:
    if run.kind == "undo":
        return "has its earlier grade again." if count == 1 else "have their earlier grades again."
    was = "was graded anew" if count == 1 else "were graded anew"
    return f"{was}: a wording was accepted." if run.appeal_id is not None else f"{was}."


def tell_compared(session: Session, run: Any, changed: int, now: datetime) -> None:
    """Tell the owner that the dry run can be read, where it took long."""
    if now - run.created_at >= LONG:
        grades = "one grade" if changed == 1 else f"{changed} grades"
        _tell_owner(session, run, f"The dry run is ready and would change {grades}", now)


def tell_applied(session: Session, run: Any, applied: int, now: datetime) -> None:
    """Tell the owner that everything is written."""
    grades = "one grade was" if applied == 1 else f"{applied} grades were"
    done = "restored" if run.kind == "undo" else "changed"
    _tell_owner(session, run, f"It is done, and {grades} {done}", now)


def tell_failed(session: Session, run: Any, now: datetime) -> None:
    """Tell the owner that the worker has given up."""
    _tell_owner(session, run, "It could not be finished", now)


def _tell_owner(session: Session, run: Any, words: str, now: datetime) -> None:
    if run.owner_id is None:
        return
    told = Told(run.owner_id, RUN_READY, f"{words}. {named(run)}", target="run", target_id=run.id)
    tell(session, [told], now)

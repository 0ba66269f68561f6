"""Every change of a run as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from interview.grading import Band
from interview.services.csv_text import BYTE_ORDER_MARK, lines
from interview.services.principals import Principal
from interview.services.regrading.access import screen_row
from interview.store import regrade_pages as reads
from interview.store.db import db
from interview.store.types import AnyRow as Row

COLUMNS = (
    *("learner", "assignment", "attempt", "question", "prompt", "old score %", "old band"),
    *("new score %", "new band", "key points", "needs review", "said the same", "outcome"),
)

_AT_A_TIME = 500
_SHOWN = 120


def changes(person: Principal, run_id: int, *, hide_names: bool = False) -> Iterator[str]:
    """Write every grade that a run would change, or changed, with its reasons.

    Parameters
    ----------
    hide_names : bool
        Whether to leave the learners' names out; those of own practice always are.

    Yields
    ------
    str
        The heading, then some hundred changes at a time.

    Raises
    ------
    NotFound, Forbidden
        As `access.screen_row` raises them, before anything is written.
    """
    run, _ = screen_row(person, run_id)
    # As on the page: whoever no longer teaches one of the classes reads no more of it.
    teacher = person.id if run.scope == "classes" and not person.is_admin else None
    return _pieces(run_id, teacher, hide_names=hide_names)


def _pieces(run_id: int, teacher: int | None, *, hide_names: bool) -> Iterator[str]:
    yield BYTE_ORDER_MARK + lines([COLUMNS])
    after = 0
    while rows := _rows(run_id, after, teacher):
        after = rows[-1].submission_id
        db.session.rollback()
        yield lines(_line(row, hide_names=hide_names) for row in rows)


def _rows(run_id: int, after: int, teacher: int | None) -> Sequence[Row]:
    named = {"run": run_id, "after": after, "most": _AT_A_TIME}
    return reads.items(db.session(), named, "all", teacher)


def _line(row: Row, *, hide_names: bool) -> tuple[Any, ...]:
    is_practice = row.assignment_id is None
    return (
        "" if is_practice or hide_names else row.learner,
        row.assignment or "own practice",
        "" if is_practice else row.attempt_id,
        "" if is_practice else row.position,
        " ".join(row.prompt.split())[:_SHOWN],
        _score(row.old_score),
        Band.of(row.old_score).value,
        _score(row.new_score),
        Band.of(row.new_score).value,
        "; ".join(map(_told, row.changes)),
        "yes" if row.needs_review else "no",
        "yes" if row.is_equivalent else "no",
        row.outcome,
    )


def _score(score: float) -> str:
    """To the hundredth: a change that a whole percentage hides is still a change."""
    return f"{score * 100:.2f}"


def _told(change: dict[str, str]) -> str:
    before, after = change["before"] or "not in the rubric", change["after"] or "not in the rubric"
    return f"{change['text']}: {before} → {after}"

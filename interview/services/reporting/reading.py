"""Reading reports for their pages."""

from collections.abc import Sequence

from interview.services.attempts.loading import LARGEST
from interview.services.reporting.records import PAGE, Report, Reports
from interview.store import reporting
from interview.store.db import db
from interview.store.reporting import Condition
from interview.store.reports import QuestionReport
from interview.store.types import AnyRow as Row


def some(fits: Sequence[Condition], after: int | None) -> Reports:
    """Read a page of reports; `after` is the last one of the page before."""
    beyond = [QuestionReport.id < min(after, LARGEST)] if after else []
    rows = reporting.reports(db.session(), [*fits, *beyond], PAGE + 1)
    shown = tuple(report_of(row) for row in rows[:PAGE])
    return Reports(shown, shown[-1].id if len(rows) > PAGE else None)


def report_of(row: Row) -> Report:
    """Make the screen record of a report."""
    return Report(
        id=row.id,
        question_id=row.question_id,
        prompt=row.prompt,
        changed=bool(row.changed),
        kind=row.kind,
        told=row.told,
        status=row.status,
        reply=row.reply,
        reporter=row.reporter or "",
        handler=row.handler or "",
        created_at=row.created_at,
        handled_at=row.handled_at,
    )

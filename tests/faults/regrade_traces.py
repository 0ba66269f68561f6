"""Everything that a regrade leaves behind, but for numbers and moments that chance decides."""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from interview.store.assignments import GradebookEntry
from interview.store.attempts import Attempt, AttemptItem
from interview.store.audit import AuditEntry
from interview.store.classes import ClassMember
from interview.store.grades import Grade
from interview.store.notices import Notification
from interview.store.regrades import AssignmentRubric, RegradeItem, RegradeRun

# A killed process may have used up numbers, those of runs too; moments are those of the clock.
_LEFT_OUT = {
    Grade: {"id", "created_at"},
    RegradeItem: {"grade_id", "base_grade_id"},
    RegradeRun: {"id", "created_at", "compared_at", "accepted_at", "finished_at"},
    Notification: {"id", "created_at"},
    AuditEntry: {"id", "at"},
}
_RUNS = {"run_id", "regrade_run_id", "undoes_id"}
_WORDS = {"words", "subject"}
_ORDERS: dict[type[Any], tuple[Any, ...]] = {
    Grade: (Grade.submission_id, Grade.id),
    RegradeItem: (RegradeItem.run_id, RegradeItem.submission_id),
    RegradeRun: (RegradeRun.id,),
    AttemptItem: (AttemptItem.attempt_id, AttemptItem.position),
    Attempt: (Attempt.id,),
    GradebookEntry: (GradebookEntry.assignment_id, GradebookEntry.user_id),
    ClassMember: (ClassMember.class_id, ClassMember.user_id),
    AssignmentRubric: (AssignmentRubric.assignment_id, AssignmentRubric.shown_version_id),
    Notification: (Notification.user_id, Notification.words, Notification.id),
    AuditEntry: (AuditEntry.kind, AuditEntry.id),
}


def traces(session: Session) -> dict[str, list[str]]:
    """Read all of it, table by table, in the order of what each row is about."""
    found = {}
    numbers = session.scalars(sa.select(RegradeRun.id).order_by(RegradeRun.id))
    runs = {number: place for place, number in enumerate(numbers, start=1)}
    for model, order in _ORDERS.items():
        columns = [
            column
            for column in sa.inspect(model).columns
            if column.key not in _LEFT_OUT.get(model, ())
        ]
        rows = session.execute(sa.select(*columns).order_by(*order))
        found[model.__name__] = [str(_ranked(row._asdict(), runs)) for row in rows]
    return found


def _ranked(row: dict[str, Any], runs: dict[Any, int]) -> dict[str, Any]:
    """Name runs by their order, wherever a row names one."""
    named: dict[str, Any] = {name: runs.get(row[name]) for name in _RUNS & row.keys()}
    words = {
        name: re.sub(r"Regrade (\d+)", lambda found: f"Regrade {runs[int(found[1])]}", row[name])
        for name in _WORDS & row.keys()
    }
    if row.get("target") == "run":
        named["target_id"] = runs[row["target_id"]]
    if "details" in row:
        named["details"] = {**row["details"], "run": runs.get(row["details"].get("run"))}
    return {**row, **named, **words}

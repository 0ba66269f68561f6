"""Reading regrade runs for their pages."""

from interview.services.attempts.loading import LARGEST
from interview.services.classes.access import TEACH, assignment_for
from interview.services.principals import Principal
from interview.services.regrading.access import screen_row
from interview.services.regrading.making import teaches
from interview.services.regrading.records import (
    PAGE,
    RUNS_PAGE,
    Counts,
    ItemLine,
    Items,
    PointChange,
    RunLine,
    Runs,
    RunScreen,
)
from interview.store import regrade_pages as reads
from interview.store.db import db
from interview.store.regrades import RegradeRun
from interview.store.types import AnyRow as Row

UNDERWAY = ("waiting", "comparing", "compared", "accepted", "applying")


def run_for(person: Principal, run_id: int) -> RunScreen:
    """Read a run for somebody who decides about it; raises what `access.screen_row` raises."""
    row, is_open = screen_row(person, run_id)
    is_regrade = is_open and row.kind == "regrade"
    return RunScreen(
        id=row.id,
        kind=row.kind,
        scope=row.scope,
        state=row.state,
        assignment_id=row.assignment_id,
        assignment=row.assignment or "",
        class_id=row.class_id,
        class_title=row.class_title or "",
        question_id=row.question_id,
        version_id=row.version_id,
        prompt=row.prompt or "",
        appeal_id=row.appeal_id,
        undoes_id=row.undoes_id,
        undone_by=row.undone_by,
        policy=row.policy,
        reason=row.reason,
        owner=row.owner or "",
        grader_version=row.grader_version,
        counts=_counts(row),
        done=row.progress or 0,
        total=row.total or 0,
        created_at=row.created_at,
        compared_at=row.compared_at,
        accepted_at=row.accepted_at,
        finished_at=row.finished_at,
        can_accept=is_regrade and row.state == "compared",
        can_cancel=is_regrade and row.state in UNDERWAY,
        can_undo=is_regrade and is_undoable(row) and row.undone_by is None,
        can_repeat=is_open and _is_repeatable(person, row),
    )


def _is_repeatable(person: Principal, run: Row) -> bool:
    """Whether somebody can ask for a run again that ended before it came to anything."""
    if run.kind == "undo":
        return bool(run.state == "failed")
    if run.state not in ("failed", "cancelled"):
        return False
    # Classes are those of whoever asks.
    return run.scope != "classes" or (run.owner_id == person.id and teaches(person))


def is_undoable(run: Row) -> bool:
    """Whether a run has, or may have, written something and is over."""
    return run.accepted_at is not None and run.state in ("applied", "cancelled", "failed")


def _counts(run: Row) -> Counts:
    # While the answers are compared the page looks again and again, and there is no whole.
    is_known = run.state not in ("waiting", "comparing")
    found = db.session.execute(reads.COUNTS, {"run": run.id}).one() if is_known else None
    return Counts(
        answers=run.answers,
        changed=run.changed,
        raised=run.raised,
        lowered=run.lowered,
        by_people=run.by_people,
        applied=run.applied,
        passed_over=run.passed_over,
        equivalent=found.equivalent if found else 0,
        overtaken=found.overtaken if found else 0,
        kept=found.kept if found else 0,
        learners=found.learners if found else 0,
    )


def items(person: Principal, run_id: int, only: str, after: int | None) -> Items:
    """Read a page of the answers whose grades would change, or changed.

    Parameters
    ----------
    only : str
        One of `records.FILTERS`; anything else is as ``all``.
    after : int or None
        The last answer of the page before.
    """
    run, _ = screen_row(person, run_id)
    named = {"run": run.id, "after": min(after or 0, LARGEST), "most": PAGE + 1}
    # Whoever no longer teaches one of the classes reads no more of its answers.
    teacher = person.id if run.scope == "classes" and not person.is_admin else None
    wanted = only if only in reads.FILTERED else "all"
    rows = reads.items(db.session(), named, wanted, teacher)
    lines = tuple(_line(row) for row in rows[:PAGE])
    return Items(lines, lines[-1].submission_id if len(rows) > PAGE else None)


def _line(row: Row) -> ItemLine:
    is_practice = row.assignment_id is None
    asks, asked = bool(row.needs_review), bool(row.needed_review)
    return ItemLine(
        submission_id=row.submission_id,
        learner="" if is_practice else row.learner,
        assignment=row.assignment or "",
        attempt_id=0 if is_practice else row.attempt_id,
        position=0 if is_practice else row.position,
        prompt=row.prompt,
        text="" if is_practice else row.text,
        old_score=row.old_score,
        new_score=row.new_score,
        points=tuple(
            PointChange(one["id"], one["text"], one["before"], one["after"]) for one in row.changes
        ),
        review="" if asks == asked else "on" if asks else "off",
        other_grader=row.grader_version != row.graded_by_version,
        is_equivalent=row.is_equivalent,
        is_practice=is_practice,
        outcome=row.outcome,
    )


def runs(person: Principal, assignment_id: int | None, after: int | None) -> Runs:
    """List runs, the newest first.

    Parameters
    ----------
    assignment_id : int or None
        Those of one assignment, for all who teach there; None for the person's own, which
        are all where the person is an administrator.
    after : int or None
        The last run of the page before.
    """
    fits = [RegradeRun.id < min(after, LARGEST)] if after else []
    if assignment_id is not None:
        assignment_for(person, assignment_id, TEACH)
        fits.append(RegradeRun.assignment_id == assignment_id)
    elif not person.is_admin:
        fits.append(RegradeRun.owner_id == person.id)
    rows = reads.runs(db.session(), fits, RUNS_PAGE + 1)
    lines = tuple(_run_line(row) for row in rows[:RUNS_PAGE])
    return Runs(lines, lines[-1].id if len(rows) > RUNS_PAGE else None)


def _run_line(row: Row) -> RunLine:
    return RunLine(
        id=row.id,
        kind=row.kind,
        scope=row.scope,
        state=row.state,
        assignment=row.assignment or "",
        prompt=row.prompt or "",
        reason=row.reason,
        owner=row.owner or "",
        answers=row.answers,
        changed=row.changed,
        applied=row.applied,
        created_at=row.created_at,
    )

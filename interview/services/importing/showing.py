"""Imports as their pages show them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.services.importing.accepting import import_for
from interview.services.importing.jobs import progress_of
from interview.services.importing.records import (
    OUTCOMES,
    PATIENCE,
    WORKING,
    Choices,
    ImportLine,
    ImportList,
    ImportScreen,
    ItemLine,
    Told,
)
from interview.services.principals import Principal
from interview.store.db import db
from interview.store.imports import Import, ImportItem
from interview.store.types import AnyRow as Row

PAGE = 20
ITEMS = 50


def mine(person: Principal, before: int | None = None) -> ImportList:
    """A page of somebody's imports, the newest first.

    Parameters
    ----------
    before : int, optional
        Where to go on, as the page before said.
    """
    fits = [Import.owner_id == person.id]
    if before is not None:
        fits.append(Import.id < before)
    columns = (Import.id, Import.name, Import.state, Import.summary, Import.created_at)
    query = sa.select(*columns).where(*fits).order_by(Import.id.desc()).limit(PAGE + 1)
    rows = db.session.execute(query).all()
    shown = rows[:PAGE]
    return ImportList(
        lines=tuple(_line(row) for row in shown),
        next_after=shown[-1].id if len(rows) > PAGE else None,
    )


def _line(row: Row) -> ImportLine:
    return ImportLine(
        id=row.id,
        name=row.name,
        state=row.state,
        format=row.summary.get("format", ""),
        counts=_counts(row.summary),
        created_at=row.created_at,
    )


def screen(
    person: Principal, import_id: int, now: datetime, *, outcome: str = "", after: int = 0
) -> ImportScreen:
    """Read an import with a page of its questions.

    Parameters
    ----------
    outcome : str
        Only these questions; empty for all. What is no outcome is all.
    after : int
        Position of the last question of the page before.

    Raises
    ------
    NotFound
        As `import_for` does.
    """
    row = import_for(person, import_id)
    job = progress_of(import_id) if row.state in WORKING else None
    items = () if row.state in WORKING else _items(import_id, outcome, after)
    summary = row.summary
    return ImportScreen(
        id=row.id,
        name=row.name,
        choices=Choices.of(row.settings),
        state=row.state,
        format=summary.get("format", ""),
        progress=job.progress if job else row.progress,
        total=job.total if job else row.total,
        created_at=row.created_at,
        finished_at=row.finished_at,
        counts=_counts(summary),
        warnings=summary.get("warnings", 0),
        problems=notices_of(summary.get("problems", ())),
        sets=tuple(summary.get("sets", ())),
        made_sets=tuple((number, title) for number, title in summary.get("made_sets", ())),
        is_stuck=job is not None and now - (job.heartbeat_at or job.created_at) > PATIENCE,
        may_retry=summary.get("may_retry", False),
        items=tuple(_item(one) for one in items[:ITEMS]),
        next_after=items[ITEMS - 1].position if len(items) > ITEMS else None,
    )


def _counts(summary: dict[str, Any]) -> dict[str, int]:
    counts = summary.get("counts", {})
    return {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}


def _items(import_id: int, outcome: str, after: int) -> tuple[Row, ...]:
    fits = [ImportItem.import_id == import_id, ImportItem.position > after]
    if outcome in OUTCOMES:
        fits.append(ImportItem.outcome == outcome)
    query = sa.select(*sa.inspect(ImportItem).columns).where(*fits)
    return tuple(db.session.execute(query.order_by(ImportItem.position).limit(ITEMS + 1)))


def _item(row: Row) -> ItemLine:
    preview = row.preview
    return ItemLine(
        position=row.position,
        line=row.line,
        prompt=row.prompt,
        outcome=row.outcome,
        answer=preview.get("answer", ""),
        key_points=preview.get("key_points", 0),
        derived=preview.get("derived", 0),
        misconceptions=preview.get("misconceptions", 0),
        samples=preview.get("samples", 0),
        notices=notices_of(row.notices),
        question_id=row.question_id,
    )


def notices_of(rows: Any) -> tuple[Told, ...]:
    """Read notices as they are stored."""
    return tuple(Told(row["kind"], row["line"], row["message"]) for row in rows)

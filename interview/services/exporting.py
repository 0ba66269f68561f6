"""Everything of a person, as plain records: what the export files are written from.

Whatever the review policy does not show on a page is not in these records either.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from interview.grading.records import Band
from interview.rules.access import Visible, assigned_review, review_policy
from interview.rules.attempt import AttemptState, Feedback, ItemState
from interview.services.assignments.policies import policy_of
from interview.services.attempts.reading import asked_now, hidden_questions
from interview.services.exporting_told import appeal, remarks
from interview.services.history import settle_overdue
from interview.store import exporting as reads
from interview.store.db import db
from interview.store.personal import LISTED

CHUNK = 10
"""Attempts read at a time: at most 500 answers with their grades are in memory at once."""

_SCORES = ("score", "low", "high", "band", "similarity", "flags", "needs_review")
"""What of a verdict tells the score."""

Row = sa.Row[Any]
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """What hangs on a few attempts, by what it hangs on."""

    items: dict[int, list[Row]]
    grades: dict[int, list[Row]]
    appeals: dict[int, list[Row]]
    remarks: dict[int, list[Row]]
    asked: frozenset[int]
    hidden: frozenset[int]
    now: datetime


def person(user_id: int) -> Record:
    """Read the profile, without anything that could be used to log in."""
    return _with_plain_moments(db.session.execute(reads.PERSON, {"user": user_id}).one())


def attempts(user_id: int, now: datetime) -> Iterator[Record]:
    """Read every attempt, open ones first and then from the newest to the oldest.

    Between two chunks no transaction is open, so that a slow download holds nothing up.

    Yields
    ------
    dict
        One attempt with its ``items``, of JSON types alone.
    """
    settle_overdue(user_id, now)
    rows = db.session.execute(reads.OPEN, {"user": user_id}).all()
    # An attempt that ends while the file is being written must not be in it twice.
    written = {row.id for row in rows}
    yield from _records(user_id, rows, now)
    rows = db.session.execute(reads.NEWEST, {"user": user_id, "most": CHUNK}).all()
    while rows:
        last = {"finished_at": rows[-1].finished_at, "id": rows[-1].id}
        yield from _records(user_id, [row for row in rows if row.id not in written], now)
        rows = db.session.execute(reads.OLDER, {"user": user_id, "most": CHUNK, **last}).all()


def wordings(user_id: int, now: datetime) -> Iterator[Record]:
    """Read the wordings that the person counts as key points in own practice.

    Yields
    ------
    dict
        One wording; without its words and its key point while the person is asked the
        question elsewhere.
    """
    hidden = hidden_questions(user_id, now)
    for row in db.session.execute(LISTED, {"user": user_id}):
        withheld = row.question_id in hidden
        yield {
            "question": row.slug,
            "key_point": None if withheld else row.point_text,
            "wording": None if withheld else row.wording,
            "added_at": row.created_at.isoformat(),
            "withheld": withheld,
        }


def _records(user_id: int, rows: Sequence[Row], now: datetime) -> list[Record]:
    items = _grouped(reads.ITEMS, attempts=[row.id for row in rows])
    # Only what was assigned is contested, and written beside.
    assigned = _submissions(items, [row.id for row in rows if row.assignment_id is not None])
    chunk = _Chunk(
        items=items,
        grades=_grouped(reads.GRADES, submissions=_submissions(items, items)),
        appeals=_grouped(reads.APPEALS, submissions=assigned) if assigned else {},
        remarks=_grouped(reads.REMARKS, submissions=assigned) if assigned else {},
        asked=asked_now(user_id),
        hidden=hidden_questions(user_id, now),
        now=now,
    )
    db.session.rollback()
    return [_attempt(row, chunk) for row in rows]


def _submissions(items: dict[int, list[Row]], attempts: Iterable[int]) -> list[int]:
    """Name the answers that were handed in, in some attempts."""
    theirs = (item for attempt in attempts for item in items.get(attempt, ()))
    return [item.submission_id for item in theirs if item.submission_id is not None]


def _grouped(statement: sa.Select[Any], **numbers: list[int]) -> dict[int, list[Row]]:
    """Read the rows that belong to some numbers, by their first column."""
    groups: dict[int, list[Row]] = {}
    for row in db.session.execute(statement, numbers):
        groups.setdefault(row[0], []).append(row)
    return groups


def _attempt(row: Row, chunk: _Chunk) -> Record:
    items = chunk.items.get(row.id, ())
    plain = _with_plain_moments(row)
    kept = {name: plain[name] for name in reads.EXPORTED}
    if not all(_visible(row, item, chunk).score for item in items):
        kept["score"] = None
    return {
        **kept,
        "band": _band(kept["score"]),
        "items": [_item(row, item, chunk) for item in items],
    }


def _item(attempt: Row, item: Row, chunk: _Chunk) -> Record:
    visible = _visible(attempt, item, chunk)
    score = item.score if visible.score else None
    graded = visible.score or visible.key_points
    grades = chunk.grades.get(item.submission_id, ()) if graded else ()
    return {
        "position": item.position,
        **_question(attempt, item),
        "state": item.state,
        "flagged": item.flagged,
        "seconds_used": item.seconds_used,
        "draft": _draft(item) if _may_have_text(attempt, visible) else None,
        "answer": _answer(item, with_text=_may_have_text(attempt, visible)),
        "score": score,
        "band": _band(score),
        "grades": [_grade(grade, item.text if visible.answer else "", visible) for grade in grades],
        "appeals": [appeal(row, visible) for row in chunk.appeals.get(item.submission_id, ())],
        "remarks": remarks(chunk.remarks.get(item.submission_id, []), visible),
        "references": list(item.references) if visible.reference else [],
        # Points and references that come once an open attempt has ended.
        "withheld": not visible.reference,
    }


def _visible(attempt: Row, item: Row, chunk: _Chunk) -> Visible:
    """Decide what of an item may be given away, with an eye on other attempts."""
    closed, state = ItemState(item.state).is_closed, AttemptState(attempt.state)
    if attempt.assignment_id is None:
        visible = review_policy(state, Feedback(attempt.feedback), item_closed=closed)
        hidden = chunk.hidden
    else:
        policy = policy_of(attempt)
        visible = assigned_review(policy, state, item_closed=closed, now=chunk.now)
        hidden = chunk.asked
    if item.question_id in hidden:
        return replace(visible, key_points=False, reference=False)
    return visible


def _may_have_text(attempt: Row, visible: Visible) -> bool:
    """Whether the learner's own words are part of it: those of own practice always are."""
    return attempt.assignment_id is None or visible.answer


def _question(attempt: Row, item: Row) -> Record:
    """Name the question, unless it is one that an open attempt has yet to show."""
    unseen = attempt.state == AttemptState.OPEN and item.state == ItemState.UNSEEN
    names = ("slug", "topic", "difficulty", "prompt", "target_seconds")
    return {name: None if unseen else getattr(item, name) for name in names}


def _draft(item: Row) -> Record | None:
    if item.draft is None or item.submission_id is not None:
        return None
    return {"text": item.draft, "saved_at": item.saved_at.isoformat()}


def _answer(item: Row, *, with_text: bool) -> Record | None:
    if item.submission_id is None:
        return None
    submitted = item.submitted_at.isoformat()
    text = item.text if with_text else None
    return {"text": text, "submitted_at": submitted, "handed_in_by": item.source}


def _grade(grade: Row, text: str, visible: Visible) -> Record:
    kept: Record = {"graded_at": grade.created_at.isoformat(), **grade.verdict}
    if not visible.score:
        kept = {name: value for name, value in kept.items() if name not in _SCORES}
    for part in ("points", "misconceptions"):
        found = kept.pop(part)
        kept[part] = _quoted(found, text) if visible.key_points else []
    kept["own_points"] = grade.own_points or [] if visible.key_points else []
    return kept


def _quoted(findings: Iterable[Record], text: str) -> list[Record]:
    """Put the learner's own words beside the offsets that lead to them."""
    return [
        {
            **one,
            "words": text[one["span"]["start"] : one["span"]["end"]] or None
            if one["span"]
            else None,
        }
        for one in findings
    ]


def _band(score: float | None) -> str | None:
    return None if score is None else Band.of(score).value


def _with_plain_moments(row: Row) -> Record:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row._mapping.items()
    }

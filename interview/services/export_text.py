"""The export as files: JSON for keeping, CSV for spreadsheet programs."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from interview.services import exporting, exporting_told
from interview.services.appeals.records import STATUSES
from interview.services.csv_text import BYTE_ORDER_MARK, lines

FORMAT = "mock-interview-history"
VERSION = 1

_ATTEMPT = ("id", "title", "preset", "state", "started_at", "finished_at", "score")
_ITEM = (
    *("position", "slug", "topic", "difficulty", "prompt", "target_seconds", "state", "flagged"),
    *("seconds_used", "score", "band"),
)
_ANSWER = ("text", "submitted_at", "handed_in_by")
_GRADE = ("similarity", "needs_review", "grader_version")
_VERDICTS = ("found", "partly", "not found", "contradicted")

COLUMNS = (
    *(f"attempt_{name}" for name in _ATTEMPT),
    *("position", "question", "topic", "difficulty", "prompt", "target_seconds"),
    *("item_state", "flagged_for_review", "seconds_used", "score", "band"),
    *("answer", "submitted_at", "handed_in_by", "draft"),
    *(f"points_{verdict.replace(' ', '_')}" for verdict in _VERDICTS),
    *("misconceptions", "flags", *_GRADE),
    *("appeals", "appeal_reasons", "appeal_replies", "remarks"),
)


def as_json(user_id: int, now: datetime) -> Iterator[str]:
    """Write everything as one JSON object, an attempt at a time.

    Parameters
    ----------
    user_id : int
        Whose.
    now : datetime
        The present moment.

    Yields
    ------
    str
        Pieces of the file, in order.
    """
    head = {"format": FORMAT, "version": VERSION, "exported_at": now.isoformat()}
    wordings = list(exporting.wordings(user_id, now))
    opening = _json({**head, "person": exporting.person(user_id), "own_wordings": wordings})
    yield f'{opening[:-1]}, "attempts": ['
    yield from _listed(exporting.attempts(user_id, now))
    yield '], "notifications": ['
    yield from _listed(exporting_told.notifications(user_id, now))
    yield "]}\n"


def as_csv(user_id: int, now: datetime) -> Iterator[str]:
    """Write one row for each question of each attempt.

    Yields
    ------
    str
        The heading, then the rows of one attempt at a time.
    """
    yield BYTE_ORDER_MARK + lines([list(COLUMNS)])
    for attempt in exporting.attempts(user_id, now):
        yield lines([_row(attempt, item) for item in attempt["items"]])


def _listed(records: Iterable[exporting.Record]) -> Iterator[str]:
    for number, record in enumerate(records):
        yield (",\n" if number else "\n") + _json(record)
    yield "\n"


def _json(record: exporting.Record) -> str:
    return json.dumps(record, ensure_ascii=False)


def _row(attempt: exporting.Record, item: exporting.Record) -> list[Any]:
    answer = item["answer"] or {}
    draft = item["draft"] or {}
    grade = item["grades"][-1] if item["grades"] else {}
    points = grade.get("points", ())
    return [
        *(attempt[name] for name in _ATTEMPT),
        *(item[name] for name in _ITEM),
        *(answer.get(name) for name in _ANSWER),
        draft.get("text"),
        *(_joined(points, verdict) for verdict in _VERDICTS),
        " | ".join(finding["text"] for finding in grade.get("misconceptions", ())),
        " | ".join(grade.get("flags", ())),
        *(grade.get(name) for name in _GRADE),
        " | ".join(_appeal(one) for one in item["appeals"]),
        *(_told(item["appeals"], name) for name in ("why", "reply")),
        _told(item["remarks"], "text"),
    ]


def _appeal(record: exporting.Record) -> str:
    status = STATUSES[record["status"]]
    return f"{status}: {record['key_point']}" if record["key_point"] else status


def _told(records: list[exporting.Record], name: str) -> str:
    return " | ".join(one[name] for one in records if one[name])


def _joined(points: list[exporting.Record], verdict: str) -> str:
    return " | ".join(point["text"] for point in points if point["verdict"] == verdict)

"""Tables of questions, written so that spreadsheet programs open them and compute nothing."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from interview.formats import documents
from interview.formats.cells import BYTE_ORDER_MARK, guarded
from interview.formats.losing import left_out

_BEFORE = ("id", "topic", "status", "difficulty", "tags", "target seconds", "question")
_AFTER = (
    *("key points", "misconceptions", "feedback", "sources"),
    *("product", "from", "to", "last verified"),
)
_CARRIED = {
    *("difficulty", "status", "topics", "tags", "references", "key points", "misconceptions"),
    *("sources", "validity"),
}


def write(document: Mapping[str, Any]) -> str:
    """Write one row for each question; what has several lines stands in one cell."""
    questions = [*documents.questions(document)]
    most = max((len(one.get("references", ())) for one in questions), default=1)
    answers = ["answer", *(f"answer {number}" for number in range(2, most + 1))]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*_BEFORE, *answers, *_AFTER])
    writer.writerows([guarded(cell) for cell in _row(one, len(answers))] for one in questions)
    return BYTE_ORDER_MARK + text.getvalue()


def losses(document: Mapping[str, Any]) -> list[str]:
    """Say what of a document a table does not carry."""
    return left_out(document, _CARRIED)


def _row(question: Mapping[str, Any], answers: int) -> list[Any]:
    references = question.get("references", ())
    mistakes = question.get("misconceptions", ())
    valid = question.get("valid_for") or {}
    return [
        question.get("slug", ""),
        question["topic"],
        question.get("status", "ready"),
        question.get("difficulty", ""),
        _tags(question.get("tags", ())),
        question.get("target_seconds", ""),
        question["prompt"],
        *references,
        *[""] * (answers - len(references)),
        _lines([point["text"] for point in question.get("key_points", ())]),
        _lines([one["text"] for one in mistakes]),
        _lines([one["feedback"] for one in mistakes]),
        _lines([f"{one['title']} <{one['url']}>" for one in question.get("sources", ())]),
        *(valid.get(name, "") for name in ("product", "from", "to")),
        question.get("last_verified") or "",
    ]


def _tags(tags: Sequence[str]) -> str:
    return _lines(tags) if any(map(_has_mark, tags)) else ", ".join(tags)


def _lines(texts: Sequence[str]) -> str:
    """Put each text on a line of its own; one alone is ended, so that its marks part nothing."""
    cell = "\n".join(text.replace("\n", " ") for text in texts)
    return f"{cell}\n" if len(texts) == 1 and _has_mark(cell) else cell


def _has_mark(text: str) -> bool:
    return any(mark in text for mark in ",;|")

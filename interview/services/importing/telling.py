"""What the rows of an import say of a plan, as JSON-safe data."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from interview.formats.imported import Notice
from interview.rules.typed import clean

if TYPE_CHECKING:
    from interview.formats.native import QuestionRecord
    from interview.services.importing.planning import Plan
    from interview.services.importing.writing import Made

MOST_TOLD = 200
"""Notices that are kept of one question, and of the file as a whole."""

_SHOWN = 240


def told(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Write notices as they are stored, the first ones."""
    listed = list(notices)
    kept = [
        {"kind": one.kind, "line": one.line, "message": clean(one.message).text}
        for one in listed[:MOST_TOLD]
    ]
    if more := len(listed) - len(kept):
        kind = "error" if any(one.kind == "error" for one in listed[MOST_TOLD:]) else "warning"
        kept.append({"kind": kind, "line": 0, "message": f"And {more:,} more of this kind."})
    return kept


def summary_of(plan: "Plan") -> dict[str, Any]:
    """Write what a plan comes to; see `store.imports.Import.summary`."""
    counts = Counter(item.outcome for item in plan.items)
    notices = [notice for item in plan.items for notice in item.notices] + list(plan.notices)
    return {
        "format": plan.format,
        "title": clean(plan.title).text,
        "counts": dict(counts),
        "made": counts["ready"] + counts["draft"],
        "errors": sum(notice.kind == "error" for notice in notices),
        "warnings": sum(notice.kind == "warning" for notice in notices),
        "duplicates": counts["duplicate"],
        "problems": told(plan.notices),
    }


def item_rows(plan: "Plan", made: Mapping[int, "Made"]) -> list[dict[str, Any]]:
    """Write the questions of a plan as rows of `ImportItem`.

    Parameters
    ----------
    made : mapping of int to Made
        What they are in the bank, by position; empty before they are written.
    """
    return [
        {
            "position": item.position,
            "line": item.line,
            "prompt": clean(item.prompt).text,
            "outcome": item.outcome,
            "preview": _preview(item.record),
            "notices": told(item.notices),
            "question_id": made[item.position].question_id
            if item.position in made
            else item.same_as,
        }
        for item in plan.items
    ]


def _beginning(answer: str) -> str:
    """How an answer begins, line by line: code and tables are not run into the prose."""
    return "\n".join(line.rstrip() for line in answer.splitlines() if line.strip())[:_SHOWN]


def _preview(record: "QuestionRecord | None") -> dict[str, Any]:
    if record is None:
        return {}
    return {
        "answer": _beginning(record.references[0]) if record.references else "",
        "key_points": len(record.key_points),
        "derived": sum(point.derived for point in record.key_points),
        "misconceptions": len(record.misconceptions),
        "samples": len(record.samples),
    }

"""From what a file says of a question to a whole record of it, or to what is wrong with it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError

from interview.formats.imported import Found, Notice
from interview.formats.limits import cut
from interview.formats.naming import slug_of
from interview.formats.native import QuestionRecord
from interview.formats.repeats import line_of
from interview.formats.words import dotted, told

TOPIC = "General"
"""Of questions for which neither the file nor who sent it names one."""

# A candidate needs a while to think, and then types about a word a second.
_THINKING_SECONDS = 60
_STEP_SECONDS = 15
_MOST_SECONDS = 600


def complete(
    found: Found, defaults: Mapping[str, Any], today: date
) -> tuple[QuestionRecord | None, tuple[Notice, ...]]:
    """Fill in what a file does not say, and check the whole.

    Parameters
    ----------
    found : Found
        As a reader gives it.
    defaults : mapping
        ``topic``, ``difficulty``, ``target_seconds`` and ``status`` where the file says
        none; ``tags`` are added to those of the file.
    today : date
        Nothing can have been verified later than this.

    Returns
    -------
    record : QuestionRecord or None
        None where a notice is an error. What has no answer is a draft.
    notices : tuple of Notice
        Those of the reader, then what was found here.
    """
    fields = _filled(found.fields, defaults)
    notices = [*found.notices]
    if not fields["references"]:
        fields["status"] = "draft"
        notices.append(
            Notice("warning", found.line, "has no answer: an author has to write one first")
        )
    record = None
    try:
        record = QuestionRecord.model_validate(cut(fields), context={"today": today})
    except ValidationError as error:
        notices += _said(found, error)
    if any(notice.kind == "error" for notice in notices):
        record = None
    return record, tuple(notices)


def _said(found: Found, error: ValidationError) -> Iterator[Notice]:
    for field, message in told(error):
        yield Notice("error", line_of(found, field), f"{dotted(field)} {message}".strip())


def _filled(fields: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in fields.items() if value is not None}
    chosen = {name: value for name, value in defaults.items() if value and name != "tags"}
    references = given.get("references", [])
    filled = {
        "topic": TOPIC,
        "difficulty": "medium",
        "status": "ready",
        "target_seconds": target_seconds(references),
        "slug": slug_of(str(given.get("prompt", ""))),
        **chosen,
        **given,
        "references": references,
    }
    tags = given.get("tags", [])
    if isinstance(tags, list):
        filled["tags"] = [*tags, *(tag for tag in defaults.get("tags", ()) if tag not in tags)]
    return filled


def target_seconds(references: Any) -> int:
    """Say how long a prepared candidate would need to type an answer.

    Parameters
    ----------
    references : list of str
        The first of them is taken for an answer.

    Returns
    -------
    int
        A minute, and a second a word, to the next quarter of a minute; ten minutes at most.
    """
    first = references[0] if isinstance(references, list) and references else ""
    words = len(first.split()) if isinstance(first, str) else 0
    steps = round((_THINKING_SECONDS + words) / _STEP_SECONDS)
    return min(steps * _STEP_SECONDS, _MOST_SECONDS)

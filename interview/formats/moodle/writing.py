"""Moodle XML: essays that a person can grade in Moodle, and that come back here unchanged.

What Moodle has no place for stands in an element that it skips.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from interview.formats import documents
from interview.formats.moodle import grader_notes
from interview.formats.quizzes import category_of

EXACT, EXACT_VERSION = "mockinterview", "1"
"""Holds a question, or the sets of a quiz, as native JSON."""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAME_LENGTH = 80

_SETTINGS = """\
    <defaultgrade>1</defaultgrade>
    <penalty>0</penalty>
    <hidden>0</hidden>"""
_ESSAY = """\
    <responseformat>editor</responseformat>
    <responserequired>1</responserequired>
    <responsefieldlines>15</responsefieldlines>
    <attachments>0</attachments>
    <attachmentsrequired>0</attachmentsrequired>"""


def write(document: Mapping[str, Any]) -> str:
    """Write each question as an essay with notes for whoever grades it."""
    return "\n".join(_lines(document)) + "\n"


def losses(document: Mapping[str, Any]) -> list[str]:
    """Say what is not carried: nothing, as long as this program reads the file again."""
    if not document.get("questions"):
        return []
    words = (
        "Moodle keeps the notes for graders, but does not grade by them; difficulty, times, "
        "sources and question sets come back only from the file as it is written now."
    )
    return [words]


def visible(text: str) -> str:
    """Give a text as XML can hold it; a character that it cannot becomes U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text)


def _lines(document: Mapping[str, Any]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield "<quiz>"
    told = documents.tidy(document)
    sets: dict[str, Any] = {name: told[name] for name in ("sets", "authored_sets") if name in told}
    if sets:
        yield f"  {_exact(sets)}"
    topic = None
    for question in documents.questions(document):
        if question["topic"] != topic:
            topic = question["topic"]
            yield '  <question type="category">'
            yield f"    <category>{_text(category_of(topic))}</category>"
            yield "  </question>"
        yield from _question(question)
    yield "</quiz>"


def _question(question: Mapping[str, Any]) -> Iterator[str]:
    name = " ".join(question["prompt"].split())
    name = name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"
    yield '  <question type="essay">'
    yield f"    <name>{_text(name)}</name>"
    yield f'    <questiontext format="markdown">{_text(question["prompt"])}</questiontext>'
    yield '    <generalfeedback format="markdown"><text></text></generalfeedback>'
    yield _SETTINGS
    yield f"    <idnumber>{_escaped(question.get('slug', ''))}</idnumber>"
    yield _ESSAY
    yield f'    <graderinfo format="markdown">{_text(grader_notes.write(question))}</graderinfo>'
    yield '    <responsetemplate format="markdown"><text></text></responsetemplate>'
    if question.get("tags"):
        yield f"    <tags>{''.join(f'<tag>{_text(tag)}</tag>' for tag in question['tags'])}</tags>"
    yield f"    {_exact(documents.tidy_question(question))}"
    yield "  </question>"


def _exact(content: Mapping[str, Any]) -> str:
    """Write data in ASCII, so that no program on the way can change a character of it."""
    return f'<{EXACT} version="{EXACT_VERSION}">{_escaped(json.dumps(content))}</{EXACT}>'


def _text(text: str) -> str:
    return f"<text>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    # A bare carriage return would be read as a line end.
    return html.escape(visible(text), quote=False).replace("\r", "&#13;")

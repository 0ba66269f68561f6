"""Questions as an article to be read, which can also be imported again as an article.

What only a grader needs stands below the last answer, so that it is no part of any.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from interview.formats import documents
from interview.formats.losing import left_out

_CARRIED = {"topics", "references", "key points", "sources", "lines"}
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TITLE = "Questions and answers"
_NOTES = "Key points and sources"

Question = Mapping[str, Any]


def write(document: Mapping[str, Any]) -> str:
    """Write each question as a heading, its answers below it, and notes at the end."""
    questions = [*enumerate(documents.questions(document), start=1)]
    topics = {one["topic"] for _, one in questions}
    title = topics.pop() if len(topics) == 1 else _TITLE
    parts = [f"# {title}"]
    for topic, some in groupby(questions, key=lambda pair: pair[1]["topic"]):
        if topics:
            parts.append(f"## {topic}")
        for number, question in some:
            parts += _asked(number, question, level=3 if topics else 2)
    notes = [part for number, question in questions for part in _notes(number, question)]
    if notes:
        parts += [f"## {_NOTES}", *notes]
    return "\n\n".join(parts) + "\n"


def losses(document: Mapping[str, Any]) -> list[str]:
    """Say what of a document an article does not carry."""
    told = left_out(document, _CARRIED)
    if any(q.get("key_points") or q.get("sources") for q in document.get("questions", ())):
        told.append(
            "Key points and sources are there to be read; when the article is imported again, "
            "only questions and answers are."
        )
    return told


def _asked(number: int, question: Question, level: int) -> Iterator[str]:
    head, body = _headed(question["prompt"])
    yield f"{'#' * level} Question {number}: {head}".rstrip()
    if body:
        yield body
    references = question.get("references", ())
    if not references:
        yield "**Answer:**"
    for count, text in enumerate(references, start=1):
        yield f"**Answer {count}:**" if len(references) > 1 else "**Answer:**"
        yield _without_headings(text)


def _headed(prompt: str) -> tuple[str, str]:
    """Part a prompt into its heading and the rest; none fits where it begins with several lines."""
    first, _, rest = prompt.partition("\n")
    if not rest:
        return first, ""
    is_line = rest.startswith("\n") and not _FENCE.match(first)
    return (first, rest.lstrip("\n")) if is_line else ("", prompt)


def _without_headings(text: str) -> str:
    """Make headings within an answer bold: a heading would end it."""
    fence = ""
    lines = []
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        heading = _HEADING.fullmatch(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        words = heading[1].rstrip(" \t#") if heading and not fence else ""
        lines.append(f"**{words}**" if words else line)
    return "\n".join(lines)


def _notes(number: int, question: Question) -> Iterator[str]:
    points: Sequence[Any] = question.get("key_points", ())
    sources: Sequence[Any] = question.get("sources", ())
    if not points and not sources:
        return
    head, _ = _headed(question["prompt"])
    yield f"**{number}. {head or question['prompt'].split(chr(10))[0]}**"
    if points:
        yield "\n".join(f"- {' '.join(point['text'].split())}" for point in points)
    if sources:
        yield "Sources: " + ", ".join(f"[{_bare(one['title'])}](<{one['url']}>)" for one in sources)


def _bare(title: str) -> str:
    return re.sub(r"([\[\]])", r"\\\1", title)

"""A rubric as Markdown that a person grades by, and that can be read back.

    ## Reference answer

    > It is one thing …

    ## Key points

    - It is one thing. (weight 2, required)
      - or: one of a kind

    ## Misconceptions

    - It is nothing.
      - or: there is no such thing
      - feedback: There is.

    ## Sample answers

    - good:

    > I would say it is one thing …

Whatever may have several lines is quoted, so that no line of it is taken for a heading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from interview.formats import naming

REFERENCE, POINTS = "Reference answer", "Key points"
MISTAKES, SAMPLES = "Misconceptions", "Sample answers"

_HEADING = re.compile(r"#{1,6} {1,3}([A-Z][a-z ]{1,30}?)(?: \d{1,3})?:?")
_ITEM = re.compile(r"( *)[-*+] +(.*)")
_WEIGHT = r"\d+(?:\.\d+)?(?:e[+-]\d+)?"
_REMARK = re.compile(rf"(?:weight ({_WEIGHT})(?:, (required))?|(required))\)", re.ASCII)
_LABEL = re.compile(r"(good|partial|wrong|contradictory):?", re.IGNORECASE)
_OTHER, _FEEDBACK = "or: ", "feedback: "


def write(question: Mapping[str, Any]) -> str:
    """Write what a question is graded by."""
    parts = [*_references(question.get("references", ()))]
    if question.get("key_points"):
        parts.append(_section(POINTS, map(_point, question["key_points"])))
    if question.get("misconceptions"):
        parts.append(_section(MISTAKES, map(_mistake, question["misconceptions"])))
    if question.get("samples"):
        told = (f"- {one['label']}:\n\n{_quote(one['text'])}\n" for one in question["samples"])
        parts.append(_section(SAMPLES, told))
    return "\n\n".join(part.rstrip("\n") for part in parts)


def _references(texts: list[str]) -> Iterator[str]:
    for number, text in enumerate(texts, start=1):
        counted = f" {number}" if len(texts) > 1 else ""
        yield f"## {REFERENCE}{counted}\n\n{_quote(text)}"


def _section(title: str, items: Iterable[str]) -> str:
    return f"## {title}\n\n" + "\n".join(items)


def _quote(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _point(point: Mapping[str, Any]) -> str:
    weight = point.get("weight", 1)
    told = [f"weight {str(weight).removesuffix('.0')}"] if weight != 1 else []
    told += ["required"] if point.get("required") else []
    text = _line(point["text"])
    if not told and _remarked(text)[1]:
        # What stands at its end would be taken for the weight.
        told = ["weight 1"]
    remark = f" ({', '.join(told)})" if told else ""
    return _with_others(f"{text}{remark}", point)


def _mistake(one: Mapping[str, Any]) -> str:
    return f"{_with_others(_line(one['text']), one)}\n  - {_FEEDBACK}{_line(one['feedback'])}"


def _with_others(text: str, item: Mapping[str, Any]) -> str:
    others = (f"\n  - {_OTHER}{_line(phrasing)}" for phrasing in item.get("phrasings", ()))
    return f"- {text}{''.join(others)}"


def _line(text: str) -> str:
    return " ".join(text.split("\n"))


def parse(notes: str) -> dict[str, Any]:
    """Read a rubric back.

    Returns
    -------
    dict
        ``references``, ``key_points``, ``misconceptions`` and ``samples``, those that there
        are; empty where the text has no such headings.
    """
    fields: dict[str, Any] = {}
    for title, lines in _sections(notes):
        if title == REFERENCE:
            fields.setdefault("references", []).extend(_unquoted(lines))
        elif title == POINTS:
            fields["key_points"] = _points(lines)
        elif title == MISTAKES:
            fields["misconceptions"] = _mistakes(lines)
        elif title == SAMPLES:
            fields["samples"] = _samples(lines)
    return {name: value for name, value in fields.items() if value}


def _sections(notes: str) -> Iterator[tuple[str, list[str]]]:
    title, lines = "", list[str]()
    for line in notes.split("\n"):
        heading = _HEADING.fullmatch(line)
        if heading and heading[1] in (REFERENCE, POINTS, MISTAKES, SAMPLES):
            yield title, lines
            title, lines = heading[1], []
        else:
            lines.append(line)
    yield title, lines


def _unquoted(lines: Iterable[str]) -> list[str]:
    """Give what is quoted as one text; what somebody added without quoting it counts as well."""
    bare = [_bare(line) for line in lines]
    text = "\n".join(bare).strip("\n").rstrip()
    return [text] if text else []


def _bare(line: str) -> str:
    return line[2:] if line.startswith("> ") else line.removeprefix(">")


def _items(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Give each item of a list with those inside it."""
    text, inner = "", list[str]()
    for line in lines:
        item = _ITEM.fullmatch(line)
        if item and item[1]:
            inner.append(item[2])
        elif item:
            if text:
                yield text, inner
            text, inner = item[2], []
    if text:
        yield text, inner


def _points(lines: Iterable[str]) -> list[dict[str, Any]]:
    told = [(*_remarked(text), inner) for text, inner in _items(lines)]
    points = naming.key_points(text for text, _, _ in told)
    for point, (_, remark, inner) in zip(points, told, strict=True):
        if remark and remark[1]:
            point["weight"] = float(remark[1])
        if remark and (remark[2] or remark[3]):
            point["required"] = True
        _add_others(point, inner)
    return points


def _remarked(text: str) -> tuple[str, re.Match[str] | None]:
    """Part a text from what its end says of its weight."""
    before, _, end = text.rpartition("(")
    remark = _REMARK.fullmatch(end)
    return (before.rstrip(" ") if remark else text), remark


def _mistakes(lines: Iterable[str]) -> list[dict[str, Any]]:
    told = [*_items(lines)]
    feedback = [
        " ".join(one.removeprefix(_FEEDBACK) for one in inner if one.startswith(_FEEDBACK))
        for _, inner in told
    ]
    texts = (text for text, _ in told)
    mistakes = naming.misconceptions(zip(texts, feedback, strict=True))
    for mistake, (_, inner) in zip(mistakes, told, strict=True):
        _add_others(mistake, inner)
    return mistakes


def _add_others(item: dict[str, Any], inner: Iterable[str]) -> None:
    others = [one.removeprefix(_OTHER) for one in inner if not one.startswith(_FEEDBACK)]
    if others:
        item["phrasings"] = others


def _samples(lines: Iterable[str]) -> list[dict[str, str]]:
    samples: list[dict[str, str]] = []
    label, text = "", list[str]()
    for line in [*lines, "- good:"]:
        item = _ITEM.fullmatch(line)
        found = _LABEL.fullmatch(item[2]) if item else None
        if not found:
            text.append(line)
            continue
        samples += [{"label": label, "text": one} for one in _unquoted(text) if label]
        label, text = found[1].lower(), []
    return samples

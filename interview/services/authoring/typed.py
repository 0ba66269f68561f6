"""Reading what an author typed: made storable, counted, and complained of in their words.

The limits are those of the native format, so that whatever is kept can be exported; its own
records stand on pydantic, which no web process should pay for.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from interview.formats.releases import begins_after, in_order
from interview.rules.typed import clean
from interview.services.authoring.content import has_word, slug_of
from interview.services.authoring.records import (
    AUDIENCES,
    LABELS,
    LINE_LIMIT,
    MOST_PHRASINGS,
    MOST_ROWS,
    MOST_SECONDS,
    MOST_TAGS,
    MOST_WEIGHT,
    TEXT_LIMIT,
    URL_LIMIT,
    Content,
    Problem,
)
from interview.store.drawing import DIFFICULTIES

Values = Mapping[str, Any]
"""What was typed: a content whose numbers and days are text, and whose lists are lines."""

_URL = re.compile(r"https?://[^\s<>\"]+")
_ID = re.compile("[a-z0-9-]{1,100}")
_NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,6})?")
_NOT_LISTED = "Choose one of these."


@dataclass(frozen=True, slots=True)
class Typed:
    """What was read, and what cannot be kept as it is."""

    content: Content
    problems: tuple[Problem, ...]


def read(values: Values, today: date) -> Typed:
    """Read what an author typed.

    Parameters
    ----------
    values : mapping
        See `Values`; rows without any text are left out, so that places count the others.
    today : date
        Nothing can have been verified later than this.

    Returns
    -------
    Typed
        The content is whole even where there are problems, so that it can be tried.
    """
    reader = _Reader()
    content = {**reader.heads(values, today), **reader.rubric(values), **reader.extras(values)}
    for part, most in MOST_ROWS.items():
        if len(content[part]) > most:
            reader.wrong(part, f"There can be at most {most}; these are {len(content[part])}.")
    return Typed(content, tuple(reader.problems))


class _Reader:
    """Reads fields, and notes what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, place: str, message: str) -> None:
        self.problems.append(Problem(place, message))

    def text(self, place: str, typed: str, most: int = TEXT_LIMIT) -> str:
        text = clean(typed).text.lstrip("\n").rstrip()
        if len(text) > most:
            self.wrong(place, f"This has {len(text):,} characters, and at most {most:,} are kept.")
        return text

    def line(self, place: str, typed: str, most: int = LINE_LIMIT) -> str:
        return self.text(place, " ".join(typed.split()), most)

    def choice(self, place: str, typed: str, offered: Iterable[str]) -> str:
        known = tuple(offered)
        if typed not in known:
            self.wrong(place, _NOT_LISTED)
            return known[0]
        return typed

    def number(self, place: str, typed: str, most: int, wrong: str) -> float:
        plain = typed.strip()
        found = float(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else 0.0
        if not 0 < found <= most:
            self.wrong(place, wrong)
            return 1.0
        return found

    def heads(self, values: Values, today: date) -> Content:
        wrong = f"Enter whole seconds, from 1 to {MOST_SECONDS:,}."
        seconds = self.number("target_seconds", values["target_seconds"], MOST_SECONDS, wrong)
        if seconds != int(seconds):
            self.wrong("target_seconds", wrong)
        return {
            "prompt": self.text("prompt", values["prompt"]),
            "topic": self.line("topic", values["topic"]),
            "audience": self.choice("audience", values["audience"], AUDIENCES),
            "difficulty": self.choice("difficulty", values["difficulty"], DIFFICULTIES),
            "tags": self.tags(values["tags"]),
            "target_seconds": int(seconds),
            "valid_for": self.valid_for(values, today),
            "last_verified": self.day("last_verified", values["last_verified"].strip(), today),
        }

    def tags(self, typed: str) -> list[str]:
        # Typed twice is meant once; their order means nothing, and the database has its own.
        found = sorted({" ".join(one.split()) for one in clean(typed).text.split(",")} - {""})
        if len(found) > MOST_TAGS:
            self.wrong("tags", f"A question can have at most {MOST_TAGS} tags.")
        for tag in found:
            if len(tag) > LINE_LIMIT:
                self.wrong("tags", f"A tag can have at most {LINE_LIMIT} characters.")
            elif not has_word(tag):
                self.wrong("tags", f"“{tag}” is no word.")
        return found

    def valid_for(self, values: Values, today: date) -> dict[str, str] | None:
        found = {name: self.line(name, values[name]) for name in ("product", "from", "to")}
        if not any(found.values()):
            return None
        first, last = found["from"], found["to"]
        if first and last and not in_order(first, last):
            self.wrong("to", f"This ends with {last}, before it begins with {first}.")
        if begins_after(first, today.year):
            self.wrong("from", f"{first} is in the future.")
        return found

    def day(self, place: str, typed: str, today: date) -> str | None:
        if not typed:
            return None
        try:
            found = date.fromisoformat(typed)
        except ValueError:
            self.wrong(place, f"“{typed[:40]}” is no day. Write it like 2026-03-31.")
            return None
        if found > today:
            self.wrong(place, "This day is in the future.")
        return found.isoformat()

    def rubric(self, values: Values) -> Content:
        texts = values["references"]
        references = [self.text(f"reference-{at}", text) for at, text in enumerate(texts)]
        points = [self.point(f"point-{at}", one) for at, one in enumerate(values["key_points"])]
        ideas = [self.idea(f"idea-{at}", one) for at, one in enumerate(values["misconceptions"])]
        return {
            "references": references,
            "key_points": named(points, "point"),
            "misconceptions": named(ideas, "misconception"),
        }

    def point(self, place: str, typed: Values) -> Content:
        wrong = f"A weight is a number above 0 and up to {MOST_WEIGHT}."
        return {
            "id": typed["id"],
            "text": self.text(f"{place}-text", typed["text"]),
            "phrasings": self.phrasings(place, typed),
            "weight": self.number(f"{place}-weight", typed["weight"], MOST_WEIGHT, wrong),
            "required": bool(typed["required"]),
            "derived": bool(typed["derived"]),
        }

    def idea(self, place: str, typed: Values) -> Content:
        return {
            "id": typed["id"],
            "text": self.text(f"{place}-text", typed["text"]),
            "phrasings": self.phrasings(place, typed),
            "feedback": self.text(f"{place}-feedback", typed["feedback"]),
        }

    def phrasings(self, place: str, typed: Values) -> list[str]:
        lines = [" ".join(one.split()) for one in clean(typed["phrasings"]).text.split("\n")]
        found = [line for line in lines if has_word(line)]
        if len(found) > MOST_PHRASINGS:
            self.wrong(f"{place}-phrasings", f"There can be at most {MOST_PHRASINGS} lines here.")
        if any(len(line) > TEXT_LIMIT for line in found):
            self.wrong(f"{place}-phrasings", f"A line can have at most {TEXT_LIMIT:,} characters.")
        return found

    def extras(self, values: Values) -> Content:
        samples = enumerate(values["samples"])
        sources = enumerate(values["sources"])
        return {
            "samples": [self.sample(f"sample-{at}", one) for at, one in samples],
            "sources": [self.source(f"source-{at}", one) for at, one in sources],
        }

    def sample(self, place: str, typed: Values) -> Content:
        label = self.choice(f"{place}-label", typed["label"], LABELS)
        return {"label": label, "text": self.text(f"{place}-text", typed["text"])}

    def source(self, place: str, typed: Values) -> Content:
        url = self.text(f"{place}-url", typed["url"].strip(), URL_LIMIT)
        if url and not _URL.fullmatch(url):
            self.wrong(f"{place}-url", "An address begins with https:// and has no blanks.")
        return {"title": self.line(f"{place}-title", typed["title"]), "url": url}


def named(items: list[Content], kind: str) -> list[Content]:
    """Give each item a name of its own within the question; a name that it has stays."""
    taken: set[str] = set()
    for item in items:
        name = item["id"] if _ID.fullmatch(item["id"]) else slug_of(item["text"]) or kind
        free, number = name, 1
        while free in taken:
            number += 1
            free = f"{name[:90]}-{number}"
        taken.add(free)
        item["id"] = free
    return items


def filled_rows(values: Values) -> dict[str, Any]:
    """What was typed, without the rows in which there is nothing."""
    kept: dict[str, Any] = dict(values)
    kept["references"] = [text for text in values["references"] if text.strip()]
    for part, names in _FILLED.items():
        kept[part] = [row for row in values[part] if any(row[name].strip() for name in names)]
    return kept


_FILLED = {
    "key_points": ("text", "phrasings"),
    "misconceptions": ("text", "phrasings", "feedback"),
    "samples": ("text",),
    "sources": ("title", "url"),
}

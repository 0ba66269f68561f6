"""What would be made of a file: read, completed, compared with the bank, and not written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from interview.formats.completing import complete
from interview.formats.imported import Found, Notice, Reading
from interview.formats.native import AuthoredSetRecord, QuestionRecord
from interview.formats.reading import read_file
from interview.services.importing.duplicates import Reader, in_bank, nearly_same, normalised
from interview.services.importing.fates import fate_of
from interview.services.importing.records import Choices, Tell
from interview.store.db import db

NO_TOPIC = "Imported"
_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Planned:
    """One question of a file.

    Attributes
    ----------
    outcome : str
        See `store.imports.ImportItem`.
    record : QuestionRecord or None
        As it would be written; none where it is wrong.
    reason : str
        Why it becomes a draft.
    named : str
        What the sets of the file call it.
    same_as : int or None
        The question of the bank that it repeats.
    repeats : int or None
        The place in the file of the question that it repeats.
    """

    position: int
    line: int
    prompt: str
    outcome: str
    notices: tuple[Notice, ...]
    record: QuestionRecord | None = None
    topic: str = ""
    reason: str = ""
    named: str = ""
    same_as: int | None = None
    repeats: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be made of a file.

    Attributes
    ----------
    notices : tuple of Notice
        About no single question.
    """

    format: str
    title: str
    items: tuple[Planned, ...]
    notices: tuple[Notice, ...]
    sets: tuple[AuthoredSetRecord, ...]

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the file from being imported."""
        errors = (notice.kind == "error" for notice in self.notices)
        return any(errors) or any(item.outcome == "error" for item in self.items)


def plan(source: Source, choices: Choices, reader: Reader, today: date, tell: Tell) -> Plan:
    """Say what would be made of a file.

    Parameters
    ----------
    reader : Reader
        Whose import it is.
    tell : callable
        Is called with every question.

    Raises
    ------
    Unreadable
        When it holds nothing that could be imported.
    """
    reading = read_file(source.content, source.name, choices.format)
    total = len(reading.questions)
    tell(0, total)
    items = []
    for position, found in enumerate(reading.questions, start=1):
        items.append(_planned(position, found, _defaults(choices, reading), today))
        tell(position, total)
    items = list(_compared(items, choices, reader, tell))
    nothing = () if items else (Notice("error", 0, "No question was found in this file."),)
    sets = tuple(AuthoredSetRecord.model_validate(told) for told in reading.authored_sets)
    notices = (*reading.notices, *nothing)
    return Plan(reading.format, reading.title, tuple(items), notices, sets)


def _defaults(choices: Choices, reading: Reading) -> dict[str, Any]:
    topic = choices.topic or " ".join(reading.title.split())[:100].strip() or NO_TOPIC
    return {"topic": topic, "tags": list(choices.tags), "status": "ready"}


def _planned(position: int, found: Found, defaults: dict[str, Any], today: date) -> Planned:
    record, notices = complete(found, defaults, today)
    prompt = str(found.fields.get("prompt") or "").strip()
    item = Planned(
        position=position,
        line=found.line,
        prompt=record.prompt if record else prompt,
        outcome="error",
        notices=notices,
        named=str(found.fields.get("slug") or (record.slug if record else "")),
    )
    if record is None:
        return item
    fate = fate_of(record)
    return replace(
        item,
        record=fate.record,
        topic=record.topic or defaults["topic"],
        reason=fate.reason,
        outcome="draft" if fate.reason else "ready",
    )


def _compared(
    items: Sequence[Planned], choices: Choices, reader: Reader, tell: Tell
) -> Iterator[Planned]:
    """Mark what is there already, and tell of what is nearly the same."""
    known = in_bank(db.session(), {normalised(item.prompt) for item in items}, reader)
    first: dict[str, int] = {}
    for item in items:
        tell(item.position, len(items))
        if item.record is None:
            yield item
            continue
        key = normalised(item.prompt)
        earlier = first.setdefault(key, item.position) if key else item.position
        same_as, repeats = known.get(key), earlier if earlier != item.position else None
        if same_as is None and repeats is None:
            yield _beside_near(_with_reason(item), reader)
        else:
            yield repeated(item, same_as, repeats, copies=choices.copies)


def repeated(item: Planned, same_as: int | None, repeats: int | None, *, copies: bool) -> Planned:
    """Mark a question that is there already; it is not made again unless copies are wanted."""
    where = "a question in the bank" if same_as else f"question {repeats} of this file"
    what = "it is made once more" if copies else "it is not made again"
    notice = Notice("warning", item.line, f"It is the same as {where}: {what}.")
    item = replace(item, same_as=same_as, repeats=repeats, notices=(*item.notices, notice))
    return _with_reason(item) if copies else replace(item, outcome="duplicate")


def _with_reason(item: Planned) -> Planned:
    # That there is no answer was told on completing it.
    if not item.reason or not (item.record and item.record.references):
        return item
    why = Notice("warning", item.line, f"It becomes a draft: {item.reason}.")
    return replace(item, notices=(*item.notices, why))


def _beside_near(item: Planned, reader: Reader) -> Planned:
    other = nearly_same(item.prompt, reader)
    if not other:
        return item
    said = f"The bank has nearly the same question: “{_short(other)}”"
    return replace(item, notices=(*item.notices, Notice("warning", item.line, said)))


def _short(prompt: str) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"

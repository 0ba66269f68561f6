"""Native files as somebody sends them: read question by question, each with its own damage.

`interview.formats.files` reads the same format, all or nothing, for banks that ship.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from interview.formats import positions
from interview.formats.authored import SetReader
from interview.formats.delimited import shown
from interview.formats.documents import FORMAT, VERSION
from interview.formats.imported import Found, Notice, Reading, Unreadable
from interview.formats.limits import counted
from interview.formats.positions import Document, Field
from interview.formats.repeats import with_repeats
from interview.formats.words import dotted

_SUFFIXES = (".yaml", ".yml", ".json")
_HEAD = 2_000
_MOST_NOTICES = 100
_FIELDS = {"format", "version", "topic", "questions", "sets", "authored_sets"}


def looks_like(text: str, name: str) -> bool:
    """Tell from its name or its first lines whether a file is one of this format."""
    return name.lower().endswith(_SUFFIXES) or FORMAT in text[:_HEAD]


def read(text: str, name: str) -> Reading:
    """Read a file of this format.

    Parameters
    ----------
    text : str
        YAML or JSON.
    name : str
        Of the file.

    Returns
    -------
    Reading
        Each question as the file has it, unchecked but for names that are used twice.

    Raises
    ------
    Unreadable
        When it is no such text, another format, or a version of it that is not known; or when it
        has too many questions.
    """
    damage: list[positions.Unreadable] = []
    file = _File(_document(text, name, damage), damage)
    sets = SetReader(file.document.line_of)
    sets.take(file.content.get("authored_sets"), file.content.get("sets"))
    return Reading(
        format="native",
        title="",
        questions=with_repeats(file.questions()),
        notices=(*islice(file.notices(), _MOST_NOTICES), *sets.notices),
        authored_sets=tuple(sets.sets),
    )


def _document(text: str, name: str, damage: list[positions.Unreadable]) -> Document:
    """Read the text, and refuse what is another format."""
    is_json = name.lower().endswith(".json") or text.lstrip("\ufeff \t\n")[:1] in ("{", "[")
    reader, kind = (positions.read_json, "JSON") if is_json else (positions.read_yaml, "YAML")
    try:
        document = reader(text.removeprefix("\ufeff"), damage)
    except positions.Unreadable as error:
        place = f" ({dotted(error.field)})" if error.field else ""
        message = f"This cannot be read as {kind} from line {error.line} on{place}: {error}."
        raise Unreadable(message, error.line) from error
    _refuse_others(document, kind)
    return document


def _refuse_others(document: Document, kind: str) -> None:
    told = document.content if isinstance(document.content, dict) else {}
    if "format" not in told:
        raise Unreadable(
            f"This is {kind}, but no file of questions: one begins with “format: {FORMAT}” and "
            f"“version: {VERSION}”."
        )
    if told["format"] != FORMAT:
        raise Unreadable(
            f"This file calls its format “{shown(str(told['format']))}”; what can be read is "
            f"“{FORMAT}”.",
            document.line_of(("format",)),
        )
    version = str(told.get("version", "no"))
    if version != str(VERSION):
        raise Unreadable(
            f"This file says “version: {shown(version)}” of the format; what can be read is "
            f"“version: {VERSION}”.",
            document.line_of(("version",)),
        )


@dataclass(frozen=True, slots=True)
class _File:
    document: Document
    damage: Sequence[positions.Unreadable]

    @property
    def content(self) -> Mapping[str, Any]:
        content: dict[str, Any] = self.document.content
        return content

    def notices(self) -> Iterator[Notice]:
        """Tell what is wrong outside of any question."""
        for name in self.content.keys() - _FIELDS:
            yield self._error((name,), "is not a field of this format")
        for error in self.damage:
            if not _place(error.field):
                yield _said(error, error.field)
        questions = self.content.get("questions")
        if questions is not None and not isinstance(questions, list):
            yield self._error(("questions",), "must be a list")

    def questions(self) -> Iterator[Found]:
        items = self.content.get("questions")
        if not isinstance(items, list):
            return
        lines = _grouped(self.document.lines)
        damage: dict[int, list[Notice]] = {}
        for error in self.damage:
            for index in _place(error.field):
                damage.setdefault(index, []).append(_said(error, error.field[2:]))
        for index, item in enumerate(counted(items)):
            yield self._found(index, item, lines.get(index, {}), damage.get(index, []))

    def _found(
        self, index: int, item: Any, lines: dict[Field, int], notices: Sequence[Notice]
    ) -> Found:
        line = self.document.line_of(("questions", index))
        if not isinstance(item, dict):
            notices = [*notices, Notice("error", line, "a question must hold named fields")]
            item = {}
        fields = {"prompt": "", "references": [], **item}
        if "topic" in self.content:
            fields.setdefault("topic", self.content["topic"])
        return Found(line, fields, tuple(notices), lines)

    def _error(self, field: Field, message: str) -> Notice:
        return Notice("error", self.document.line_of(field), f"{dotted(field)} {message}")


def _said(error: positions.Unreadable, field: Field) -> Notice:
    return Notice("error", error.line, f"{dotted(field)} {error}".strip())


def _place(field: Field) -> tuple[int, ...]:
    """Say in which question a field is, where it is in one."""
    inside = len(field) > 1 and field[0] == "questions" and isinstance(field[1], int)
    return (field[1],) if inside else ()  # type: ignore[return-value]


def _grouped(lines: Mapping[Field, int]) -> dict[int, dict[Field, int]]:
    """Part the lines by question, each field by its way within the question."""
    groups: dict[int, dict[Field, int]] = {}
    for field, line in lines.items():
        for index in _place(field):
            groups.setdefault(index, {})[field[2:]] = line
    return groups

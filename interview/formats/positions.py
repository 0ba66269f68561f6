"""Reading YAML and JSON so that every field still knows the line on which it stands."""

import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

Field = tuple[str | int, ...]
"""Keys and indexes that lead from the top of a document to a field."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_BLANK = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


class Unreadable(Exception):
    """Text that is no document at all.

    Attributes
    ----------
    line : int
        Where reading stopped, from 1.
    field : Field
        The field that was being read; empty where that is not known.
    """

    def __init__(self, line: int, message: str, field: Field = ()) -> None:
        super().__init__(message)
        self.line = line
        self.field = field


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (dicts, lists, scalars) and where each part of it stands."""

    content: Any
    lines: Mapping[Field, int]

    def line_of(self, field: Field) -> int:
        """Find the line of a field, or of the nearest field around it where it is missing."""
        while field and field not in self.lines:
            field = field[:-1]
        return self.lines.get(field, 1)


def read_yaml(text: str) -> Document:
    """Read one YAML document of plain data.

    Raises
    ------
    Unreadable
        When the text is not YAML, holds more than one document, a repeated key, an alias
        (a few of them can stand for gigabytes) or a tag that asks for a Python object.
    """
    reader = _YamlReader()
    try:
        _refuse_tricks(text)
        node = yaml.compose(text, Loader=_LOADER)
        content = None if node is None else reader.value(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "this is not YAML"
        raise Unreadable(mark.line + 1 if mark else 1, what) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Unreadable(line, "a control character stands here") from error
    return Document(content, reader.lines)


def _refuse_tricks(text: str) -> None:
    """Refuse nesting that would exhaust the stack of the composer, and aliases."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise Unreadable(line, "is nested too deeply")
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(line, "is an alias, which is not allowed here")


class _YamlReader:
    """Turns nodes into plain data and notes their lines."""

    def __init__(self) -> None:
        self.lines: dict[Field, int] = {}
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, at: Field) -> Any:
        self.lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, at: Field) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, key = key_node.start_mark.line + 1, key_node.value
            if not isinstance(key, str):
                raise Unreadable(line, "a field's name must be a plain word", at)
            if key in found:
                raise Unreadable(line, "is given twice", (*at, key))
            self.lines[*at, key] = line
            found[key] = self.value(value_node, (*at, key))
        return found

    def _scalar(self, node: yaml.ScalarNode, at: Field) -> Any:
        try:
            return self._scalars.construct_object(node)
        except ValueError as error:
            raise Unreadable(node.start_mark.line + 1, str(error), at) from error


def read_json(text: str) -> Document:
    """Read a JSON document.

    Raises
    ------
    Unreadable
        When the text is not JSON, or a key is repeated in one object.
    """
    try:
        json.loads(text)
        reader = _JsonReader(text)
        content, _ = reader.value(0, ())
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, error.msg) from error
    except RecursionError as error:
        raise Unreadable(1, "is nested too deeply") from error
    return Document(content, reader.lines)


class _JsonReader:
    """Walks text that is known to be JSON, and notes the lines of its fields."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Field, int] = {}
        self._text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def value(self, start: int, at: Field) -> tuple[Any, int]:
        start = self._after_blank(start)
        self.lines.setdefault(at, self._line(start))
        if self._text[start] == "{":
            return self._object(start + 1, at)
        if self._text[start] == "[":
            return self._array(start + 1, at)
        return _DECODER.raw_decode(self._text, start)

    def _object(self, start: int, at: Field) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        start = self._after_blank(start)
        while self._text[start] != "}":
            line = self._line(start)
            key, start = _DECODER.raw_decode(self._text, start)
            if key in found:
                raise Unreadable(line, "is given twice", (*at, key))
            self.lines[*at, key] = line
            colon = self._after_blank(start)
            found[key], start = self.value(colon + 1, (*at, key))
            start = self._after_comma(start)
        return found, start + 1

    def _array(self, start: int, at: Field) -> tuple[list[Any], int]:
        found: list[Any] = []
        start = self._after_blank(start)
        while self._text[start] != "]":
            item, start = self.value(start, (*at, len(found)))
            found.append(item)
            start = self._after_comma(start)
        return found, start + 1

    def _after_comma(self, start: int) -> int:
        start = self._after_blank(start)
        return self._after_blank(start + 1) if self._text[start] == "," else start

    def _after_blank(self, start: int) -> int:
        match = _BLANK.match(self._text, start)
        return match.end() if match else start

    def _line(self, start: int) -> int:
        return bisect_right(self._breaks, start) + 1

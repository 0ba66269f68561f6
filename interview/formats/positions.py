"""Reading YAML and JSON so that every field still knows the line on which it stands."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

Field = tuple[str | int, ...]
"""Keys and indexes that lead from the top of a document to a field."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 50
_MOST_FIELDS = 400_000
_TOO_MANY = "has more fields than can be read at once"
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


def read_yaml(text: str, damage: list[Unreadable] | None = None) -> Document:
    """Read one YAML document of plain data.

    Parameters
    ----------
    damage : list of Unreadable, optional
        Takes what is wrong with single fields: what is given twice is the first of them, and
        what cannot be read is None. Without it the first such field stops reading.

    Raises
    ------
    Unreadable
        When the text is not YAML, holds more than one document, a repeated key, an alias
        (a few of them can stand for gigabytes) or a tag that asks for a Python object.
    """
    reader = _YamlReader(text, damage)
    try:
        _refuse_tricks(text, reader.line)
        node = yaml.compose(text, Loader=_LOADER)
        content = None if node is None else reader.value(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "this is not YAML"
        raise Unreadable(reader.line(mark.index) if mark else 1, what) from error
    except yaml.reader.ReaderError as error:
        line = reader.line(error.position)
        raise Unreadable(line, "a control character stands here") from error
    return Document(content, reader.lines)


def _refuse_tricks(text: str, line_at: Callable[[int], int]) -> None:
    """Refuse what would exhaust the stack or the memory of the composer, and aliases."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        problem = _trick(event, depth, count)
        if problem:
            mark = event.start_mark
            raise Unreadable(line_at(mark.index) if mark else 1, problem)


def _trick(event: yaml.Event, depth: int, count: int) -> str:
    if depth > _DEEPEST:
        return "is nested too deeply"
    if count > 2 * _MOST_FIELDS:
        return _TOO_MANY
    return "is an alias, which is not allowed here" if isinstance(event, yaml.AliasEvent) else ""


class _Reader:
    """Notes the lines of fields, and what is wrong with single ones."""

    def __init__(self, text: str, damage: list[Unreadable] | None) -> None:
        self.lines: dict[Field, int] = {}
        self._text = text
        self._damage = damage
        # Parsers of YAML take more than "\n" for the end of a line.
        self._breaks = [match.start() for match in re.finditer("\n", text)]

    def line(self, start: int) -> int:
        """Find the line of a character."""
        return bisect_right(self._breaks, start) + 1

    def _complain(self, error: Unreadable) -> None:
        if self._damage is None:
            raise error
        self._damage.append(error)


class _YamlReader(_Reader):
    """Turns nodes into plain data."""

    def __init__(self, text: str, damage: list[Unreadable] | None) -> None:
        super().__init__(text, damage)
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, at: Field) -> Any:
        self.lines.setdefault(at, self.line(node.start_mark.index))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, at)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]

    def _mapping(self, node: yaml.MappingNode, at: Field) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line, key = self.line(key_node.start_mark.index), key_node.value
            if not isinstance(key, str):
                self._complain(Unreadable(line, "a field's name must be a plain word", at))
            elif key in found:
                self._complain(Unreadable(line, "is given twice", (*at, key)))
            else:
                self.lines[*at, key] = line
                found[key] = self.value(value_node, (*at, key))
        return found

    def _scalar(self, node: yaml.ScalarNode, at: Field) -> Any:
        try:
            return self._scalars.construct_object(node)
        except ValueError as error:
            what = str(error)
        except yaml.MarkedYAMLError as error:
            what = error.problem or "cannot be read"
        except (LookupError, AttributeError, ArithmeticError):
            # So the constructor answers a tag such as !!bool before text that is no such thing.
            what = f"is no {node.tag.rpartition(':')[2]}"
        self._complain(Unreadable(self.line(node.start_mark.index), what, at))
        return None


def read_json(text: str, damage: list[Unreadable] | None = None) -> Document:
    """Read a JSON document.

    Parameters
    ----------
    damage : list of Unreadable, optional
        As of `read_yaml`.

    Raises
    ------
    Unreadable
        When the text is not JSON, or a key is repeated in one object.
    """
    try:
        json.loads(text)
        reader = _JsonReader(text, damage)
        content, _ = reader.value(0, ())
    except json.JSONDecodeError as error:
        raise Unreadable(error.lineno, error.msg) from error
    except ValueError as error:
        raise Unreadable(1, "holds a number of too many digits") from error
    except RecursionError as error:
        raise Unreadable(1, "is nested too deeply") from error
    return Document(content, reader.lines)


class _JsonReader(_Reader):
    """Walks text that is known to be JSON."""

    def value(self, start: int, at: Field) -> tuple[Any, int]:
        start = self._after_blank(start)
        if len(self.lines) > _MOST_FIELDS:
            raise Unreadable(self.line(start), _TOO_MANY)
        self.lines.setdefault(at, self.line(start))
        if self._text[start] == "{":
            return self._object(start + 1, at)
        if self._text[start] == "[":
            return self._array(start + 1, at)
        return _DECODER.raw_decode(self._text, start)

    def _object(self, start: int, at: Field) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        start = self._after_blank(start)
        while self._text[start] != "}":
            line = self.line(start)
            key, start = _DECODER.raw_decode(self._text, start)
            colon = self._after_blank(start)
            if key in found:
                self._complain(Unreadable(line, "is given twice", (*at, key)))
                _, start = self.value(colon + 1, (*at, key, "again"))
            else:
                self.lines[*at, key] = line
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

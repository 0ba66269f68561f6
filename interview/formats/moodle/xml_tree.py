"""XML from strangers: read by expat into plain elements, with everything refused that costs.

There are no document types, so no entities but the five of XML itself and nothing to fetch.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from interview.formats.imported import Unreadable

_DEEPEST = 30
_MOST_ELEMENTS = 500_000

_NO_TYPE = (
    "This XML declares a document type (<!DOCTYPE …>), which can be misused and is never read "
    "here. Take the declaration out and try again; no quiz needs one."
)


@dataclass(slots=True)
class Element:
    """One element.

    Attributes
    ----------
    line : int
        Where it begins, from 1.
    content : list of str or Element
        In their order.
    """

    name: str
    line: int
    attributes: dict[str, str]
    content: list["str | Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text in it, that of its children apart."""
        return "".join(piece for piece in self.content if isinstance(piece, str))

    @property
    def markup(self) -> str:
        """All that is in it, elements as they would be written."""
        return "".join(p if isinstance(p, str) else p._written() for p in self.content)

    def _written(self) -> str:
        told = "".join(f' {k}="{html.escape(v)}"' for k, v in self.attributes.items())
        return f"<{self.name}{told}>{self.markup}</{self.name}>"

    @property
    def children(self) -> Iterator["Element"]:
        """The elements in it."""
        return (piece for piece in self.content if isinstance(piece, Element))

    def all(self, name: str) -> Iterator["Element"]:
        """Give the children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> "Element | None":
        """Give the first child of a name, if there is one."""
        return next(self.all(name), None)


@dataclass(frozen=True, slots=True)
class Tree:
    """What could be read.

    Attributes
    ----------
    damage : Unreadable or None
        What ended reading; what was complete before stays.
    """

    root: Element
    damage: Unreadable | None


def read(text: str) -> Tree:
    """Read a document.

    Raises
    ------
    Unreadable
        When it is no XML from its beginning, is nested too deeply, or has a document type.
    """
    stripped = text.removeprefix("\ufeff").lstrip()
    # A document is said to be UTF-8 or something else; this one was decoded before.
    builder = _Builder(text.count("\n", 0, len(text) - len(stripped)))
    damage = None
    try:
        builder.parser.Parse(stripped, True)
    except expat.ExpatError as error:
        line = error.lineno + builder.skipped
        what = expat.errors.messages.get(error.code, "no XML")
        damage = Unreadable(
            f"This cannot be read as XML from line {line} on: {what}. Nothing after it was read.",
            line,
        )
    return Tree(builder.whole(damage), damage)


class _Builder:
    """Takes what expat finds; an exception in here stops expat at once."""

    def __init__(self, skipped: int) -> None:
        self.root: Element | None = None
        self.skipped = skipped
        self._open: list[Element] = []
        self._count = 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.UnparsedEntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = self._refuse

    @property
    def _line(self) -> int:
        return self.parser.CurrentLineNumber + self.skipped

    def whole(self, damage: Unreadable | None) -> Element:
        """Give the root, without the child that had not ended where reading did."""
        if self.root is None:
            raise damage or Unreadable("There is nothing in it.")
        if len(self._open) > 1:
            self.root.content.pop()
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= _DEEPEST:
            raise Unreadable("This XML is nested too deeply to be a quiz.", self._line)
        if self._count > _MOST_ELEMENTS:
            raise Unreadable("This XML has more elements than a quiz could have.", self._line)
        element = Element(name, self._line, attributes)
        if self._open:
            self._open[-1].content.append(element)
        else:
            self.root = element
        self._open.append(element)

    def _end(self, name: str) -> None:  # noqa: ARG002  as expat calls it
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].content.append(text)

    def _refuse(self, *_: object) -> int:
        raise Unreadable(_NO_TYPE, self._line)

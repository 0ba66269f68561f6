"""Parts of an article: rows of a file, put together where they belong together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple, Self


class Row(NamedTuple):
    """One line of Markdown, and the line of the file (from 1) that it comes from."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """What stands together in an article.

    Attributes
    ----------
    kind : str
        ``prose``, ``code`` or ``table``; ``fold`` where a foldable part begins or ends.
    mark : str
        How it is set apart, as a question may be: ``heading``, ``bold``, ``numbered``,
        ``asked`` ("Q:"), ``summary`` or ``bare``; ``answered`` ("A:"); empty for others.
    level : int
        Of a heading, from 1.
    words : str
        Of what is set apart, without its marks and number.
    number : int or None
        That it carries.
    tight : bool
        Whether no blank line stands before it.
    """

    rows: tuple[Row, ...]
    kind: str = "prose"
    mark: str = ""
    level: int = 0
    words: str = ""
    number: int | None = None
    tight: bool = False

    @property
    def line(self) -> int:
        """Where it begins in the file, from 1."""
        return self.rows[0].number

    @property
    def text(self) -> str:
        """Its Markdown."""
        return "\n".join(row.text for row in self.rows)

    def with_texts(self, texts: Iterable[str]) -> Self:
        """Give the block with other texts in its rows."""
        rows = (Row(row.number, text) for row, text in zip(self.rows, texts, strict=True))
        return replace(self, rows=tuple(rows))


def joined(blocks: Iterable[Block]) -> str:
    """Put blocks together as Markdown."""
    parts: list[str] = []
    for block in blocks:
        parts += ["\n" if block.tight else "\n\n", block.text]
    return "".join(parts[1:])

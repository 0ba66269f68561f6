"""Parting Markdown or plain text into blocks, and marking those that may be questions.

It looks at each line once: files come from anywhere, and none may take long to read.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from interview.formats.article import asking, marks
from interview.formats.article.blocks import Block, Row
from interview.formats.article.fences import Fences
from interview.formats.article.marks import INDENTED, MOST_QUESTION_ROWS, indent_of, words_of

_UNDERLINE = re.compile(r" {0,3}(={3,}|-{3,})\s*$")
_FOLD = re.compile(r"(?i)(</?details(?:\s[^<>]{0,200})?>|</?summary(?:\s[^<>]{0,200})?>)")


def scan(rows: Sequence[Row], *, plain: bool = False) -> list[Block]:
    """Part rows into blocks.

    Parameters
    ----------
    plain : bool
        Whether the text is no Markdown, so that hashes and backticks mean themselves.
    """
    return _Scanner(rows, plain=plain).blocks


class _Scanner:
    """Goes through the rows once; `at` is the row that is being looked at."""

    def __init__(self, rows: Sequence[Row], *, plain: bool) -> None:
        self.blocks: list[Block] = []
        self._rows, self._plain = rows, plain
        self._chunk: list[Row] = []
        self._summary: list[Row] | None = None
        self._gap = True
        self._fences = None if plain else Fences(rows)
        at = 0
        while at < len(rows):
            at = self._take(at)
        self._end_summary()
        self._flush()

    def _take(self, at: int) -> int:
        """Take the row there, perhaps with some after it; give the next one to look at."""
        row = self._rows[at]
        if not row.text.strip() or (not self._plain and marks.is_tags(row.text)):
            self._blank()
            return at + 1
        if self._fences is not None:
            if end := self._fences.end(at):
                self._add(Block(tuple(self._rows[at:end]), kind="code"))
                return end
            if self._summary is not None or ("<" in row.text and _FOLD.search(row.text)):
                self._take_folds(row)
                return at + 1
        return self._take_text(at)

    def _take_text(self, at: int) -> int:
        row = self._rows[at]
        underline = _UNDERLINE.match(row.text)
        if underline and len(self._chunk) == 1 and indent_of(self._chunk[0].text) < INDENTED:
            above = self._chunk.pop()
            number, words = marks.numbered(above.text.strip())
            level = 1 if underline[1][0] == "=" else 2
            rows = (above, row)
            self._add(Block(rows, mark="heading", level=level, words=words, number=number))
            return at + 1
        block = self._marked(at) if indent_of(row.text) < INDENTED else None
        if block is None:
            self._chunk.append(row)
            return at + 1
        parts = marks.parted(block) if block.mark == "asked" else (block,)
        for part in parts:
            self._add(part)
        return at + len(block.rows)

    def _marked(self, at: int) -> Block | None:
        """Find whether a question (or an answer) is announced in the row there."""
        rows = (self._rows[at],)
        text = rows[0].text.strip()
        level, inner = (0, text) if self._plain else marks.heading(text)
        if (rest := asking.answers(inner)) is not None:
            return Block(rows, mark="answered", level=level, words=rest)
        if (asked := asking.asks(inner)) is not None:
            block = Block(rows, mark="asked", level=level, words=words_of(asked[1]))
            block = replace(block, number=asked[0])
            return block if level else self._whole(at, block)
        if level:
            number, words = marks.numbered(inner)
            return Block(rows, mark="heading", level=level, words=words, number=number)
        return self._numbered_or_bold(at, text)

    def _numbered_or_bold(self, at: int, text: str) -> Block | None:
        rows = (self._rows[at],)
        number, rest = asking.number_of(text)
        if number is not None and not self._plain:
            level, inner = marks.heading(rest)
            if level:
                return Block(rows, "prose", "heading", level, words_of(inner), number)
        if number is not None and not marks.leads_within(rest):
            asked = asking.asks(rest)
            words = words_of(asked[1] if asked else rest)
            return self._whole(at, Block(rows, "prose", "numbered", 0, words, number))
        if text.startswith(("**", "__")) and not self._plain:
            return self._bold(at)
        return marks.item(rows)

    def _bold(self, at: int) -> Block | None:
        """Read one to three rows that are bold as a whole."""
        rows: list[Row] = []
        for row in self._rows[at : at + MOST_QUESTION_ROWS]:
            rows.append(row)
            if len(row.text) > asking.LONGEST or not row.text.strip():
                return None
            words = asking.bold(asking.undressed(" ".join(one.text.strip() for one in rows)))
            if words is not None:
                number, words = marks.numbered(words)
                return Block(tuple(rows), "prose", "bold", 0, words, number)
        return None

    def _whole(self, at: int, block: Block) -> Block:
        """Add the next rows where the question ends there only."""
        text = block.words
        if text.endswith((".", "?", "!", ":")) or len(text) > asking.LONGEST:
            return block
        for more in range(1, MOST_QUESTION_ROWS):
            following = self._rows[at + more : at + more + 1]
            if not following or not self._goes_on(following[0].text):
                return block
            text = f"{text} {following[0].text.strip()}"
            if asking.ends_as_question(text):
                rows = tuple(self._rows[at : at + more + 1])
                return replace(block, rows=rows, words=words_of(text))
        return block

    def _goes_on(self, text: str) -> bool:
        stripped = text.strip()
        return (
            0 < len(stripped) <= asking.LONGEST
            and stripped[0].isalnum()
            and asking.number_of(stripped)[0] is None
            and asking.asks(stripped) is None
            and asking.answers(stripped) is None
        )

    def _take_folds(self, row: Row) -> None:
        """Part a row at the tags of foldable parts and of their summaries."""
        for part in _FOLD.split(row.text):
            tag = part.casefold()
            if tag.startswith("<summary"):
                self._flush()
                self._summary = []
            elif tag.startswith("</summary"):
                self._end_summary()
            elif tag.startswith(("<details", "</details")):
                self._end_summary()
                level = -1 if tag.startswith("</") else 1
                self._add(Block((Row(row.number, ""),), kind="fold", level=level))
            elif part.strip() and not marks.is_tags(part):
                lines = self._chunk if self._summary is None else self._summary
                lines.append(Row(row.number, part.strip()))

    def _end_summary(self) -> None:
        if self._summary:
            rows = tuple(self._summary)
            text = marks.TAG.sub("", " ".join(row.text for row in rows)).strip()
            asked = asking.asks(text)
            number, words = asked or marks.numbered(text.lstrip("# "))
            self._summary = None
            self._add(Block(rows, mark="summary", words=words_of(words), number=number))
        self._summary = None

    def _blank(self) -> None:
        if self._summary:
            self._end_summary()
        self._flush()
        self._gap = True

    def _add(self, block: Block) -> None:
        self._flush()
        self.blocks.append(replace(block, tight=not self._gap))
        self._gap = False

    def _flush(self) -> None:
        if self._chunk:
            rows, self._chunk = tuple(self._chunk), []
            for block in marks.bare(rows):
                self._add(block)

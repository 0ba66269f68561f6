"""Rows of Markdown, as paragraphs, lists and code of HTML are put together in them."""

import re
from dataclasses import dataclass

from interview.formats.article.blocks import Row
from interview.formats.article.html_inline import CODE, Inline, escaped

_DEEPEST = 8
"""Lists within lists deeper than this are written as if they were this deep."""

_GUTTER = re.compile(r"[\d\s]*")


@dataclass(slots=True)
class _List:
    ordered: bool
    count: int


class Rows:
    """Collects what a page says, paragraph by paragraph."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.inline = Inline()
        self.quotes = 0
        self._lists: list[_List] = []
        self._marker = ""
        self._in_item = False
        self._code: list[str] | None = None
        self._code_line = 0
        self._last = 1

    def begin_list(self, *, ordered: bool, start: int) -> None:
        """Begin a list, perhaps within an item of another."""
        self.flush()
        self._lists.append(_List(ordered, start))

    def end_list(self) -> None:
        """End the innermost list."""
        self.flush()
        self._marker = ""
        if self._lists:
            self._lists.pop()
        self._in_item = bool(self._lists)

    def begin_item(self) -> None:
        """Begin an item; outside a list it is an item of its own."""
        self.flush()
        self._marker = "- "
        self._in_item = False
        if self._lists and self._lists[-1].ordered:
            self._marker = f"{self._lists[-1].count}. "
            self._lists[-1].count += 1

    def flush(self, before: str = "", after: str = "") -> None:
        """Write the paragraph that was collected, between two signs."""
        rows, self.inline = self.inline.rows(), Inline()
        if not rows:
            return
        for at, row in enumerate(rows):
            text = row.text if before or self._marker else escaped(row.text)
            text = (before if at == 0 else "") + text + (after if at == len(rows) - 1 else "")
            self._write(Row(row.number or self._last, text), first=at == 0)

    def _write(self, row: Row, *, first: bool) -> None:
        self._last = max(self._last, row.number)
        depth = min(len(self._lists), _DEEPEST)
        shallow = "   " * max(0, depth - 1)
        quote = "> " if self.quotes else ""
        if first and self._marker:
            if self._needs_blank(depth):
                self.blank()
            self.rows.append(Row(row.number, f"{quote}{shallow}{self._marker}{row.text}"))
            self._marker, self._in_item = "", True
            return
        if first:
            self.blank()
        indent = "   " * depth if self._in_item or self._lists else ""
        self.rows.append(Row(row.number, f"{quote}{indent}{row.text}".rstrip()))

    def _needs_blank(self, depth: int) -> bool:
        """Whether what stands above would swallow the item."""
        above = self.rows[-1].text.lstrip("> ") if self.rows else ""
        if self._marker not in ("- ", "1. "):
            # Only a list that begins with 1 can follow a sentence without a blank line.
            return not above[:1].isdigit()
        return depth <= 1 and above[:2] != "- " and not above[:1].isdigit()

    def blank(self) -> None:
        """Write a blank row, unless there is one."""
        if self.rows and self.rows[-1].text:
            self.rows.append(Row(self._last, ""))

    def write_alone(self, text: str, line: int) -> None:
        """Write a row with nothing around it."""
        self.flush()
        self.blank()
        self.rows.append(Row(line, text))

    def begin_code(self, line: int) -> None:
        """Begin code that keeps its rows."""
        self.flush()
        self._code, self._code_line = [], line

    def is_code(self) -> bool:
        """Whether code is being collected."""
        return self._code is not None

    def add_code(self, data: str) -> None:
        """Add to the code."""
        if self._code is not None:
            self._code.append(data)

    def end_code(self, language: str) -> None:
        """Write the code that was collected in a fence; numbers of lines alone are none."""
        if self._code is None:
            return
        code = "".join(self._code).expandtabs(4)
        self._code = None
        lead = len(code) - len(code.lstrip("\n"))
        code = code.strip("\n").rstrip()
        if _GUTTER.fullmatch(code):
            return
        longest = max((len(run) for run in re.findall("`+", code)), default=0)
        fence = CODE * max(3, longest + 1)
        self.blank()
        start = self._code_line
        if self._marker:
            self._write(Row(start, ""), first=True)
        indent = "   " * min(len(self._lists), _DEEPEST)
        self.rows.append(Row(start, f"{indent}{fence}{language}"))
        last = start
        for last, text in enumerate(code.split("\n"), start + lead):
            self.rows.append(Row(last, f"{indent}{text}".rstrip()))
        self.rows += [Row(last, f"{indent}{fence}"), Row(last, "")]
        self._last = max(self._last, last)

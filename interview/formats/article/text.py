"""Plain text as Markdown: its bullets, code and tables, which nothing marks as such."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from interview.formats.article import lost_tables
from interview.formats.article.blocks import Block, Row
from interview.formats.article.plain_code import is_announced, is_code, language_of, straight
from interview.formats.imported import Notice

_MARKDOWN = re.compile(
    r"(?m)^ {0,3}(?:`{3,}|~{3,}|#{1,6}[ \t]+\S.*\?|#{2,6}[ \t]+\S|\|?[ \t]*:?-{3,}:?[ \t]*\|)"
    r"|\*\*[^\s*][^*\n]{0,200}\*\*|\]\([^()\s]{1,500}\)"
    r"|(?i:^\s{0,3}<(?:details|summary)\b)"
)
_BULLET = re.compile(r"\s*(?:[•▪‣●■▸►·*+–—-]|(?P<inner>[◦○□])|o(?=\s{2}))[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u2060\ufeff\u00ad"))
_MEANT_AS_CODE = re.compile(
    r"__\w+__(?:\(\))?"
    r"|</?[A-Za-z!][^<>\n]{0,200}>"
    r"|\{[ ]?[%{][^{}\n]{0,200}[%}][ ]?\}"
    r"|(?<![\w*])\*{1,2}[A-Za-z_]\w*(?![\w*])"
)
_BEGINS_LIKE_MARKDOWN = re.compile(r"[#>|]|={3,}$|-{3,}$")


def is_markdown(text: str) -> bool:
    """Tell whether a text uses signs of Markdown, so that they are not to be shown as such."""
    return _MARKDOWN.search(text) is not None


def is_item(text: str) -> bool:
    """Tell whether a row begins an item of a list."""
    return _BULLET.match(text) is not None or _NUMBER.match(text) is not None


def classified(blocks: Iterable[Block], question: str) -> list[Block]:
    """Find out which blocks of an answer are code and which are tables.

    Parameters
    ----------
    question : str
        That the blocks answer; a comparison may be answered by a table.
    """
    found: list[Block] = []
    announced = False
    for block in blocks:
        for part in _at_announcement(block):
            one = replace(part, kind=_kind(part, question, announced=announced))
            if one.kind == "code" and found and found[-1].kind == "code":
                found[-1] = _together(found[-1], one)
            else:
                found.append(one)
            announced = one.kind == "code" or is_announced(one.rows[-1].text)
    return found


def _at_announcement(block: Block) -> tuple[Block, ...]:
    """Part a sentence that announces code from the code right below it."""
    lines = [row.text for row in block.rows]
    if len(lines) == 1 or not is_announced(lines[0]) or not is_code(lines[1:], announced=True):
        return (block,)
    return replace(block, rows=block.rows[:1]), replace(block, rows=block.rows[1:])


def _kind(block: Block, question: str, *, announced: bool) -> str:
    lines = [row.text for row in block.rows]
    if any(map(is_item, lines)):
        return "prose"
    if lost_tables.borders(lines) or lost_tables.lost_heading(lines, question):
        return "table"
    return "code" if is_code(lines, announced=announced) else "prose"


def _together(first: Block, second: Block) -> Block:
    between = () if second.tight else (Row(second.line - 1, ""),)
    return replace(first, rows=(*first.rows, *between, *second.rows))


def as_markdown(blocks: Iterable[Block], question: str) -> tuple[list[Block], list[Notice]]:
    """Write classified blocks as Markdown.

    Returns
    -------
    tuple of list of Block and list of Notice
        The blocks, and what could not be told of their tables.
    """
    notices: list[Notice] = []
    written = []
    for block in blocks:
        if block.kind == "code":
            written.append(_fenced(block))
        elif block.kind == "table":
            written.append(_table(block, question, notices))
        else:
            texts, inside = [], False
            for row in block.rows:
                text, inside = _prose(row.text, inside=inside)
                texts.append(text)
            written.append(block.with_texts(texts))
    return written, notices


def _fenced(block: Block) -> Block:
    lines = [straight(row.text).rstrip() for row in block.rows]
    shared = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    code = "\n".join(line[shared:] for line in lines)
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    inside = block.with_texts(code.split("\n")).rows
    first = Row(block.line, fence + language_of(code))
    # Code that follows a sentence without a blank line is a block of its own all the same.
    return replace(block, rows=(first, *inside, Row(inside[-1].number, fence)), tight=False)


def _table(block: Block, question: str, notices: list[Notice]) -> Block:
    lines = [row.text for row in block.rows]
    sign = lost_tables.borders(lines)
    if sign:
        rows = [lost_tables.cells_of(line, sign) for line in lines if line.strip("-|:+\t ")]
        heading = rows.pop(0) if rows else [""]
    else:
        heading = lost_tables.lost_heading(lines, question)
        rows = _parted(block.rows[1:], heading, notices)
        notices.append(Notice("warning", block.line, _LOST_BORDERS))
    numbers = [block.line, *(row.number for row in block.rows)]
    texts = lost_tables.as_markdown(heading, [[tidy(cell) for cell in row] for row in rows])
    return replace(block, rows=tuple(map(Row, numbers, texts)), tight=False)


_LOST_BORDERS = (
    "The borders between the cells of this table are lost. They were put where a new sentence "
    "begins: compare the rows with the original."
)
_NO_BORDER = (
    "Where the two cells of this row part cannot be told, so that the first one holds them both."
)


def _parted(rows: Sequence[Row], heading: Sequence[str], notices: list[Notice]) -> list[list[str]]:
    found = []
    for row in rows:
        cells, certain = lost_tables.parted(row.text, heading)
        found.append(cells)
        if not certain:
            notices.append(Notice("warning", row.number, _NO_BORDER))
    return found


def _prose(text: str, *, inside: bool) -> tuple[str, bool]:
    """Write one row; `inside` says whether an item of a list began above it."""
    bullet = _BULLET.match(text)
    if bullet:
        sign = "  - " if bullet["inner"] else "- "
        return sign + tidy(text[bullet.end() :]), True
    number = _NUMBER.match(text)
    if number:
        return f"{number[1]}. {tidy(text[number.end() :])}", True
    return ("  " if inside else "") + tidy(text), inside


def tidy(text: str) -> str:
    """Write the words of plain text so that Markdown shows them as they are."""
    text = " ".join(text.translate(_INVISIBLE).split())
    if "`" not in text:
        text = _MEANT_AS_CODE.sub(r"`\g<0>`", text)
    return f"\\{text}" if _BEGINS_LIKE_MARKDOWN.match(text) else text

"""Places where a page has lost words on its way into a file.

Pages that were copied or scraped lose what was set in another way: names of files, code, ends
of elements. Every check here looks for a kind of gap that whole text does not show.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from interview.formats.article.blocks import Block, Row
from interview.formats.article.damaged_code import code_damage, lost_script, spaced_tags
from interview.formats.article.fences import opens
from interview.formats.article.text import is_item
from interview.formats.imported import Notice

_SPAN = re.compile(r"(?<!`)(`+)(?!`)[^`]{1,500}\1(?!`)")
_ABOUT = re.compile(
    r"(?i)(?:what|who)\s+(?:is|are|was|were|does|do)\s+"
    r"(?:(?:in|of|from|by)\s+(?!the\b|an?\b|this\b|it\b)[\w.]+(?:\s+[\w.]+)?"
    r"|(?:and|or)\s.{1,80})\W*$"
)
_UNCOMPARED = re.compile(
    r"(?i)\bbetween\s+(?:and|or)\b|\bdifferences?\s+between\s+(?:an?\s+|the\s+)?\S+\s+and\W*$"
)
_STRANDED = re.compile(
    r"(?:^|\s)(?P<last>called|named|using|through|into|via|from|with|of|by|than|in|to|for|on|at)$"
)
_HELD_OPEN = re.compile(r"(?:^|\s)(?P<last>the|an|and|or|its|your|as|a)$")
_ALLOWS_STRANDING = re.compile(
    r"(?i)\b(?:what|which|who|whom|whose|where|how|when|why|that|to)\b.*\s\S+$"
)
_BEING_CALLED = re.compile(r"(?i)\b(?:is|are|be|was|were|been|being|gets?|when|it|not)\s+\w+$")
_BEFORE_STOP = re.compile(
    r"\b(?P<last>called|named|the|an?|of|in|to|from|with|by|using|through|into|via|is|are|file"
    r"|folder|command)[ \u00a0]+(?P<stop>[.,])(?=\s|$)"
)
_HEADLESS = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bvs\.)(?<!\betc\.)(?<=[\w)][.!?])[ \u00a0]+"
    r"(?P<verb>[a-z]{2,20}s)\s+"
    r"(?:the|an?|this|these|its|all|you|your|as|to|in|on|by|with|for|from)\b"
)
_NO_NOUN = re.compile(
    r"\b(?P<article>[Tt]he|[Aa]n)[ \u00a0]+(?P<next>is|are|was|were|has|have|of|and|or|from|with)"
    r"(?![\w-])(?!\s+(?:operators?|keywords?|statements?|clauses?|blocks?|expressions?|conditions?"
    r"|methods?|functions?|quer(?:y|ies)|lookups?|words?|options?|parameters?|gates?|part|tests?"
    r"|checks?|relation|relationship)\b)"
)
_BLANK_NAME = re.compile(
    r"\b(?P<noun>file|folder|function|method|module|command|class|called|named)[ \u00a0]{2,}"
    r"(?P<verb>is|are|was|were|has|will|can|does|should|must)\b"
)
_THE_FILE = re.compile(
    r"\b[Tt]he (?P<noun>file|folder|directory|script)"
    r"(?=\s*(?:[.,;:)]|$)|\s+(?:is|was|has|will|can|does|should|must|contains?)\b)"
)
_INTRODUCED = {
    noun: re.compile(
        rf"(?i)(?<!\bthe )(?<!\bthis )(?<!\bthat )\b{stem}\w*|\b\w+\.[a-z]{{1,5}}\b(?!\.)"
        r"|/\w+|\b(?:path|download|upload|disk|save|open)\w*"
    )
    for noun, stem in {
        "file": "file",
        "folder": "(?:folder|director)",
        "directory": "(?:folder|director)",
        "script": "script",
    }.items()
}
_GARBLED = re.compile(r"\ufffd|Ã[\u0080-\u00bf]|â€|Â[\u00a0-\u00bf]")
_INDENTED = 4
_FEWEST_WORDS = 4
_SHOWN_WORDS = 6
_SHOWN = 400


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph or an item of a list as one string, with the rows that it comes from."""

    rows: tuple[Row, ...]
    text: str
    starts: tuple[int, ...]
    before: str
    """What follows: ``item``, ``prose``, ``code``, ``table`` or, at the end, nothing."""

    is_item: bool

    def warn(self, at: int, message: str) -> Notice:
        row = self.rows[max(0, bisect_right(self.starts, at) - 1)]
        return Notice("warning", row.number, message)


def in_question(words: str, line: int) -> list[Notice]:
    """Find what a question has lost, where its words show that."""
    if len(words) < 200 and (_ABOUT.match(words) or _UNCOMPARED.search(words)):  # noqa: PLR2004
        message = f"This question seems to have lost a name: “{words}”."
        return [Notice("warning", line, message)]
    return []


def in_answer(question: str, blocks: Sequence[Block]) -> list[Notice]:
    """Find what an answer has lost.

    Parameters
    ----------
    question : str
        That the blocks answer: what it names needs no other introduction.
    blocks : sequence of Block
        Of the answer, each with its kind.
    """
    notices: list[Notice] = []
    for block in blocks:
        notices += code_damage(block) if block.kind == "code" else []
        notices += [
            Notice("warning", row.number, "Letters were garbled here when the text was copied.")
            for row in block.rows
            if _GARBLED.search(row.text)
        ]
    units = list(_units(blocks))
    for unit in units:
        notices += _in_unit(unit)
    if units and not units[-1].before and units[-1].text.endswith(":"):
        last = units[-1]
        tail = _tail(last.text)
        notices.append(last.warn(len(last.text), f"Nothing follows the colon: “{tail}”."))
    notices += _nameless(question, units, blocks)
    return sorted(notices, key=lambda one: one.line)


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    """Part the prose of an answer into paragraphs and items."""
    groups: list[tuple[str, list[Row]]] = []
    for block in blocks:
        if block.kind != "prose" or block.mark == "heading":
            groups.append((block.kind if block.kind != "prose" else "heading", []))
            continue
        begins = True
        for row in block.rows:
            item = is_item(row.text)
            if begins or item:
                groups.append(("item" if item else "prose", []))
            groups[-1][1].append(row)
            begins = False
    for at, (kind, rows) in enumerate(groups):
        if rows and not _is_code_or_table(rows):
            following = groups[at + 1][0] if at + 1 < len(groups) else ""
            yield _unit(kind, tuple(rows), following)


def _is_code_or_table(rows: Sequence[Row]) -> bool:
    first = rows[0].text.replace("\t", " " * _INDENTED)
    return first.startswith("|") or (first.startswith(" " * _INDENTED) and not is_item(first))


def _unit(kind: str, rows: tuple[Row, ...], following: str) -> _Unit:
    starts, length, parts = [], 0, []
    for row in rows:
        text = _SPAN.sub(lambda found: "x" * len(found[0]), row.text.strip())
        starts.append(length)
        parts.append(text)
        length += len(text) + 1
    return _Unit(rows, " ".join(parts), tuple(starts), following, is_item=kind == "item")


def _in_unit(unit: _Unit) -> Iterator[Notice]:
    yield from _broken_off(unit)
    text = unit.text
    for found in _BEFORE_STOP.finditer(text):
        yield unit.warn(found.start(), f"Something is missing after “{found['last']}”.")
    for found in _HEADLESS.finditer(text):
        at = found.start("verb")
        rest = _head(text[at : at + _SHOWN])
        yield unit.warn(at, f"A name is missing before “{rest}”.")
    for found in _NO_NOUN.finditer(text):
        between = f"“{found['article']}” and “{found['next']}”"
        yield unit.warn(found.start(), f"A word is missing between {between}.")
    for found in _BLANK_NAME.finditer(text):
        between = f"“{found['noun']}” and “{found['verb']}”"
        yield unit.warn(found.start(), f"A name is missing between {between}.")
    for row in unit.rows:
        yield from spaced_tags(row)
        yield from lost_script(row, in_prose=True)
        if opens(row.text):
            yield Notice("warning", row.number, "The code that begins here is never closed.")


def _broken_off(unit: _Unit) -> Iterator[Notice]:
    """Find a sentence that ends with a word that something has to follow."""
    end = unit.text[-_SHOWN:]
    if unit.before in ("code", "table") or len(end.split()) < _FEWEST_WORDS:
        return
    if unit.before == "item" and not unit.is_item:
        return
    found = _HELD_OPEN.search(end)
    if found and found["last"] in ("and", "or") and unit.is_item and unit.before:
        return
    if found is None:
        found = _STRANDED.search(end)
        called = found is not None and found["last"] in ("called", "named")
        pattern = _BEING_CALLED if called else _ALLOWS_STRANDING
        if found is None or pattern.search(end):
            return
    message = f"The sentence breaks off here: “{_tail(unit.text)} …”."
    yield unit.warn(len(unit.text), message)


def _nameless(question: str, units: Sequence[_Unit], blocks: Iterable[Block]) -> Iterator[Notice]:
    """Find “the file” where no file was spoken of: its name was there once."""
    mentions = [(unit, found) for unit in units for found in _THE_FILE.finditer(unit.text)]
    if not mentions or any(block.kind == "code" or "`" in block.text for block in blocks):
        return
    texts = [question, *(unit.text for unit in units)]
    lost = {
        noun
        for noun in {found["noun"] for _, found in mentions}
        if not any(_INTRODUCED[noun].search(text) for text in texts)
    }
    for unit, found in mentions:
        if found["noun"] in lost:
            shown = _tail(unit.text[max(0, found.end() - _SHOWN) : found.end()])
            message = f"The name of the {found['noun']} is missing: “… {shown}”."
            yield unit.warn(found.start(), message)


def _tail(text: str) -> str:
    return " ".join(text[-_SHOWN:].split()[-_SHOWN_WORDS:])


def _head(text: str) -> str:
    return " ".join(text.split()[:_SHOWN_WORDS])

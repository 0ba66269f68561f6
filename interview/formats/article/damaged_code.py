"""Code that lost a part of itself on its way into a file."""

import re
from collections import Counter
from collections.abc import Iterator

from interview.formats.article.blocks import Block, Row
from interview.formats.article.fences import opens
from interview.formats.imported import Notice

_SPACED_TAG = re.compile(
    r"\{[ \u00a0]+%[^{}\n]{0,100}%[ \u00a0]*\}|\{%[^{}\n]{0,100}%[ \u00a0]+\}"
    r"|\{[ \u00a0]+\{[ ]?[\w.|]{1,80}[ ]?\}[ \u00a0]+\}"
)
_ELEMENT = re.compile(
    r"<(/?)(form|table|ul|ol|select|div|body|head|html|script|style|nav|section)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_CUT = re.compile(r"\.\.\.|…")
_RUN_IN_PROSE = re.compile(
    r"\b(?:code|command|run|execute|type|enter|using|with|by)\s+(?:the\s+)?"
    r"(?P<command>(?:python3?|py|node|ruby|php|perl)\s+(?P<word>[a-z]\w{2,30}))"
    r"(?=\s*(?:$|\.(?!\w)|[;\"'”]))"
)
_RUN = re.compile(r"\s*(?:\$\s*)?(?P<command>(?:python3?|py)\s+(?P<word>[a-z]\w{2,30}))\s*$")
_NO_COMMANDS = frozenset(
    re.findall(
        r"\w+",
        """code script scripts file files program programs command commands version shell
        interpreter console prompt module modules developers itself library libraries package
        packages function functions syntax language environment installed console""",
    )
)


def code_damage(block: Block) -> Iterator[Notice]:
    """Find what a block of code has lost: all of itself, ends of elements, names."""
    inside = [row for row in block.rows if not opens(row.text)]
    if not any(row.text.strip() for row in inside):
        yield Notice("warning", block.line, "There is no code in this block of code.")
    yield from _unclosed(inside)
    for row in inside:
        yield from spaced_tags(row)
        yield from lost_script(row, in_prose=False)


def _unclosed(rows: list[Row]) -> Iterator[Notice]:
    """Find elements that are opened and never closed, where nothing says that code is cut."""
    if sum(bool(row.text.strip()) for row in rows) < 2 or any(  # noqa: PLR2004
        _CUT.search(row.text) for row in rows
    ):
        return
    first: dict[str, int] = {}
    balance: Counter[str] = Counter()
    for row in rows:
        for closes, name in _ELEMENT.findall(row.text):
            element = name.casefold()
            balance[element] += -1 if closes else 1
            if not closes:
                first.setdefault(element, row.number)
    for element, number in first.items():
        if balance[element] > 0:
            yield Notice("warning", number, f"<{element}> is opened here and never closed.")


def spaced_tags(row: Row) -> Iterator[Notice]:
    """Find template tags that got blanks between their signs."""
    for found in _SPACED_TAG.finditer(row.text):
        message = f"Blanks stand between the signs of the template tag “{found[0]}”."
        yield Notice("warning", row.number, message)


def lost_script(row: Row, *, in_prose: bool) -> Iterator[Notice]:
    """Find commands that run a word where the name of a script belongs before it."""
    found = _RUN_IN_PROSE.search(row.text) if in_prose else _RUN.match(row.text)
    if found and found["word"] not in _NO_COMMANDS:
        command = found["command"]
        message = f"The name of the script seems to be missing from “{command}”."
        yield Notice("warning", row.number, message)

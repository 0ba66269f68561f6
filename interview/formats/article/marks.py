"""What a row of Markdown or plain text is marked as: a heading, an item, a question."""

import re
from dataclasses import replace

from interview.formats.article import asking
from interview.formats.article.blocks import Block, Row

TAG = re.compile(r"(?i)</?(?:b|strong|i|em|h[1-6]|span|font|code|p|br|u)(?:\s[^<>]{0,200})?/?>")
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}(?:\s[^()]{0,200})?\)")
_BULLET = re.compile(r" ?[-*+•]\s+")
_TO_A_PLACE = re.compile(r"\[[^\[\]]{1,300}\]\(#[^()\s]{0,300}\)\W{0,3}")
_ANCHOR = re.compile(r"\s*(?:\{#[\w-]{1,100}\}|\[?[¶#]\]?)$")
_ANSWER_BEGINS = re.compile(r"(?i)\?(?:\*\*)?[ \t]+(?=(?:\*\*)?(?:A|Ans|Answer)(?:\*\*)?:)")
_DEEPEST_HEADING = 6
_LONGEST_DRESS = 2_000
INDENTED = 4
"""Blanks before a row that make it a part of what stands above, or code."""

MOST_QUESTION_ROWS = 3


def indent_of(text: str) -> int:
    """Count the blanks that a row begins with; a tab counts as four."""
    return len(text[: len(text) - len(text.lstrip())].replace("\t", "    "))


def words_of(text: str) -> str:
    """Take links, anchors, bold and other dress from the words of a question."""
    if len(text) > _LONGEST_DRESS:
        return text.strip()
    text = _ANCHOR.sub("", _LINK.sub(r"\1", text).strip())
    return asking.unbolded(asking.undressed(text)).strip()


def item(rows: tuple[Row, ...]) -> Block | None:
    """Find an item of a list that asks something."""
    found = _BULLET.match(rows[0].text)
    if found is None or len(rows[0].text) > asking.LONGEST:
        return None
    rest = rows[0].text[found.end() :].strip()
    words = words_of(rest)
    if leads_within(rest) or not asking.heads_an_answer(words):
        return None
    return Block(rows, mark="item", words=words)


def leads_within(text: str) -> bool:
    """Tell whether a text is a link to a place of its own page, as in a table of contents."""
    return _TO_A_PLACE.fullmatch(text) is not None


def heading(text: str) -> tuple[int, str]:
    """Give level and words of a heading; level 0 and the text itself where it is none."""
    level = len(text) - len(text.lstrip("#")) if text.startswith("#") else 0
    if not 0 < level <= _DEEPEST_HEADING or text[level : level + 1] not in ("", " ", "\t"):
        return 0, text
    return level, text[level:].strip().rstrip("#").rstrip()


def is_tags(text: str) -> bool:
    """Tell whether a row of Markdown holds elements without any words in them."""
    return text.startswith("<") and not TAG.sub("", text[:_LONGEST_DRESS]).strip()


def numbered(text: str) -> tuple[int | None, str]:
    """Part the number of a question from its words, and undress them."""
    number, words = asking.number_of(words_of(text))
    return number, words_of(words)


def parted(block: Block) -> tuple[Block, ...]:
    """Part a row that holds both a question and its answer."""
    found = _ANSWER_BEGINS.search(block.words)
    if found is None or len(block.rows) > 1:
        return (block,)
    rest = block.words[found.end() :]
    asked = replace(block, words=words_of(block.words[: found.end()].rstrip()))
    row = (Row(block.line, rest),)
    return asked, Block(row, mark="answered", words=asking.answers(rest) or "")


def bare(rows: tuple[Row, ...]) -> tuple[Block, ...]:
    """Find a question that stands on lines of its own, or on the first one of a chunk."""
    if indent_of(rows[0].text) >= INDENTED:
        return (Block(rows),)
    first = rows[0].text.strip()
    if asking.heads_an_answer(first) and (len(rows) == 1 or asking.ends_as_question(first)):
        head = Block(rows[:1], mark="bare", words=words_of(first))
        return (head, Block(rows[1:])) if len(rows) > 1 else (head,)
    if 1 < len(rows) <= MOST_QUESTION_ROWS:
        whole = " ".join(row.text.strip() for row in rows)
        if asking.ends_as_question(whole) and asking.heads_an_answer(whole):
            return (Block(rows, mark="bare", words=words_of(whole)),)
    return (Block(rows),)

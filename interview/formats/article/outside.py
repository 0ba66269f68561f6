"""What an article holds beside its questions and answers: what is kept of it, and what is not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview.formats.article.answers import RULE, left_out
from interview.formats.article.blocks import Block
from interview.formats.article.page_noise import is_back_link, is_contents, is_date, is_noise
from interview.formats.article.parts import Parts, Section
from interview.formats.imported import Notice

_LINK_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,4}[.)])?\s*\[[^\[\]]{1,300}\]\([^()\s]{0,500}\)\W{0,5}")
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Outside:
    """What an article calls itself, and what is to be said of what was left out."""

    title: str
    notices: tuple[Notice, ...]


def outside(parts: Parts, title: str) -> Outside:
    """Look at all that is neither a question nor an answer.

    Parameters
    ----------
    title : str
        That the article gives elsewhere; empty to find it here.
    """
    before = [block for block in parts.before if not _says_nothing(block)]
    notices = [_of_page(block) for block in before if _is_pages(block)]
    before = [block for block in before if not _is_pages(block)]
    found = _name(parts.title) if parts.title else ""
    if not found and not title and before and _may_be_title(before[0]):
        found = _name(before.pop(0))
    if before:
        notices.append(_of_text(before, "before the first question"))
    for section in parts.sections:
        notices += _of_section(section)
    notices.sort(key=lambda one: one.line)
    return Outside((title or found)[:_LONGEST_TITLE], tuple(notices))


def _name(block: Block) -> str:
    words = block.words or block.text
    return " ".join(words.strip("*_# ").split())


def _says_nothing(block: Block) -> bool:
    if block.kind == "fold" or is_contents(block.words or block.text):
        return True
    rows = [row.text for row in block.rows if row.text.strip()]
    return all(RULE.fullmatch(row) or _LINK_ITEM.fullmatch(row) for row in rows) or is_back_link(
        block.text
    )


def _is_pages(block: Block) -> bool:
    return is_noise(block.text) or is_date(block.text)


def _of_page(block: Block) -> Notice:
    if not is_date(block.text):
        return left_out(block)
    shown = " ".join(block.text.split())
    message = f"The page says “{shown}”: look whether its answers still hold."
    return Notice("warning", block.line, message)


def _may_be_title(block: Block) -> bool:
    text = block.text.strip()
    return (
        block.kind == "prose"
        and len(block.rows) == 1
        and len(text) <= _LONGEST_TITLE
        and not text.endswith((".", ":", ",", ";"))
        and not text.startswith(("- ", "* ", "|", "<", "•"))
    )


def _of_text(blocks: Sequence[Block], where: str) -> Notice:
    first, last = blocks[0].line, blocks[-1].rows[-1].number
    if first == last:
        message = f"This line stands {where} and was left out."
    else:
        message = f"Lines {first} to {last} stand {where} and were left out."
    return Notice("warning", first, message)


def _of_section(section: Section) -> list[Notice]:
    name, line = section.name, section.head.line
    if is_contents(name):
        return []
    text = [block for block in section.blocks if not _says_nothing(block)]
    if not section.holds_questions:
        more = " and the text below it were" if text else " was"
        return [Notice("warning", line, f"“{name}” is no question: it{more} left out.")]
    notices = [Notice("warning", line, f"“{name}” is no question: it became a tag of those below.")]
    if text:
        notices.append(_of_text(text, f"below “{name}” without a question"))
    return notices

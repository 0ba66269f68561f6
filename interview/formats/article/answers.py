"""The answers of an article, cleaned of what belongs to the page and written as Markdown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from interview.formats.article import damage, fences
from interview.formats.article import text as article_text
from interview.formats.article.blocks import Block, Row, joined
from interview.formats.article.page_noise import is_back_link, is_date, is_noise
from interview.formats.article.parts import Part
from interview.formats.article.text import tidy
from interview.formats.imported import Notice

RULE = re.compile(
    r" {0,3}(?:(?:-[ \t]{0,3}){3,200}|(?:\*[ \t]{0,3}){3,200}|(?:_[ \t]{0,3}){3,200})"
)
_UNFOLDS = re.compile(
    r"(?i)\W{0,4}(?:(?:click|tap|press|show|reveal|view|see|expand|toggle|open|check|here)\b.{0,60}"
    r"|(?:the |my |sample |possible |model |expected )?(?:answers?|solutions?|explanation))\W{0,4}"
)
_ITEM = re.compile(r"\s{0,3}(?:\d|[-*+•]\s)")
_LEAST_NOISE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer as Markdown, and the line on which it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the questions and answers of one article.

    Parameters
    ----------
    plain : bool
        Whether the article is no Markdown yet.
    pages : bool
        Whether it may hold what a web site says of itself.
    """

    plain: bool
    pages: bool

    def written(self, part: Part, *, is_last: bool) -> tuple[str, list[Answer], list[Notice]]:
        """Write a question: its prompt, its answers, and what is to be said of them."""
        before, groups = _groups(part)
        words = part.head.words
        if not words and before:
            words, before = before[0].text.strip(), before[1:]
        notices = damage.in_question(words, part.head.line)
        notices += [Notice("warning", block.line, _DOUBTFUL) for block in part.doubtful]
        prompt = tidy(words) if self.plain else words
        if before:
            prompt = f"{prompt}\n\n{self._text(before, words, notices)}".strip()
        answers = []
        for group in groups:
            blocks = self._trimmed(group, notices, is_last=is_last)
            text = self._text(_dedented(blocks, part.head), words, notices)
            if text:
                answers.append(Answer(text, blocks[0].line))
        return prompt, answers, notices

    def _trimmed(
        self, blocks: Sequence[Block], notices: list[Notice], *, is_last: bool
    ) -> list[Block]:
        """Leave out rules, links to the top and, on pages, what belongs to the site."""
        kept = [block for block in blocks if block.text.strip() and not is_back_link(block.text)]
        if self.pages:
            kept = _without_noise(kept, notices, is_last=is_last)
        held = [at for at, block in enumerate(kept) if not RULE.fullmatch(block.text)]
        return kept[held[0] : held[-1] + 1] if held else []

    def _text(self, blocks: Sequence[Block], words: str, notices: list[Notice]) -> str:
        blocks = article_text.classified(blocks, words) if self.plain else _closed(blocks)
        notices += damage.in_answer(words, blocks)
        if self.plain:
            blocks, more = article_text.as_markdown(blocks, words)
            notices += more
        return joined(blocks).strip("\n").rstrip()


_DOUBTFUL = "This reads like a question too; it was left in the answer that it stands in."


def _groups(part: Part) -> tuple[list[Block], list[list[Block]]]:
    """Part what belongs to the question from its answers, where “A:” or the like does so."""
    before: list[Block] = []
    groups: list[list[Block]] = []
    for block in part.blocks:
        if block.mark == "answered" or (block.mark == "summary" and _unfolds(block)):
            groups.append([])
            words = block.words if block.mark == "answered" else ""
            if words.strip():
                first = Row(block.line, words.strip())
                groups[-1].append(replace(block, rows=(first, *block.rows[1:])))
        elif block.kind != "fold":
            own = _as_bold(block) if block.mark == "summary" else block
            (groups[-1] if groups else before).append(own)
    if groups and (part.head.mark == "asked" or any(groups)):
        return before, [group for group in groups if group]
    return [], [before]


def _unfolds(block: Block) -> bool:
    return _UNFOLDS.fullmatch(block.words[:200]) is not None


def _as_bold(block: Block) -> Block:
    return replace(block, rows=(Row(block.line, f"**{block.words}**"),), tight=False)


def _without_noise(blocks: Sequence[Block], notices: list[Notice], *, is_last: bool) -> list[Block]:
    kept = list(blocks)
    while is_last and len(kept) > 1 and _is_sites(kept[-1], least=1):
        notices.append(left_out(kept.pop()))
    answers = [block for block in kept if not _is_sites(block, least=_LEAST_NOISE)]
    if not answers:
        return kept
    notices += [left_out(block) for block in kept if _is_sites(block, least=_LEAST_NOISE)]
    return answers


def _is_sites(block: Block, *, least: int) -> bool:
    if block.kind != "prose" or len(block.rows) > 1:
        return False
    text = block.text
    return (len(text.split()) >= least and is_noise(text)) or (least == 1 and is_date(text))


def left_out(block: Block) -> Notice:
    """Say that a line of a site was left out."""
    shown = " ".join(block.text.split())
    return Notice("warning", block.line, f"“{shown}” belongs to the web site and was left out.")


def _dedented(blocks: Sequence[Block], head: Block) -> list[Block]:
    """Take from the rows of a list's item the blanks that made them a part of it."""
    if not blocks or not _ITEM.match(head.rows[0].text):
        return list(blocks)
    first = blocks[0].rows[0].text
    width = len(first) - len(first.lstrip())
    return [block.with_texts(_cut(row.text, width) for row in block.rows) for block in blocks]


def _cut(text: str, width: int) -> str:
    return text[min(width, len(text) - len(text.lstrip())) :]


def _closed(blocks: Iterable[Block]) -> list[Block]:
    """Close code that is opened and never closed, lest it swallow what comes after it."""
    found = list(blocks)
    open_fences = [
        row.text.strip()
        for block in found
        if block.kind == "prose"
        for row in block.rows
        if fences.opens(row.text)
    ]
    if len(open_fences) % 2:
        sign = open_fences[-1][0]
        fence = sign * max(3, len(open_fences[-1]) - len(open_fences[-1].lstrip(sign)))
        last = found[-1].rows[-1].number
        found.append(Block((Row(last, fence),), mark="heading", tight=True))
    return found

"""Articles with questions and their answers: plain text, Markdown and HTML.

Whatever an article is written in, it becomes rows of Markdown that know their line, then
blocks; the blocks that are questions are found, and what stands between them is their answers.
"""

import re
from collections.abc import Sequence
from pathlib import PurePath

from interview.formats.article import html as article_html
from interview.formats.article import markdown as article_markdown
from interview.formats.article import text as article_text
from interview.formats.article.answers import Writer
from interview.formats.article.asking import same
from interview.formats.article.blocks import Block, Row
from interview.formats.article.outside import outside
from interview.formats.article.parts import Part, parts_of
from interview.formats.article.schemes import Scheme, scheme_of
from interview.formats.imported import MOST_QUESTIONS, Found, Notice, Reading, Unreadable

_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<fields>(?:[^\n]*\n){0,100}?)(?:---|\.\.\.)[ \t]*(?:\n|$)"
)
_TITLE = re.compile(r"(?m)^title:[ \t]*[\"']?(.{1,300}?)[\"']?[ \t]*$")
_NOTHING = (
    "No question was found in it. Questions can be headings, numbered, bold or marked “Q:”, or "
    "stand alone between blank lines; most of them end with a question mark or begin with a word "
    "such as “What”, “How” or “Explain”."
)

_WORDLESS = "Here a question begins that has no words; it was left out, with what answers it."


def read(text: str, name: str) -> Reading:
    """Read an article.

    Parameters
    ----------
    text : str
        Plain text, Markdown or HTML.
    name : str
        Of the file; its suffix is a hint.

    Returns
    -------
    Reading
        Its questions with their answers as Markdown, and a warning for each place that is
        damaged or was left out.

    Raises
    ------
    Unreadable
        When no question is found in it, or too many are.
    """
    suffix = PurePath(name).suffix.casefold()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if suffix in _HTML_SUFFIXES or (
        suffix not in _MARKDOWN_SUFFIXES and article_html.is_html(text)
    ):
        return _read_html(text)
    title, start = _front_matter(text)
    rows = [Row(number, line) for number, line in enumerate(text.split("\n"), 1)][start:]
    plain = suffix not in _MARKDOWN_SUFFIXES and not article_text.is_markdown(text)
    blocks = article_markdown.scan(rows, plain=plain)
    return _reading(blocks, scheme_of(blocks), title, Writer(plain=plain, pages=plain))


def _read_html(text: str) -> Reading:
    page, blocks = _page(text, whole=False)
    scheme = scheme_of(blocks)
    if not scheme.mark:
        # Some pages wrap all they have in what others have their menus in.
        page, blocks = _page(text, whole=True)
        scheme = scheme_of(blocks)
    writer = Writer(plain=False, pages=True)
    reading = _reading(blocks, scheme, "", writer)
    return Reading(
        format=reading.format,
        title=reading.title or page.title,
        questions=reading.questions,
        notices=(*page.notices, *reading.notices),
    )


def _page(text: str, *, whole: bool) -> tuple[article_html.Page, list[Block]]:
    page = article_html.convert(text, whole=whole)
    return page, article_markdown.scan(page.rows)


def _front_matter(text: str) -> tuple[str, int]:
    """Find the title among the fields before an article, and how many lines those take."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return "", 0
    title = _TITLE.search(found["fields"])
    return (title[1] if title else ""), found[0].count("\n")


def _reading(blocks: Sequence[Block], scheme: Scheme, title: str, writer: Writer) -> Reading:
    if not scheme.mark:
        raise Unreadable(_NOTHING)
    parts = parts_of(blocks, scheme)
    asked = _without_contents(parts.questions)
    if len(asked) > MOST_QUESTIONS:
        raise Unreadable(
            f"A file can have {MOST_QUESTIONS:,} questions; this one has {len(asked):,}. "
            "Send it in parts."
        )
    around = outside(parts, title)
    last = len(asked) - 1
    found = [_found(part, writer, is_last=at == last) for at, part in enumerate(asked)]
    worded = tuple(one for one in found if one.fields["prompt"])
    if not worded:
        raise Unreadable(_NOTHING)
    wordless = [Notice("warning", one.line, _WORDLESS) for one in found if not one.fields["prompt"]]
    return Reading("article", around.title, worded, (*around.notices, *wordless))


def _without_contents(questions: Sequence[Part]) -> list[Part]:
    """Drop the entries of a table of contents: the same question comes again, with its answer."""
    kept: list[Part] = []
    later: set[str] = set()
    for part in reversed(questions):
        words = same(part.head.words)
        if part.has_answer or words not in later:
            kept.append(part)
        later.add(words)
    kept.reverse()
    return kept


def _found(part: Part, writer: Writer, *, is_last: bool) -> Found:
    prompt, answers, notices = writer.written(part, is_last=is_last)
    lines: dict[tuple[str | int, ...], int] = {("prompt",): part.head.line}
    for at, answer in enumerate(answers):
        lines["references", at] = answer.line
    if not answers:
        message = "This question has no answer here."
        notices = [Notice("warning", part.head.line, message), *notices]
    fields: dict[str, object] = {
        "prompt": prompt,
        "references": [answer.text for answer in answers],
    }
    if part.tags:
        fields["tags"] = list(part.tags)
    notices.sort(key=lambda one: one.line)
    return Found(part.head.line, fields, tuple(notices), lines)

"""HTML as Markdown, row by row, whatever state it is in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from interview.formats.article.blocks import Row
from interview.formats.article.html_reader import Reader
from interview.formats.imported import Notice

_LOOKS = re.compile(
    r"(?i)\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?"
    r"<(?:!doctype\s+html|html\b|head\b|body\b)",
    re.DOTALL,
)
_ELEMENT = re.compile(
    r"(?i)</?(?:p|div|span|h[1-6]|ul|ol|li|strong|b|dl|dt|dd|table|tr|td|section|article|main|nav"
    r"|br|script|style)(?:\s[^<>]{0,200})?/?>"
)
_CUT_TAG = re.compile(r"</?[A-Za-z][^<]*$")
_SHORT = 200
_SAMPLE = 20_000
_MARKED_BY = 4
"""So many elements make a text that begins with one HTML; Markdown has a few of them too."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as Markdown.

    Attributes
    ----------
    title : str
        Of its head; empty where it has none.
    """

    title: str
    rows: Sequence[Row]
    notices: tuple[Notice, ...]


def is_html(text: str) -> bool:
    """Tell whether a text is HTML, rather than Markdown with some of it."""
    head = text[:_SAMPLE].lstrip("\ufeff \n\t")
    if _LOOKS.match(head):
        return True
    return head[:1] == "<" and len(_ELEMENT.findall(head)) >= _MARKED_BY


def to_markdown(text: str) -> str:
    """Write a piece of HTML as Markdown."""
    rows = convert(text, whole=True).rows
    return "\n".join(row.text for row in rows).strip("\n").rstrip()


def convert(text: str, *, whole: bool) -> Page:
    """Write a page as Markdown.

    Parameters
    ----------
    whole : bool
        Whether to keep menus, headers, footers and forms, which are left out otherwise.
    """
    reader = Reader(whole=whole)
    reader.feed(_closed(text))
    reader.close()
    reader.finish()
    notices = []
    if reader.pictures:
        many = (
            f"{len(reader.pictures)} pictures were" if len(reader.pictures) > 1 else "A picture was"
        )
        first = reader.pictures[0]
        message = f"{many} left out (the first stood here); what describes them is kept."
        notices.append(Notice("warning", first, message))
    last = text.count("\n") + 1
    rows = [Row(min(row.number, last), row.text) for row in reader.out.rows]
    return Page(" ".join(reader.title.split()), rows, tuple(notices))


def _closed(text: str) -> str:
    """Take from a text the beginnings of what never ends.

    The parser looks for the end of each to the end of the file, again and again.
    """
    end = text.rfind("-->") + 1
    text = text[:end] + text[end:].replace("<!--", "")
    end = text.rfind(">") + 1
    rest = _CUT_TAG.sub("", text[end:]) if len(text) - end <= _SHORT else text[end:]
    return text[:end] + rest.replace("<", "&lt;")

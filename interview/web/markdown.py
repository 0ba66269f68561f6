"""Markdown to safe HTML: parsed, highlighted, then cleaned against an allow-list."""

from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_ATTRIBUTES = {
    "a": {"href", "title"},
    "code": {"class"},
    "span": {"class"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
}
_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol"),
    *("p", "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}


def _highlight(code: str, language: str, _attributes: str) -> str:
    try:
        lexer = get_lexer_by_name(language or "text")
    except ClassNotFound:
        lexer = get_lexer_by_name("text")
    return str(highlight(code, lexer, HtmlFormatter(nowrap=True)))


_PARSER = MarkdownIt("commonmark", {"html": False, "highlight": _highlight}).enable("table")


@lru_cache(maxsize=2048)
def render(text: str) -> Markup:
    """Render Markdown.

    Parameters
    ----------
    text : str
        Markdown; HTML in it is shown as text.

    Returns
    -------
    Markup
        HTML of an allow-list of tags, safe to put into a page.
    """
    return _clean(_PARSER.render(text))


@lru_cache(maxsize=2048)
def render_headline(text: str) -> tuple[Markup, Markup]:
    """Render a prompt as a headline and what follows it.

    Parameters
    ----------
    text : str
        Markdown whose first paragraph is the question.

    Returns
    -------
    headline, rest : Markup
        The first paragraph without its block, and the blocks after it.
    """
    first, _, rest = text.strip().partition("\n\n")
    if first.startswith(("#", "```", "- ", "* ", "|", "> ")):
        return Markup("Question"), render(text)
    return _clean(_PARSER.renderInline(first)), render(rest) if rest else Markup("")


def _clean(html: str) -> Markup:
    safe = nh3.clean(
        # The corner of a table heads nothing; a heading without words confuses readers aloud.
        html.replace("<th></th>", "<td></td>"),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        # Code that is wider than the page scrolls, which the keyboard must reach.
        set_tag_attribute_values={"pre": {"tabindex": "0"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return Markup(safe)  # noqa: S704 - cleaned above, by nh3

"""Texts of other programs, turned into the Markdown that questions are kept in."""

import re

_ELEMENT = re.compile(
    r"</(?:p|b|i|em|strong|ul|ol|li|code|pre|div|span|h[1-6]|table|a|sub|sup)\s*>|<br\s*/?>",
    re.IGNORECASE,
)
_EITHER = ("moodle", "moodle_auto_format")


def to_markdown(text: str, kind: str) -> str:
    """Turn a text into Markdown.

    Parameters
    ----------
    text : str
    kind : str
        What it is written in: ``html``, ``moodle`` or ``moodle_auto_format`` (plain text in
        which elements of HTML may stand), or anything else for Markdown and plain text.
    """
    if kind == "html" or (kind in _EITHER and _ELEMENT.search(text)):
        # Reading HTML costs a web process too much; only workers come here.
        from interview.formats.article.html import to_markdown as of_html  # noqa: PLC0415

        return of_html(text)
    return text

"""Elements of HTML, by what they do to the Markdown that is written of them."""

import re


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSEEN = _names(
    "script style template noscript svg math iframe object select textarea canvas audio video"
)
OF_PAGES = _names("nav footer form aside menu dialog header")
CONTENT = _names("main article")
BREAKS = _names(
    "p div section article main dl dd figure figcaption address fieldset legend body html center"
    " hgroup header footer nav form aside menu dialog tr tbody thead caption"
)
SPILLS = _names("h1 h2 h3 h4 h5 h6 table dl details pre")
"""A cell with one of these is not of a table, but a place on a page that is laid out by one."""

ENDS_WITHIN = _names("h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table pre details section blockquote")
"""What cannot stand in a heading, so that one of these ends it where its own end is missing."""

HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*", "var": "*", "code": "`", "kbd": "`"}
LANGUAGE = re.compile(
    r"\b(?:language|lang|highlight-source|highlight|brush)(?:-|:\s?)([\w+#]{1,20})"
)
NO_LANGUAGE = _names("default none text plaintext plain nohighlight source")

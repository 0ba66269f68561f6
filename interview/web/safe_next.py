"""Where to go after a form: only ever to a page of this site."""

import re
from urllib.parse import urlsplit

# Browsers read a backslash as a slash and drop control characters, so that what looks like
# a path may lead to another host.
_MISREAD = re.compile(r"[\\\x00-\x20\x7f-\x9f]")
_LONGEST = 2_000


def safe_path(text: str | None, otherwise: str = "/") -> str:
    """Return a path of this site, whatever a link or a form asked for.

    Parameters
    ----------
    text : str or None
        What was asked for: anybody may have written it.
    otherwise : str
        Where to go when it cannot be trusted.

    Returns
    -------
    str
        A path with its query: no scheme, no host.
    """
    if not text or len(text) > _LONGEST or _MISREAD.search(text):
        return otherwise
    if not text.startswith("/") or text.startswith("//"):
        return otherwise
    try:
        parts = urlsplit(text)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else text

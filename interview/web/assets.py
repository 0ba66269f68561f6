"""The two files that come from the CDN, and the content policy that admits just them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asset:
    """A pinned file.

    Attributes
    ----------
    url : str
        Its full address, version included.
    integrity : str
        Subresource-integrity hash of its bytes.
    vendor_name : str
        Its name under static/vendor/ where a closed network serves it itself.
    """

    url: str
    integrity: str
    vendor_name: str


ASSETS = {
    "htmx": Asset(
        "https://cdn.jsdelivr.net/npm/htmx.org@2.0.11/dist/htmx.min.js",
        "sha384-2OatzQy1H+Zd/IIrjr1TcuDGqLXeHhbooAyJY1KdQMKnr4LZ22k31GBLdYKHmVjg",
        "htmx.min.js",
    ),
    "pico": Asset(
        "https://cdn.jsdelivr.net/npm/@picocss/pico@2.1.1/css/pico.min.css",
        "sha384-L1dWfspMTHU/ApYnFiMz2QID/PlP1xCW9visvBdbEkOLkSSWsP6ZJWhPw6apiXxU",
        "pico.min.css",
    ),
}


def content_security_policy(assets: str) -> str:
    """Write the policy header.

    Parameters
    ----------
    assets : str
        ``cdn`` or ``vendor``: where the pinned files come from.

    Returns
    -------
    str
        A policy without ``unsafe-inline`` or ``unsafe-eval``. Full pinned paths are
        allowed, since allowing the CDN's host would allow every package on it.
    """
    script, style = (
        ("", "") if assets == "vendor" else (f" {ASSETS['htmx'].url}", f" {ASSETS['pico'].url}")
    )
    return (
        f"default-src 'none'; script-src 'self'{script}; style-src 'self'{style}; "
        "img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
    )

"""Signed tokens for links in mail: what they allow, and until when."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def issue(purpose: str, body: dict[str, int], until: datetime) -> str:
    """Make a token.

    Parameters
    ----------
    purpose : str
        A token serves the purpose that it was made for and no other.
    body : dict of str to int
        What it names. It can be read by anybody who holds the token.
    until : datetime
        The last moment at which it can be used.

    Returns
    -------
    str
        Safe to stand in a URL.
    """
    return str(_signer(purpose).dumps({**body, "until": int(until.timestamp())}))


def read(purpose: str, token: str, now: datetime) -> dict[str, int] | None:
    """Read a token back; None when it was not made here, for this, or is too old."""
    try:
        body: dict[str, int] = _signer(purpose).loads(token)
    except BadSignature:
        return None
    return body if now.timestamp() <= body["until"] else None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"mail-link:{purpose}")

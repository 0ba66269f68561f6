"""What stands in the address of a request."""

from typing import Any

from flask import request

_MOST = 2**31
"""One more than the largest number of a row: what is larger names nothing either."""


def number_asked(name: str) -> int | None:
    """Read the number of something; None where the address says none, or no number.

    What is too large or too small for a database to look for becomes another number that no
    row has.
    """
    number = request.args.get(name, type=int)
    return None if number is None else max(-1, min(number, _MOST))


def names_hidden() -> bool:
    """Whether no learner is to be named."""
    return request.args.get("names") == "hidden"


def hiding() -> dict[str, Any]:
    """What the addresses need that lead on from a page: names that are hidden stay so."""
    return {"names": "hidden"} if names_hidden() else {}

"""What is wrong with a record, in words that speak of a file.

pydantic's own words speak of inputs, models and patterns.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from interview.formats.positions import Field

# Filled in from what pydantic tells of the limit.
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of this format",
    "string_type": "must be text (a number or a date needs quotes)",
    "list_type": "must be a list",
    "model_type": "must hold named fields",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "date_type": "must be a date such as 2026-01-31",
    "date_from_datetime_inexact": "must be a date such as 2026-01-31",
    "literal_error": "must be {expected}",
    "greater_than": "must be greater than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "string_too_long": "can have {max_length:,} characters at most",
    "too_long": "can have {max_length} entries at most",
    "too_short": "needs at least {min_length}",
}

_PATTERNS = {
    r"^[^\n]+$": "must be one line of text",
    r"^[a-z0-9-]+$": "can have small letters, digits and hyphens only",
    r"^https?://[^\s<>\"]+$": "must be an address that begins with http:// or https://",
}


def told(error: ValidationError) -> Iterator[tuple[Field, str]]:
    """Tell everything that is wrong with a record.

    Yields
    ------
    tuple of Field and str
        Where it is, and what follows the name of that field in a sentence.
    """
    for found in error.errors(include_url=False, include_input=False):
        yield found["loc"], _said(found["type"], found.get("ctx", {}), found["msg"])


def _said(kind: str, limits: dict[str, Any], message: str) -> str:
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(limits["pattern"], message)
    if kind in _WORDS:
        return _WORDS[kind].format(**limits)
    return message.removeprefix("Value error, ")


def dotted(field: Field) -> str:
    """Write the way to a field, such as ``questions[3].key_points[0].weight``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in field)
    return "".join(parts).removeprefix(".")

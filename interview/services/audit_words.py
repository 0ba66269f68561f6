"""What was before and what is after, as people say it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:[+-]\d\d:\d\d|Z)", re.ASCII)
_BEFORE_AND_AFTER = 2

NOTHING = "nothing"

Said = str | datetime


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that was changed, or that is told of a change.

    Attributes
    ----------
    before : str or datetime or None
        None where there is only one value to tell.
    after : str or datetime
        Moments are left to the page, which knows its reader's zone.
    """

    name: str
    before: Said | None
    after: Said


def details_of(details: Mapping[str, Any]) -> tuple[Detail, ...]:
    """Read what `audit.note` was given, whatever shape its values have."""
    return tuple(_detail(name, value) for name, value in details.items())


def told(details: Sequence[Detail]) -> str:
    """Write details on one line, for a file."""
    return "; ".join(
        f"{one.name}: {_plain(one.after)}"
        if one.before is None
        else f"{one.name}: {_plain(one.before)} → {_plain(one.after)}"
        for one in details
    )


def _detail(name: str, value: Any) -> Detail:
    words = name.replace("_", " ")
    if isinstance(value, list) and len(value) == _BEFORE_AND_AFTER:
        return Detail(words, _said(name, value[0]), _said(name, value[1]))
    return Detail(words, None, _said(name, value))


def _said(name: str, value: Any) -> Said:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return _number(name, value)
    if isinstance(value, str):
        return datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else value
    return _several(name, value)


def _number(name: str, value: float) -> str:
    if name.endswith("score"):
        return f"{round(value * 100)} %"
    if name.endswith("percent"):
        return f"{value:g} %"
    return f"{value:.10g}"


def _several(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        parts = (f"{key} {_plain(_said(str(key), one))}" for key, one in value.items())
        return ", ".join(parts) or NOTHING
    return ", ".join(_plain(_said(name, one)) for one in value) or NOTHING


def _plain(value: Said) -> str:
    return value.isoformat() if isinstance(value, datetime) else value

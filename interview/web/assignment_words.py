"""Moments of assignments, in the zone that they were stated in."""

from datetime import datetime
from zoneinfo import ZoneInfo


def moment_in(value: datetime | None, zone: str) -> str:
    """Write a moment in a zone, with the name that the zone has just then."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %Y, %H:%M %Z}"

"""Calendar days of a place as moments, whatever its clocks did at midnight."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
"""Days outside these are slips of the keyboard, and far ones cannot be computed with."""


def start_of(day: date, zone: tzinfo) -> datetime:
    """Find the first moment of a day.

    Parameters
    ----------
    day : date
        From `FIRST_DAY` to the day after `LAST_DAY`.
    zone : tzinfo
        The place.

    Returns
    -------
    datetime
        In UTC. Where midnight comes twice, the earlier one; where clocks were put forward
        at midnight, the moment of the change, which is what ``fold=0`` stands for.
    """
    return datetime.combine(day, time(), zone).astimezone(UTC)


def end_of(day: date, zone: tzinfo) -> datetime:
    """Find the first moment that is no longer of a day."""
    return start_of(day + timedelta(days=1), zone)

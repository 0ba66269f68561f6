"""Dates as people state them: a wall clock in a place, whose clocks are put on and back."""

from datetime import UTC, datetime, tzinfo


class NoSuchTime(ValueError):
    """The clocks of the place skip this time: they are put forward over it."""


def moment_at(wall: datetime, zone: tzinfo) -> datetime:
    """Find the moment at which the clocks of a place show a time.

    Parameters
    ----------
    wall : datetime
        Without a zone.
    zone : tzinfo
        The place.

    Returns
    -------
    datetime
        In UTC. Where clocks show the time twice, the first of the two, which is what
        ``fold=0`` stands for.

    Raises
    ------
    NoSuchTime
        When they never show it.
    """
    moment = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        raise NoSuchTime
    return moment


def is_twice(wall: datetime, zone: tzinfo) -> bool:
    """Whether the clocks of a place show a time twice."""
    first, second = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return first.utcoffset() > second.utcoffset()  # type: ignore[operator]  # zones have one

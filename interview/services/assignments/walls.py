"""Dates as they are typed, on the wall clock of a place, and the moments that they are."""

from datetime import datetime
from zoneinfo import ZoneInfo

from interview.rules.days import FIRST_DAY, LAST_DAY
from interview.rules.local_time import NoSuchTime, is_twice, moment_at


class Walls:
    """Reads the dates of one form, and keeps what is to be said about them.

    Parameters
    ----------
    zone : str
        IANA name of the place whose clocks are meant.

    Attributes
    ----------
    problems : dict of str to str
        What is wrong, by field.
    notices : list of str
        What the person should know.
    """

    def __init__(self, zone: str) -> None:
        self.zone = zone
        self.problems: dict[str, str] = {}
        self.notices: list[str] = []
        self._place = ZoneInfo(zone)

    def read(
        self, field: str, wall: datetime | None, present: datetime | None = None
    ) -> datetime | None:
        """Find the moment that is meant; none where nothing was typed or no clock shows it.

        Parameters
        ----------
        field : str
            Where a problem is told.
        present : datetime, optional
            What is kept so far. A date that reads as before stays this very moment: a form
            has no seconds, and an hour that comes twice reads the same both times.
        """
        if wall is None:
            return None
        if not FIRST_DAY <= wall.date() <= LAST_DAY:
            self.problems[field] = f"Choose a day from {FIRST_DAY.year} to {LAST_DAY.year}."
            return None
        wall = wall.replace(second=0, microsecond=0)
        if present is not None and wall_of(present, self.zone) == wall:
            return present
        return self._moment(field, wall)

    def _moment(self, field: str, wall: datetime) -> datetime | None:
        try:
            moment = moment_at(wall, self._place)
        except NoSuchTime:
            self.problems[field] = (
                f"There is no {wall:%H:%M} on {_day(wall)} in {self.zone}: the clocks are put "
                "forward over it. Choose an earlier or a later time."
            )
            return None
        if is_twice(wall, self._place):
            self.notices.append(
                f"{wall:%H:%M} on {_day(wall)} comes twice in {self.zone}, because the clocks "
                f"are put back. The first one counts ({moment.astimezone(self._place):%Z})."
            )
        return moment


def _day(wall: datetime) -> str:
    return f"{wall.day} {wall:%B %Y}"


def wall_of(moment: datetime, zone: str) -> datetime:
    """What the clocks of a place show at a moment, to the minute."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None, second=0, microsecond=0)

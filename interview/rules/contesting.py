"""When learners may contest what their assigned answers were graded as."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Closed(StrEnum):
    """Why nothing can be contested now."""

    ARCHIVED = "archived"
    OFF = "off"
    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Window:
    """The time for contesting that an assignment states.

    Attributes
    ----------
    allowed : bool
        Whether the assignment lets its learners contest anything.
    is_archived : bool
        Whether nothing in the class can be changed any more.
    since, until : datetime or None
        Not before, and not after; none for no such limit.
    """

    allowed: bool
    is_archived: bool
    since: datetime | None
    until: datetime | None

    def closed(self, now: datetime) -> Closed | None:
        """Say why nothing can be contested; None where it can."""
        if self.is_archived:
            return Closed.ARCHIVED
        if not self.allowed:
            return Closed.OFF
        if self.since is not None and now < self.since:
            return Closed.EARLY
        if self.until is not None and now > self.until:
            return Closed.LATE
        return None

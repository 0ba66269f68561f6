"""A clock that moves only when a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class FakeClock:
    """Stands in for the app's clock; calling it tells the time."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> datetime:
        self.now += timedelta(days=days, minutes=minutes, seconds=seconds)
        return self.now

    def set(self, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        self.now = now.astimezone(UTC)


class ShiftedClock:
    """The real time plus what a test added, for apps that a browser talks to."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def advance(self, *, seconds: float = 0, minutes: float = 0, days: float = 0) -> datetime:
        self.offset += timedelta(days=days, minutes=minutes, seconds=seconds)
        return self()

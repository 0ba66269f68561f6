"""The server's clock, read once a request so that a wait for a lock costs nobody time."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app, g

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def install_clock(app: Flask, clock: Clock = system_clock) -> None:
    """Give the app a clock and note the moment when each request arrived."""
    app.extensions["clock"] = clock

    @app.before_request
    def note_arrival() -> None:
        g.now = app.extensions["clock"]()


def now() -> datetime:
    """When the present request arrived; the present moment outside a request."""
    clock: Clock = current_app.extensions["clock"]
    arrived: datetime | None = g.get("now")
    return arrived or clock()

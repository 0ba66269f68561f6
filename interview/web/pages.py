"""What every template can use: the viewer, assets, moments, durations and Markdown."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request
from markupsafe import Markup

from interview.services import notices
from interview.services.attempts.reading import open_attempts
from interview.web.assets import ASSETS, Asset
from interview.web.clock import now
from interview.web.config import Settings
from interview.web.principal import viewer

THEMES = ("light", "dark")


def install(app: Flask, settings: Settings) -> None:
    """Attach template globals and filters to the app."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        moment=moment,
        clock_time=clock_time,
        duration=duration,
        percent=percent,
        markdown=markdown,
        headline=headline,
    )
    app.jinja_env.globals.update(asset=_asset_finder(settings), viewer=viewer, now=now)

    @app.context_processor
    def add_page_context() -> dict[str, Any]:
        return {
            "theme": theme(),
            "open_attempts": _open_attempts,
            "unread_notices": _unread_notices,
        }


def theme() -> str:
    """The theme that the reader chose, or nothing where the system's is followed."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def _open_attempts() -> Any:
    person = viewer()
    return open_attempts(person.id, now()) if person else ()


def _unread_notices() -> int:
    person = viewer()
    return notices.unread(person) if person else 0


def _asset_finder(settings: Settings) -> Any:
    def asset(name: str) -> Asset:
        found = ASSETS[name]
        if settings.assets == "vendor":
            return Asset(f"/static/vendor/{found.vendor_name}", found.integrity, found.vendor_name)
        return found

    return asset


def _zone() -> ZoneInfo:
    person = viewer()
    return ZoneInfo(person.zone if person else "UTC")


def moment(value: datetime | None, shape: str = "%-d %b %Y, %H:%M") -> str:
    """Write a moment in the viewer's zone, with the zone's name."""
    if value is None:
        return ""
    local = value.astimezone(_zone())
    return f"{local.strftime(shape)} {local.tzname()}"


def clock_time(value: datetime | None) -> str:
    """Write the time of day in the viewer's zone, to the second."""
    return value.astimezone(_zone()).strftime("%H:%M:%S") if value else ""


def duration(value: timedelta | float | None) -> str:
    """Write a length of time as a person says it: ``45 s``, ``3 min``, ``1 h 05 min``."""
    if value is None:
        return ""
    seconds = max(0, round(value.total_seconds() if isinstance(value, timedelta) else value))
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"
    if minutes:
        return f"{minutes} min {rest:02d} s" if rest else f"{minutes} min"
    return f"{rest} s"


def percent(value: float | None) -> str:
    """Write a share between 0 and 1 as a whole percentage."""
    return "–" if value is None else f"{round(value * 100)} %"


def markdown(text: str) -> Markup:
    """Render Markdown that was written by authors, sanitised."""
    # Imported late: a process that renders no article never pays for the parser.
    from interview.web.markdown import render  # noqa: PLC0415

    return render(text)


def headline(text: str) -> tuple[Markup, Markup]:
    """Render a prompt as the headline of its page, and what follows it."""
    from interview.web.markdown import render_headline  # noqa: PLC0415

    return render_headline(text)

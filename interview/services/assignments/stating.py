"""The terms of an assignment as an instructor states them, made into what is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from interview.rules.assigning import Counts
from interview.rules.typed import clean
from interview.services.accounts.details import time_zones
from interview.services.assignments import reviews
from interview.services.assignments.reviews import Shown
from interview.services.assignments.walls import Walls, wall_of
from interview.store.types import AnyRow as Row

TITLE_MOST = 120
INSTRUCTIONS_MOST = 5_000
CODE_MOST = 40
MOST_ATTEMPTS = 20
LONGEST_DELAY_HOURS = 720
ADDRESSES_MOST = 20_000
COUNTS = tuple(one.value for one in Counts)


class Impossible(Exception):
    """What was stated cannot be kept.

    Attributes
    ----------
    problems : dict of str to str
        What is wrong, by the field that it is told beside.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom an assignment is.

    Attributes
    ----------
    kind : str
        ``class``, ``groups`` or ``people``.
    groups, people : tuple of int
        Their numbers; those of the other kinds are passed over.
    addresses : str
        Learners besides `people`, by their addresses, one a line.
    """

    kind: str = "class"
    groups: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    addresses: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """The terms of an assignment as a form has them.

    Attributes
    ----------
    opens, due, closes : datetime or None
        On the wall clock of `zone`.
    whole_minutes, question_minutes : int or None
        None for no limit.
    attempts : int or None
        None for as many as are wanted.
    delay : timedelta
        From the end of one attempt to the start of the next.
    review : str
        One of `reviews.REVIEWS`.
    parts : dict of str to Shown
        When each part is shown; used where `review` is ``own``.
    appeals : bool
        Whether learners may contest key points that were not found.
    appeals_from, appeals_until : datetime or None
        On the wall clock of `zone`; none for no such limit.
    """

    version_id: int
    title: str
    zone: str
    opens: datetime
    due: datetime | None = None
    closes: datetime | None = None
    instructions: str = ""
    audience: Audience = Audience()
    whole_minutes: int | None = None
    question_minutes: int | None = None
    attempts: int | None = 1
    counts: str = Counts.BEST
    delay: timedelta = timedelta(0)
    shuffle: bool = False
    returnable: bool = True
    late_percent: int = 0
    access_code: str = ""
    review: str = reviews.USUAL
    parts: Mapping[str, Shown] = field(default_factory=dict)
    remind: bool = True
    appeals: bool = True
    appeals_from: datetime | None = None
    appeals_until: datetime | None = None


def columns_of(stated: Stated, present: Row | None = None) -> tuple[dict[str, Any], list[str]]:
    """Make what was stated into columns.

    Parameters
    ----------
    present : Row, optional
        The assignment as it is, where one is changed.

    Returns
    -------
    tuple of dict and list of str
        The columns, and what the instructor should know about them.

    Raises
    ------
    Impossible
        Naming every field that needs another value.
    """
    if stated.zone not in time_zones():
        raise Impossible({"zone": "Choose a time zone from the list."})
    walls = Walls(stated.zone)
    dates = _dates(stated, walls, present)
    review = reviews.columns_of(
        stated.review, stated.parts, walls, present, closes=stated.closes is not None
    )
    window = _window(stated, walls, present)
    if walls.problems:
        raise Impossible(walls.problems)
    return {**_plain(stated), **dates, **review, **window}, walls.notices + _short_window(
        stated, dates
    )


def _dates(stated: Stated, walls: Walls, present: Row | None) -> dict[str, datetime | None]:
    typed = {"opens": stated.opens, "due": stated.due, "closes": stated.closes}
    dates = {
        f"{name}_at": walls.read(name, wall, getattr(present, f"{name}_at", None))
        for name, wall in typed.items()
    }
    opens, due, closes = dates.values()
    if opens and closes and closes <= opens:
        walls.problems["closes"] = "It must close after it opens."
    if opens and due and due <= opens:
        walls.problems["due"] = "It must be due after it opens."
    if due and closes and due > closes:
        walls.problems["due"] = "It cannot be due after it has closed."
    return dates


def _window(stated: Stated, walls: Walls, present: Row | None) -> dict[str, datetime | None]:
    """From when until when key points may be contested."""
    typed = {"appeals_from": stated.appeals_from, "appeals_until": stated.appeals_until}
    dates = {
        name: walls.read(name, wall, getattr(present, name, None)) for name, wall in typed.items()
    }
    since, until = dates.values()
    if since and until and until <= since:
        walls.problems["appeals_until"] = "It must end after it begins."
    return dates


def _plain(stated: Stated) -> dict[str, Any]:
    return {
        "set_version_id": stated.version_id,
        "title": " ".join(clean(stated.title).text.split()),
        "instructions": clean(stated.instructions).text.strip(),
        "time_zone": stated.zone,
        "whole_limit_seconds": _seconds(stated.whole_minutes),
        "question_limit_seconds": _seconds(stated.question_minutes),
        "attempts_allowed": stated.attempts,
        "counts": stated.counts,
        "delay_seconds": round(stated.delay.total_seconds()),
        "shuffle": stated.shuffle,
        "returnable": stated.returnable,
        "late_percent": stated.late_percent,
        "access_code": clean(stated.access_code).text.strip(),
        "remind": stated.remind,
        "appeals": stated.appeals,
    }


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


def _short_window(stated: Stated, dates: Mapping[str, datetime | None]) -> list[str]:
    opens, closes = dates["opens_at"], dates["closes_at"]
    if stated.whole_minutes is None or opens is None or closes is None:
        return []
    window = closes - opens
    if window >= timedelta(minutes=stated.whole_minutes):
        return []
    minutes = round(window / timedelta(minutes=1))
    limit = f"its limit of {stated.whole_minutes} min"
    return [f"It is open for {minutes} min, less than {limit}: nobody gets the full time."]


def stated_of(row: Row, audience: Audience) -> Stated:
    """An assignment that is kept, as a form shows it."""
    moments = (row.due_at, row.closes_at, row.appeals_from, row.appeals_until)
    due, closes, since, until = (moment and wall_of(moment, row.time_zone) for moment in moments)
    return Stated(
        version_id=row.set_version_id,
        title=row.title,
        zone=row.time_zone,
        opens=wall_of(row.opens_at, row.time_zone),
        due=due,
        closes=closes,
        instructions=row.instructions,
        audience=audience,
        whole_minutes=_minutes(row.whole_limit_seconds),
        question_minutes=_minutes(row.question_limit_seconds),
        attempts=row.attempts_allowed,
        counts=row.counts,
        delay=timedelta(seconds=row.delay_seconds),
        shuffle=row.shuffle,
        returnable=row.returnable,
        late_percent=row.late_percent,
        access_code=row.access_code,
        review=reviews.review_of(row),
        parts=reviews.own_of(row),
        remind=row.remind,
        appeals=row.appeals,
        appeals_from=since,
        appeals_until=until,
    )


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else seconds // 60

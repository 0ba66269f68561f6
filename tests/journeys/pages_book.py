"""A gradebook as a term fills it: people of different skill, late, graded again, in progress."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import fmean
from typing import Any

from tests.support.classes import add_assignment, add_class, add_member
from tests.support.gradebook import add_entries, set_mean

DAY = timedelta(days=1)
SPRING = (
    "Django: first steps", "Models and migrations", "Views and URLs", "Forms and CSRF",
    "Security of web applications", "Mock interview: backend",
)  # fmt: skip


def fill(
    class_id: int, version: int, people: Sequence[int], titles: Sequence[str], now: datetime
) -> list[int]:
    """Give a set under each of these titles, a week apart, and write what came of it.

    Returns
    -------
    list of int
        The assignments; the last has ended a week ago.
    """
    chance = random.Random(11)  # noqa: S311 - the same pictures in every run
    skill = {user: chance.uniform(0.3, 0.95) for user in people}
    given: list[int] = []
    scores: dict[int, list[float]] = {user: [] for user in people}
    for number, title in enumerate(titles):
        ended = now - (len(titles) - number) * 7 * DAY
        dates = {"opens_at": ended - 7 * DAY, "due_at": ended - 2 * DAY, "closes_at": ended}
        made = add_assignment(class_id, version, title=title, attempts_allowed=2, **dates)
        rows = [_entry(chance, user, skill[user]) for user in people if chance.random() < 0.93]
        add_entries(made, class_id, rows)
        given.append(made)
        for row in rows:
            scores[row["user_id"]] += [] if row["score"] is None else [row["score"]]
    for user, own in scores.items():
        set_mean(class_id, user, fmean(own), len(own))
    return given


def spring(instructor: int, version: int, people: Sequence[int], now: datetime) -> int:
    """Make the class whose gradebook stands in the README, and return it."""
    made = add_class("Backend interviews, spring", instructor=instructor)
    for user in people:
        add_member(made, user)
    fill(made, version, people, SPRING, now)
    return made


def _entry(chance: random.Random, user: int, skill: float) -> dict[str, Any]:
    score = min(1.0, max(0.05, skill + chance.uniform(-0.25, 0.2)))
    made: dict[str, Any] = {"user_id": user, "score": score}
    sign = chance.random()
    if sign < 0.08:
        made |= {"late_days": 2}
    elif sign < 0.15:
        made |= {"needs_review": 1}
    elif sign < 0.25:
        made |= {"attempts": 2}
    elif sign < 0.3:
        made |= {"overridden": True}
    elif sign < 0.32:
        made |= {"is_open": True, "score": None}
    return made

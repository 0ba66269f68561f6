"""How an attempt will run: presets, and what a learner may change of them."""

from dataclasses import dataclass
from datetime import timedelta

from interview.rules.attempt import (
    ANSWER_LIMIT,
    MAX_QUESTIONS,
    OWN_PRESETS,
    Feedback,
    Plan,
    Preset,
    preset_plan,
)
from interview.rules.clock import GRACE

PRESETS = tuple(preset.value for preset in OWN_PRESETS)
ANSWER_CHARACTERS = ANSWER_LIMIT
MOST_QUESTIONS = MAX_QUESTIONS
LONGEST_ATTEMPT_MINUTES = 300
LONGEST_QUESTION_MINUTES = 60
GRACE_SECONDS = round(GRACE.total_seconds())


@dataclass(frozen=True, slots=True)
class Settings:
    """What the pre-start form holds.

    Attributes
    ----------
    whole_minutes, question_minutes : int or None
        Limits in minutes; none for no limit.
    """

    preset: str
    feedback: str
    whole_minutes: int | None
    question_minutes: int | None


def preset_settings(preset: str, questions: int, expected: timedelta) -> Settings:
    """What a preset fills the form with."""
    plan = preset_plan(Preset(preset), questions, expected)
    return Settings(
        preset=plan.preset,
        feedback=plan.feedback,
        whole_minutes=_minutes(plan.whole_limit),
        question_minutes=_minutes(plan.question_limit),
    )


def plan_of(settings: Settings) -> Plan:
    """The plan that a filled-in form stands for."""
    return Plan(
        preset=Preset(settings.preset),
        feedback=Feedback(settings.feedback),
        whole_limit=_limit(settings.whole_minutes),
        question_limit=_limit(settings.question_minutes),
    )


def _minutes(limit: timedelta | None) -> int | None:
    return None if limit is None else round(limit.total_seconds() / 60)


def _limit(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)

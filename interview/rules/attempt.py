"""The states of an attempt and its items, and the moves between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import ceil

ANSWER_LIMIT = 20_000
"""Characters in an answer, counted in code points after line ends became LF."""

MAX_QUESTIONS = 50
"""Questions in an attempt that a learner puts together."""


class AttemptState(StrEnum):
    """Where an attempt is in its life."""

    OPEN = "open"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class ItemState(StrEnum):
    """Where one question of an attempt is in its life."""

    UNSEEN = "unseen"
    OPEN = "open"
    SUBMITTED = "submitted"
    REVEALED = "revealed"
    UNANSWERED = "unanswered"

    @property
    def is_closed(self) -> bool:
        """Whether nothing can be written to it any more."""
        return self not in (ItemState.UNSEEN, ItemState.OPEN)


class Feedback(StrEnum):
    """When a grade is shown."""

    EACH = "each"
    END = "end"


class Preset(StrEnum):
    """The three ways to practise, each a choice of feedback and limits; and what was assigned."""

    MOCK = "mock"
    PRACTICE = "practice"
    UNTIMED = "untimed"
    ASSIGNED = "assigned"


OWN_PRESETS = (Preset.MOCK, Preset.PRACTICE, Preset.UNTIMED)
"""What a learner may choose; an assignment brings its own terms."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How an attempt will run, as the learner chose it.

    Attributes
    ----------
    whole_limit, question_limit : timedelta or None
        Limits of the whole attempt and of each question; both, one or neither.
    """

    preset: Preset
    feedback: Feedback
    whole_limit: timedelta | None
    question_limit: timedelta | None

    @property
    def pausable(self) -> bool:
        """Only practice can be paused: a mock interview cannot."""
        return self.preset is Preset.PRACTICE

    @property
    def returnable(self) -> bool:
        """Whether a question that was left can be opened again.

        A limit per question forbids it: its clock runs from the first display.
        """
        return self.question_limit is None


def preset_plan(preset: Preset, questions: int, expected: timedelta) -> Plan:
    """The limits and the feedback that a preset stands for.

    Parameters
    ----------
    preset : Preset
        The learner's choice.
    questions : int
        Number of questions; a mock interview allows three minutes for each.
    expected : timedelta
        What a prepared candidate needs for all of them; no preset allows less, in whole
        minutes.
    """
    if preset is Preset.MOCK:
        minutes = max(3 * questions, ceil(expected / timedelta(minutes=1)))
        return Plan(preset, Feedback.END, timedelta(minutes=minutes), None)
    if preset is Preset.PRACTICE:
        return Plan(preset, Feedback.EACH, timedelta(minutes=5 * questions), None)
    return Plan(preset, Feedback.EACH, None, None)


def next_open(states: Sequence[ItemState], position: int) -> int | None:
    """Find the question that comes after one was left or closed.

    Parameters
    ----------
    states : sequence of ItemState
        In order of position.
    position : int
        The one that was just left, from 1.

    Returns
    -------
    int or None
        The next later position that is not closed. Going back is the learner's own
        choice, on the overview.
    """
    for candidate in range(position + 1, len(states) + 1):
        if not states[candidate - 1].is_closed:
            return candidate
    return None


def must_finish(states: Sequence[ItemState], position: int, *, returnable: bool) -> bool:
    """Whether nothing is left to do once a question was left or closed.

    Parameters
    ----------
    states : sequence of ItemState
        As they are after the move.
    position : int
        The one that was just left.
    returnable : bool
        Without return, what was skipped stays skipped, and its draft is handed in.
    """
    if returnable:
        return all(state.is_closed for state in states)
    return next_open(states, position) is None


def may_open(states: Sequence[ItemState], current: int, position: int, *, returnable: bool) -> bool:
    """Whether a question can be shown for answering now."""
    if states[position - 1].is_closed:
        return False
    return returnable or position == current

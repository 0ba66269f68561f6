"""Who may do what, and what of a graded answer may be seen when."""

from dataclasses import dataclass
from enum import StrEnum

from interview.rules.attempt import AttemptState, Feedback


class Role(StrEnum):
    """What an account may do; each role may do what the one before it may."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"


class Study(StrEnum):
    """When the reading article of a set may be read."""

    OPEN = "open"
    AFTER_ATTEMPT = "after_attempt"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Visible:
    """What of one item its learner may see now.

    Attributes
    ----------
    score, key_points, reference : bool
        The grade, the verdict on each key point, and the reference answers.
    """

    score: bool
    key_points: bool
    reference: bool


NOTHING = Visible(score=False, key_points=False, reference=False)
EVERYTHING = Visible(score=True, key_points=True, reference=True)


def review_policy(state: AttemptState, feedback: Feedback, *, item_closed: bool) -> Visible:
    """Decide what own practice shows: after each answer, or when the attempt has ended."""
    if state is not AttemptState.OPEN:
        return EVERYTHING
    if feedback is Feedback.EACH and item_closed:
        return EVERYTHING
    return NOTHING


def may_study(study: Study, *, has_finished: bool) -> bool:
    """Whether a set's article is open to somebody."""
    return study is Study.OPEN or (study is Study.AFTER_ATTEMPT and has_finished)

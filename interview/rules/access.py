"""Who may do what, and what of a graded answer may be seen when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.rules.attempt import AttemptState, Feedback


class Role(StrEnum):
    """What an account may do; each role may do what the one before it may."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"


class ClassRole(StrEnum):
    """What a member may do in one class."""

    LEARNER = "learner"
    ASSISTANT = "assistant"
    INSTRUCTOR = "instructor"


class Power(StrEnum):
    """What a page of a class needs of its reader.

    SEE is for every member. ASSIST is for those who help: they read everything, grade, and
    give time while an attempt runs. TEACH is for those who decide: members, assignments,
    accommodations, settings.
    """

    SEE = "see"
    ASSIST = "assist"
    TEACH = "teach"


_POWERS = {
    ClassRole.LEARNER: {Power.SEE},
    ClassRole.ASSISTANT: {Power.SEE, Power.ASSIST},
    ClassRole.INSTRUCTOR: {Power.SEE, Power.ASSIST, Power.TEACH},
}


def has_power(role: ClassRole, power: Power) -> bool:
    """Whether a member with this role may do this."""
    return power in _POWERS[role]


def may_author(role: Role) -> bool:
    """Whether an account may make classes and question sets."""
    return role in (Role.INSTRUCTOR, Role.ADMIN)


class Study(StrEnum):
    """When the reading article of a set may be read."""

    OPEN = "open"
    AFTER_ATTEMPT = "after_attempt"
    CLOSED = "closed"


class When(StrEnum):
    """From when a part of a graded answer may be seen."""

    NEVER = "never"
    EACH = "each"
    FINISH = "finish"
    CLOSE = "close"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Release:
    """When one part is shown.

    Attributes
    ----------
    since : datetime or None
        The moment that `When.DATE` stands for.
    """

    when: When
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """What an assignment shows its learners, and from when.

    Attributes
    ----------
    score, answer, key_points, reference : Release
        The grade, the learner's own text, the verdict on each key point, and the reference
        answers.
    all_closed_at : datetime or None
        When nobody can sit the assignment any more; none where it never closes.
    """

    score: Release
    answer: Release
    key_points: Release
    reference: Release
    all_closed_at: datetime | None = None

    @property
    def feedback(self) -> Feedback:
        """Whether an answer's page comes after each answer, or all of them at the end."""
        parts = (self.score, self.answer, self.key_points, self.reference)
        each = any(part.when is When.EACH for part in parts)
        return Feedback.EACH if each else Feedback.END

    def shows(self, part: Release, *, ended: bool, item_closed: bool, now: datetime) -> bool:
        """Whether one part is shown now.

        Parameters
        ----------
        ended : bool
            Whether the attempt is over.
        item_closed : bool
            Whether nothing can be written to the answer any more.
        """
        if not item_closed:
            return False
        match part.when:
            case When.NEVER:
                return False
            case When.EACH:
                return True
            case When.FINISH:
                return ended
            case When.CLOSE:
                return ended and self.all_closed_at is not None and now > self.all_closed_at
        return ended and part.since is not None and now >= part.since


@dataclass(frozen=True, slots=True)
class Visible:
    """What of one item its learner may see now.

    Attributes
    ----------
    score, answer, key_points, reference : bool
        The grade, the learner's own text, the verdict on each key point, and the reference
        answers.
    """

    score: bool
    answer: bool
    key_points: bool
    reference: bool

    @property
    def anything(self) -> bool:
        """Whether there is a page to show."""
        return self.score or self.answer or self.key_points or self.reference


NOTHING = Visible(score=False, answer=False, key_points=False, reference=False)
EVERYTHING = Visible(score=True, answer=True, key_points=True, reference=True)


def review_policy(state: AttemptState, feedback: Feedback, *, item_closed: bool) -> Visible:
    """Decide what own practice shows: after each answer, or when the attempt has ended."""
    if state is not AttemptState.OPEN:
        return EVERYTHING
    if feedback is Feedback.EACH and item_closed:
        return EVERYTHING
    return NOTHING


def assigned_review(
    policy: ReviewPolicy, state: AttemptState, *, item_closed: bool, now: datetime
) -> Visible:
    """Decide what an assigned attempt shows of one answer."""
    ended = state is not AttemptState.OPEN
    closed = item_closed or ended

    def shown(part: Release) -> bool:
        return policy.shows(part, ended=ended, item_closed=closed, now=now)

    return Visible(
        score=shown(policy.score),
        answer=shown(policy.answer),
        key_points=shown(policy.key_points),
        reference=shown(policy.reference),
    )


def may_study(study: Study, *, has_finished: bool) -> bool:
    """Whether a set's article is open to somebody."""
    return study is Study.OPEN or (study is Study.AFTER_ATTEMPT and has_finished)

"""What is asked of a regrade, and what its pages show."""

from dataclasses import dataclass
from datetime import datetime

SCOPES = ("assignment", "classes", "everywhere")
POLICIES = ("computed", "never_lower")
FILTERS = ("all", "equivalent", "raised", "lowered", "passed")
"""Which changes to list: all; those that gain the key point of the appeal; those that rise or
fall; those that were not written when the run was applied."""

PAGE = 50
RUNS_PAGE = 30

JOB = "regrade"
"""The kind of the worker's jobs."""

EPSILON = 1e-9
"""Scores that differ by no more are the same: the same sum in another order may differ so."""


class Refused(Exception):
    """It cannot be done; the message says why, in the reader's words."""


class Overtaken(Exception):
    """The run is no longer in the state that the page showed: read it anew."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Which answers are to be graded anew, by what, and why.

    Attributes
    ----------
    scope : str
        One of `SCOPES`.
    assignment_id : int or None
        Of the scope ``assignment`` alone.
    question_id : int or None
        Only answers to this question; None for all of the scope.
    version_id : int or None
        The version to grade that question by; None for its current one.
    appeal_id : int or None
        The accepted appeal that it follows from.
    policy : str
        One of `POLICIES`; chosen again when the run is accepted.
    reason : str
        At most `audit.REASON_LIMIT` characters.
    """

    scope: str
    assignment_id: int | None
    question_id: int | None
    version_id: int | None
    appeal_id: int | None
    policy: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Which answers there are for somebody: what a run has of it, as the reads want it."""

    scope: str
    assignment_id: int | None
    owner_id: int
    question_id: int | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many answers a run concerns; see `store.regrades.RegradeRun`.

    Attributes
    ----------
    equivalent : int
        Changed answers that gain the key point of the appeal.
    overtaken, kept : int
        Changes that were not written: another grade came first, or the policy kept the grade.
    learners : int
        Whose grades would change, or changed.
    """

    answers: int
    changed: int
    raised: int
    lowered: int
    by_people: int
    applied: int
    passed_over: int
    equivalent: int
    overtaken: int
    kept: int
    learners: int


@dataclass(frozen=True, slots=True)
class RunScreen:
    """One run as its page shows it.

    Attributes
    ----------
    kind : str
        ``regrade`` or ``undo``.
    state : str
        See `store.regrades.RegradeRun`.
    assignment, class_title, prompt : str
        Titles and the question's prompt; empty where the run has none.
    undoes_id, undone_by : int or None
        The run that this one takes back, and the one that takes this one back.
    owner : str
        Empty for somebody who has left.
    done, total : int
        How far the worker is with the stage at hand; 0 of 0 before it has begun.
    can_accept, can_cancel, can_undo, can_repeat : bool
        What the reader may do with it now.
    """

    id: int
    kind: str
    scope: str
    state: str
    assignment_id: int | None
    assignment: str
    class_id: int | None
    class_title: str
    question_id: int | None
    version_id: int | None
    prompt: str
    appeal_id: int | None
    undoes_id: int | None
    undone_by: int | None
    policy: str
    reason: str
    owner: str
    grader_version: str
    counts: Counts
    done: int
    total: int
    created_at: datetime
    compared_at: datetime | None
    accepted_at: datetime | None
    finished_at: datetime | None
    can_accept: bool
    can_cancel: bool
    can_undo: bool
    can_repeat: bool

    @property
    def is_working(self) -> bool:
        """Whether the worker is at it, or will be: the page looks again by itself."""
        return self.state in ("waiting", "comparing", "accepted", "applying")


@dataclass(frozen=True, slots=True)
class PointChange:
    """A key point that has another verdict; an empty one where the rubric has it not."""

    id: str
    text: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One answer whose grade would change, or changed.

    Attributes
    ----------
    learner, assignment, text : str
        Empty for an answer of own practice, which nobody else reads.
    attempt_id, position : int
        Where the answer is; 0 for an answer of own practice.
    prompt : str
        As it was shown.
    review : str
        ``on`` or ``off`` where it begins or ceases to ask for a person's eye; else empty.
    other_grader : bool
        Whether another version of the grader gave the grade before.
    outcome : str
        ``pending``, ``applied``, ``overtaken`` or ``kept``.
    """

    submission_id: int
    learner: str
    assignment: str
    attempt_id: int
    position: int
    prompt: str
    text: str
    old_score: float
    new_score: float
    points: tuple[PointChange, ...]
    review: str
    other_grader: bool
    is_equivalent: bool
    is_practice: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class Items:
    """A page of changes, and after which submission the next one begins."""

    lines: tuple[ItemLine, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list."""

    id: int
    kind: str
    scope: str
    state: str
    assignment: str
    prompt: str
    reason: str
    owner: str
    answers: int
    changed: int
    applied: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Runs:
    """A page of runs, the newest first, and after which one the next page begins."""

    lines: tuple[RunLine, ...]
    next_after: int | None

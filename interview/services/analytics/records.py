"""What the pages of figures show, frozen."""

from dataclasses import dataclass
from datetime import datetime

from interview.services.analytics.figures import Agreement, Figure, Spread, share
from interview.services.classes.access import Place

ENOUGH_FOR_A_LINE = 3
"""Means below which no line is drawn: any two make one."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A class as the reader stands in it; nothing is added up yet.

    Attributes
    ----------
    groups : tuple of (int, str)
        Whose learners can be looked at alone.
    """

    place: Place
    groups: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """How one question went.

    Attributes
    ----------
    place : int
        In the order of the set, from 1.
    is_drawn : bool
        Whether it is not everybody's: drawn at random, or of an earlier version of the set.
    asked : int
        In how many attempts that count.
    facility : Figure
        Mean score, unanswered ones as 0.
    discrimination : Figure
        Correlation with the other questions.
    seconds : Figure
        Median time of those who answered.
    target : int
        Seconds that a prepared candidate would need.
    unanswered, review : Figure
        Shares: of all who were asked, and of the answers, those the grader was unsure of.
    """

    place: int
    question_id: int
    prompt: str
    is_drawn: bool
    asked: int
    facility: Figure
    discrimination: Figure
    seconds: Figure
    target: int
    unanswered: Figure
    review: Figure

    @property
    def pace(self) -> float | None:
        """The median time as a multiple of the target."""
        shown = self.seconds.shown
        return None if shown is None else shown / self.target


@dataclass(frozen=True, slots=True)
class PointLine:
    """What became of one key point in the answers that were handed in."""

    question_id: int
    prompt: str
    text: str
    found: int
    partly: int
    not_found: int
    contradicted: int

    @property
    def n(self) -> int:
        """How many answers."""
        return self.found + self.partly + self.not_found + self.contradicted

    @property
    def missed(self) -> Figure:
        """The share of answers that do not name it, or say the contrary."""
        return share(self.not_found + self.contradicted, self.n)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many answers by verdict, in the order in which they are told."""
        return (
            ("found", self.found),
            ("partly", self.partly),
            ("not found", self.not_found),
            ("contradicted", self.contradicted),
        )


@dataclass(frozen=True, slots=True)
class AssignmentFigures:
    """One assignment: scores, questions, key points, and the grader."""

    scores: Spread
    questions: tuple[QuestionLine, ...]
    points: tuple[PointLine, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """One assignment on the way of a class.

    Attributes
    ----------
    mean : Figure
        Of the scores that count.
    """

    id: int
    title: str
    opens_at: datetime
    withdrawn: bool
    questions: int
    mean: Figure


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """A class over its assignments.

    Attributes
    ----------
    trend : tuple of AssignmentLine
        The newest assignments that have opened, in the order of opening.
    means : Spread
        Of each learner's mean over all assignments.
    points : tuple of PointLine
        Of the newest assignments.
    looked_at : int
        How many these are.
    """

    trend: tuple[AssignmentLine, ...]
    means: Spread
    points: tuple[PointLine, ...]
    looked_at: int

    @property
    def drawn(self) -> tuple[AssignmentLine, ...]:
        """The assignments with enough scores to be drawn; none where they make no line."""
        enough = tuple(line for line in self.trend if line.mean.is_enough)
        return enough if len(enough) >= ENOUGH_FOR_A_LINE else ()

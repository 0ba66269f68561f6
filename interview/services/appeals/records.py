"""What the pages about contested key points show, frozen; and how a change of them fails."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from interview.services.audit import REASON_LIMIT

STATUSES = {
    "open": "Waiting",
    "accepted": "Accepted",
    "adjusted": "Grade adjusted",
    "declined": "Declined",
    "withdrawn": "Withdrawn",
}
CHOICES = ("accept", "adjust", "decline")
DECIDED = ("accepted", "adjusted", "declined")

WORDING_LIMIT = 500
WHY_LIMIT = REPLY_LIMIT = REASON_LIMIT
PAGE = 20


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands against one key point of an answer, as it is told beside it.

    Attributes
    ----------
    quote : tuple of str
        The learner's own sentences that were chosen.
    why : str
        What the learner wrote about them; may be empty.
    decider : str
        Who decided it; empty while it is open, and for somebody who has left.
    """

    id: int
    status: str
    quote: tuple[str, ...]
    why: str
    at: datetime
    decider: str
    decided_at: datetime | None
    reply: str


@dataclass(frozen=True, slots=True)
class Own:
    """An appeal as its learner reads it.

    Attributes
    ----------
    title : str
        Of the assignment.
    is_over : bool
        Whether the attempt has ended, so that its results can be read.
    is_changeable : bool
        Whether it can be withdrawn still.
    point_text : str
        Empty while the assignment does not show key points.
    quote : tuple of str
        The learner's own sentences; none while the assignment does not show answers.
    """

    id: int
    attempt_id: int
    position: int
    is_over: bool
    title: str
    prompt: str
    point_text: str
    quote: tuple[str, ...]
    why: str
    status: str
    is_changeable: bool
    decider: str
    decided_at: datetime | None
    reply: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """An appeal in a list of those who decide.

    Attributes
    ----------
    is_own : bool
        Whether it is the reader's, who does not decide it then.
    """

    id: int
    learner: str
    is_own: bool
    title: str
    position: int
    prompt: str
    point_text: str
    quote: tuple[str, ...]
    why: str
    status: str
    decider: str
    decided_at: datetime | None
    reply: str
    wording: str
    created_at: datetime


class Undecidable(Exception):
    """What was typed cannot be decided so; nothing was written.

    Attributes
    ----------
    problems : dict of str to str
        What is wrong, by the field that it is told beside.
    """

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class Overtaken(Exception):
    """It was decided, withdrawn or graded anew since it was read; nothing was written."""


class Known(Exception):
    """The key point of the answer is contested already.

    Attributes
    ----------
    appeal_id : int
        What was made first.
    """

    def __init__(self, appeal_id: int) -> None:
        super().__init__()
        self.appeal_id = appeal_id

"""What the pages about reported problems show."""

from dataclasses import dataclass
from datetime import datetime

KINDS = {
    "wrong": "The answer key is wrong",
    "outdated": "It is out of date",
    "unclear": "The question is unclear",
    "grading": "A good answer is graded badly",
    "other": "Something else",
}
"""What can be said to be wrong, in the reporter's words."""

STATUSES = {"open": "Waiting", "mended": "Mended", "declined": "Left as it is"}

TEXT_LIMIT = 2000
OPEN_LIMIT = 20
"""Reports of one person that may wait at once."""

PAGE = 20


@dataclass(frozen=True, slots=True)
class Report:
    """One reported problem.

    Attributes
    ----------
    prompt : str
        As the reporter saw it.
    changed : bool
        Whether the question has another version by now.
    reporter, handler : str
        Names; empty where there is none, or no longer.
    handled : str
        When it was answered, exactly: what an answer to it was made from.
    """

    id: int
    question_id: int
    prompt: str
    changed: bool
    kind: str
    told: str
    status: str
    reply: str
    reporter: str
    handler: str
    created_at: datetime
    handled_at: datetime | None

    @property
    def handled(self) -> str:
        """What tells this answer from a later one."""
        return self.handled_at.isoformat() if self.handled_at else ""


@dataclass(frozen=True, slots=True)
class Reports:
    """A page of reports, and after which number the next one begins."""

    reports: tuple[Report, ...]
    next_after: int | None


@dataclass(frozen=True, slots=True)
class Reportable:
    """A question that somebody looks back on, and what they have said of it already.

    Attributes
    ----------
    waiting : Report or None
        Their report of it that nobody has answered yet.
    """

    attempt_id: int
    position: int
    prompt: str
    question_id: int
    version_id: int
    is_own: bool
    waiting: Report | None


class TooMany(Exception):
    """So many reports of a person wait that no further one is taken."""


class Known(Exception):
    """The person has reported a problem with this question, and it is not answered yet."""


class Overtaken(Exception):
    """Somebody else has answered a report meanwhile.

    Attributes
    ----------
    report : Report
        As it is now.
    """

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report

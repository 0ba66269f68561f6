"""What the pages about writing questions show, frozen; limits, and how a change fails."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TEXT_LIMIT = 20_000
LINE_LIMIT = 200
URL_LIMIT = 2_000
RUBRIC_LIMIT = 60_000
"""Characters of all that a question is graded by: compiling more would hold everybody up."""

MOST_TAGS = 20
MOST_PHRASINGS = 50
MOST_SECONDS = 3600
MOST_WEIGHT = 100
MOST_ROWS = {"references": 20, "key_points": 20, "misconceptions": 10, "samples": 20, "sources": 20}
"""As many as the native format takes of each."""

LABELS = {
    "good": "Good",
    "partial": "Partly right",
    "wrong": "Wrong",
    "contradictory": "Contradictory",
}
AUDIENCES = {
    "owner": "Only me",
    "authors": "Everybody who makes question sets",
    "everyone": "Everyone who practises",
}
STATUSES = {"draft": "Draft", "ready": "Ready", "retired": "Retired"}

Content = dict[str, Any]
"""A question as a draft keeps it; see `QuestionDraft`."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What keeps a question from being saved or published.

    Attributes
    ----------
    place : str
        The field that it is about: ``prompt``, or as ``point-2-text``, counted from 0.
    """

    place: str
    message: str


class Unfit(Exception):
    """The question cannot be saved, or not be asked, as it is; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(one.message for one in self.problems))


class Stale(Exception):
    """Somebody saved the question since the page was opened; nothing was written."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a question stands.

    Attributes
    ----------
    owner : str
        Name of whom it belongs to; empty for the installation's own.
    version : int
        Number of the version that is asked; 0 where none is.
    is_changed : bool
        Whether something was saved since it was published.
    saved_at : datetime or None
        When it was last saved, and by whom; none where only a file brought it.
    """

    id: int
    slug: str
    status: str
    audience: str
    owner: str
    is_own: bool
    may_edit: bool
    revision: int
    version: int
    version_id: int | None
    is_changed: bool
    saved_at: datetime | None
    saved_by: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A question as it is edited: its newest saved state."""

    standing: Standing
    content: Content

"""What of the figures is asked for, as it stands in the address."""

from collections.abc import Callable, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form

from interview.services.analytics.records import QuestionLine
from interview.web.forms.filters import KnownChoice

FILTERS = ("group",)
KEPT = (*FILTERS, "sort")

_Key = Callable[[QuestionLine], Any]


ORDERS: dict[str, _Key] = {
    "place": lambda line: line.place,
    "facility": lambda line: line.facility.shown,
    "discrimination": lambda line: line.discrimination.shown,
    "time": lambda line: line.pace,
    "unanswered": lambda line: line.unanswered.shown,
    "review": lambda line: line.review.shown,
}


class GroupForm(Form):
    """Whose results to look at."""

    group = KnownChoice("Group", default="")

    def __init__(self, query: MultiDict[str, str], groups: Sequence[tuple[int, str]]) -> None:
        super().__init__(query)
        named = [(str(number), title) for number, title in groups]
        self.group.choices = [("", "All learners"), *named]

    @property
    def group_id(self) -> int | None:
        """The group that was chosen, once the form is valid."""
        return int(self.group.data) if self.group.data else None


def ordered(questions: Sequence[QuestionLine], sort: str) -> list[QuestionLine]:
    """Put questions into an order; those of which too little is known come last.

    Parameters
    ----------
    sort : str
        A key of `ORDERS`, ``-`` before it for the greatest first.

    Raises
    ------
    KeyError
        When there is no such order.
    """
    name = sort.removeprefix("-")
    key = ORDERS[name]
    known = [line for line in questions if key(line) is not None]
    unknown = [line for line in questions if key(line) is None]
    return sorted(known, key=key, reverse=name != sort) + unknown

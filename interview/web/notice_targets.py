"""Where what somebody was told leads to: the one mapping from targets to pages."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class Way:
    """A page that targets of one kind lead to.

    Attributes
    ----------
    endpoint : str
        Of the page.
    label : str
        What the link to it says.
    argument : str
        What its address calls the target's number; empty for none.
    anchor : str
        A place on the page, in which ``{}`` stands for the position.
    """

    endpoint: str
    label: str
    argument: str = ""
    anchor: str = ""


WAYS = {
    # The results show of each answer what its learner may see, and never nothing at all.
    "answer": Way("results.results", "Open the answer", "attempt_id", "#q{}"),
    "results": Way("results.results", "Open the results", "attempt_id"),
    "appeal": Way("appeals.appeal", "Open the appeal", "appeal_id"),
    "run": Way("regrades.run", "Open the regrade", "run_id"),
    "question": Way("bank.question", "Open the question", "question_id"),
    "report": Way("reports.mine", "Open your reports"),
    "assignment": Way("assignments.show", "Open the assignment", "assignment_id"),
    "class": Way("classes.show", "Open the class", "class_id"),
    "invitation": Way("classes.classes", "See the invitation"),
}


def install(app: Flask) -> None:
    """Let the mails link to the same pages."""
    app.extensions["notice_path"] = path_of


def path_of(target: str, number: int | None, position: int | None) -> str:
    """Find the path of what a notice leads to; empty where it leads to nothing."""
    way = WAYS.get(target)
    if way is None or (way.argument and number is None):
        return ""
    values: dict[str, Any] = {way.argument: number} if way.argument else {}
    if target == "report" and number is not None:
        # Its list is paged by key: the page that begins with this report.
        values = {"after": number + 1}
    # Mails are written outside requests.
    path = current_app.url_map.bind("localhost").build(way.endpoint, values)
    return path + (way.anchor.format(position) if position is not None else "")

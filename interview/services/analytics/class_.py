"""The figures of a class over its assignments."""

from collections.abc import Sequence
from datetime import datetime

from interview.rules.access import Power
from interview.services.analytics.assignment import groups_of
from interview.services.analytics.figures import Figure, Spread
from interview.services.analytics.points import point_lines
from interview.services.analytics.records import AssignmentLine, ClassFigures, Opened
from interview.services.classes.access import place_in
from interview.services.principals import Principal
from interview.store import analytics as reads
from interview.store.db import db
from interview.store.types import AnyRow

NEWEST_ASSIGNMENTS = 30
"""On the line of means; more could not be told apart on a phone."""

NEWEST_FOR_POINTS = 10
"""Assignments whose key points are added up: what is older has been taught since."""

MOST_ANSWERS = 50_000
"""Answers whose key points are added up at most, so that a page stays within a second."""


def open_class(person: Principal, class_id: int) -> Opened:
    """Open the figures of a class for somebody who helps in it.

    Raises
    ------
    NotFound, Forbidden
        When the person is not in the class, or only learns there.
    """
    place = place_in(person, class_id, Power.ASSIST)
    return Opened(place, groups_of(place))


def class_figures(class_id: int, group_id: int | None, now: datetime) -> ClassFigures:
    """Add up a class, for all learners or those of a group."""
    named = {"class": class_id, "now": now}
    newest = [
        _line(row)
        for row in db.session.execute(reads.newest_assignments(group_id, NEWEST_ASSIGNMENTS), named)
    ]
    means = reads.MEANS.where(*reads.of_group(group_id))
    chosen = within_reach(newest)
    return ClassFigures(
        trend=tuple(reversed(newest)),
        means=Spread.of(db.session.scalars(means, {"class": class_id}).all()),
        points=point_lines(chosen, group_id),
        looked_at=len(chosen),
    )


def _line(row: AnyRow) -> AssignmentLine:
    return AssignmentLine(
        id=row.id,
        title=row.title,
        opens_at=row.opens_at,
        withdrawn=row.archived_at is not None,
        questions=row.question_count,
        mean=Figure(row.mean, row.scores),
    )


def within_reach(newest: Sequence[AssignmentLine]) -> list[int]:
    """Choose the assignments whose key points are added up: the newest, and not too many.

    The newest that has scores is always one of them.
    """
    chosen: list[int] = []
    answers = 0
    for line in newest:
        answers += line.mean.n * line.questions
        if line.mean.n and (not chosen or answers <= MOST_ANSWERS):
            chosen.append(line.id)
    return chosen[:NEWEST_FOR_POINTS]

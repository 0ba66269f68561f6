"""The figures of one assignment, in a number of statements that no size of class changes."""

from interview.rules.access import Power
from interview.services.analytics.agreement import agreement
from interview.services.analytics.figures import Spread
from interview.services.analytics.points import point_lines
from interview.services.analytics.questions import Order, question_lines
from interview.services.analytics.records import AssignmentFigures, Opened
from interview.services.classes.access import Place, assignment_for
from interview.services.principals import Principal
from interview.store import analytics as reads
from interview.store.db import db
from interview.store.gradebook import GROUPS
from interview.store.types import AnyRow


def open_assignment(person: Principal, assignment_id: int) -> tuple[AnyRow, Opened]:
    """Open the figures of an assignment for somebody who helps in its class.

    Returns
    -------
    tuple of Row and Opened
        All columns of the assignment, and its class.

    Raises
    ------
    NotFound, Forbidden
        When it is none of the person's classes, or the person only learns there.
    """
    row, place = assignment_for(person, assignment_id, Power.ASSIST)
    return row, Opened(place, groups_of(place))


def groups_of(place: Place) -> tuple[tuple[int, str], ...]:
    """Read the groups of a class, by title."""
    rows = db.session.execute(GROUPS, {"class": place.class_id})
    return tuple((row.id, row.title) for row in rows)


def assignment_figures(assignment: AnyRow, group_id: int | None) -> AssignmentFigures:
    """Add up an opened assignment, for all learners of the class or those of a group."""
    statement = reads.scores_of(assignment.id).where(*reads.of_group(group_id))
    content = db.session.scalar(reads.CONTENT, {"version": assignment.set_version_id})
    order = Order.of(content["slots"] if content else (), shuffled=assignment.shuffle)
    return AssignmentFigures(
        scores=Spread.of(db.session.scalars(statement).all()),
        questions=question_lines(assignment.id, group_id, order),
        points=point_lines([assignment.id], group_id),
        agreement=agreement(assignment.id, group_id),
    )
